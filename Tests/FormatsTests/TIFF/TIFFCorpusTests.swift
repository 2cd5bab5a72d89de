import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Every TIFF file of the test data, against the samples of an independent reader (`expected/readers.tsv`, tifffile).
@Suite(.needsTestData) struct TIFFCorpusTests {
    static let files = TestData.files(below: "tiff", extensions: ["tif", "tiff"])

    /// Files whose samples the other reader does not give in a form to compare with, and why.
    static let incomparable = [
        "tiff/images/hpredict-1c-12b.tiff":
            "a predictor without compression, which TIFF 6.0 does not have nor libtiff undo",
        "tiff/images/logluv-3c-16b.tiff": "the other reader has no LogLuv",
        "tiff/images/minisblack-2c-8b-alpha.tiff": "color is divided by its opacity here",
        "tiff/seq/seq-4c-16b-rgba-5181991f.tiff": "color is divided by its opacity here",
        "tiff/seq/seq-4c-8b-rgba-50969cda.tiff": "color is divided by its opacity here",
    ]

    /// What the other reader said of each file: its summary, and the hash of the first page's samples.
    static let expected: [String: (summary: String, hash: String)] = {
        guard let path = try? TestData.path("expected/readers.tsv"),
            let text = try? String(contentsOfFile: path, encoding: .utf8)
        else { return [:] }
        var rows: [String: (summary: String, hash: String)] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if fields.count >= 5 { rows[fields[0]] = (fields[3], fields[4]) }
        }
        return rows
    }()

    @Test(arguments: files) func `samples agree with the independent reader`(file: String) throws {
        var options = ReadOptions()
        options.palette = .labels
        let reader = try FormatTable.standard.open(ByteSource(path: TestData.path(file)), options: options)
        let image = try reader.readFrame(0)
        let row = try #require(Self.expected[file])
        if Self.incomparable[file] != nil { return }
        let stored = image.accept(StoredBytes(isInverted: row.summary.contains("photo=MINISWHITE")))
        let isPlanar = row.summary.contains("planar=2")
        #expect(SHA256.hex(isPlanar ? stored.planar : stored.interleaved) == row.hash, "\(row.summary)")
        #expect(row.summary.contains("pages=\(reader.frames.count) "))
    }

    @Test(arguments: files) func `memory and path give the same`(file: String) throws {
        let path = try TestData.path(file)
        let bytes = try ByteSource(path: path).all()
        let fromMemory = try FormatTable.standard.open(ByteSource(bytes: bytes)).readFrame(0)
        let fromPath = try FormatTable.standard.open(ByteSource(path: path)).readFrame(0)
        #expect(fromMemory.accept(RawBytes()) == fromPath.accept(RawBytes()))
    }

    @Test(arguments: [
        "corrupt/gofuzz-tiff", "corrupt/image-tiff/inf_loop", "corrupt/image-tiff/oor_panic",
        "corrupt/image-tiff/oom_crash", "corrupt/image-tiff/divide_by_zero",
    ])
    func `corrupt files end in an error or an image within limits`(folder: String) throws {
        var options = ReadOptions()
        options.limits = DecodeLimits(dimension: 1 << 16, pixels: 1 << 22, bytes: 1 << 24, entries: 64)
        for file in TestData.files(below: folder) {
            let path = try TestData.path(file)
            do throws(FormatError) {
                let reader = try TIFFReader(ByteSource(path: path), options: options)
                for index in reader.frames.indices {
                    let image = try reader.readFrame(index)
                    #expect(image.layout.count * image.kind.byteCount <= options.limits.bytes)
                }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test(arguments: [
        "tiff/images/quad-tile.jpg.tiff", "tiff/images/tiled-rgb-u8.tif", "tiff/images/BigTIFF.tif",
        "tiff/images/fax4.tiff", "tiff/seq/seq-1c-8b-multipage-adeefdcc.tiff",
    ])
    func `a file cut anywhere ends in an error that names the place`(file: String) throws {
        let whole = try ByteSource(path: TestData.path(file)).all()
        for step in 0..<50 {
            let length = whole.count * step / 50
            do throws(FormatError) {
                let reader = try TIFFReader(ByteSource(bytes: Array(whole[..<length]), name: file))
                // What is left out at the end may be a tag of a tile that is there.
                for index in reader.frames.indices { _ = try reader.readFrame(index) }
            } catch {
                #expect(error.file == file && error.place != nil, "\(error)")
            }
        }
    }
}

/// The bytes of the samples in C order.
struct RawBytes: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt8] {
        let samples = image.contiguous()
        return unsafe samples.samples.bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

/// The bytes of the samples as the file stores them: interleaved and plane by plane, 0 = white where the file says so.
private struct StoredBytes: ImageVisitor {
    let isInverted: Bool

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> (interleaved: [UInt8], planar: [UInt8]) {
        var bytes = RawBytes().visit(image)
        if isInverted, case .integer(let bits) = image.domain {
            let size = MemoryLayout<Scalar>.size
            for i in bytes.indices {
                let bitsOfByte = min(8, max(0, bits - 8 * (i % size)))
                bytes[i] ^= UInt8((1 << bitsOfByte) - 1)
            }
        }
        guard image.layout.index(of: .channel) != nil else { return (bytes, bytes) }
        return (bytes, RawBytes().visit(image.permuted(to: [.channel, .y, .x])))
    }
}
