import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Every JPEG file of the test data, against the samples of an independent reader (`expected/readers.tsv`).
@Suite(.needsTestData) struct JPEGCorpusTests {
    /// Files that are refused, and why.
    static let refused: [String: (code: FormatError.Code, why: String)] = {
        var list: [String: (code: FormatError.Code, why: String)] = [
            "jpeg/image-rs/partial_progressive.jpg": (.corrupt, "ends in the middle of a scan"),
            "jpeg/turbo/monkey12.jpg": (.unsupported, "12 bits per sample"),
        ]
        for i in 1...7 { list["jpeg/image-rs/lossless/1/jpeg_lossless_sel\(i).jpg"] = (.unsupported, "lossless") }
        return list
    }()

    static let files = TestData.files(below: "jpeg", extensions: ["jpg", "jpeg"])
    static let corrupt = TestData.files(below: "corrupt/gofuzz-jpeg") + TestData.files(below: "corrupt/jpeg-crashtest")

    /// Reader and hash of the samples by path.
    static let expected: [String: (reader: String, hash: String)] = {
        guard let path = try? TestData.path("expected/readers.tsv"),
            let text = try? String(contentsOfFile: path, encoding: .utf8)
        else { return [:] }
        var rows: [String: (reader: String, hash: String)] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if fields.count >= 5 { rows[fields[0]] = (fields[1], fields[4]) }
        }
        return rows
    }()

    @Test(arguments: files) func `samples agree with the independent reader`(file: String) throws {
        do {
            guard case .uint8(let image) = try FormatTable.standard.readImage(path: TestData.path(file)) else {
                Issue.record("8-bit samples expected")
                return
            }
            #expect(Self.refused[file] == nil)
            let samples = image.samples
            var bytes: [UInt8] = []
            for i in 0..<samples.count { bytes.append(samples[i]) }
            let hash = SHA256.hex(bytes)
            #expect(hash == Self.expected[file]?.hash)
        } catch let error as FormatError {
            #expect(error.code == Self.refused[file]?.code, "\(error)")
        }
    }

    @Test(arguments: corrupt) func `a corrupt file ends in an error or an image within limits`(file: String) throws {
        var options = ReadOptions()
        options.limits.pixels = 1 << 24
        do {
            _ = try FormatTable.standard.readImage(path: TestData.path(file), options: options)
        } catch is FormatError {}
    }

    @Test func `eight orientations show one picture`() throws {
        var options = ReadOptions()
        options.appliesOrientation = true
        options.jpegScaleDenominator = 8
        let first = try Self.upright(1, options)
        #expect(first.width == 75 && first.height == 57)
        for number in 2...8 {
            let other = try Self.upright(number, options)
            #expect(other.sizes == first.sizes && other.metadata["orientation"] == .integer(1))
            let total = (0..<first.count).reduce(0) { $0 + abs(Int(first.samples[$1]) - Int(other.samples[$1])) }
            // The eight pictures differ in a large numeral; a wrong orientation differs by more than 40 in the mean.
            #expect(Double(total) / Double(first.count) < 25, "orientation \(number)")
        }
    }

    private static func upright(_ number: Int, _ options: ReadOptions) throws -> Image<UInt8> {
        let path = try TestData.path("jpeg/exif/Landscape_\(number).jpg")
        guard case .uint8(let image) = try FormatTable.standard.readImage(path: path, options: options) else {
            throw ImageError.emptyImage
        }
        return image
    }

    @Test(arguments: ["jpeg/turbo/testorig.jpg", "jpeg/image-rs/mozilla/jpg-progressive.jpg"])
    func `a file cut anywhere is an error`(file: String) throws {
        let bytes = try ByteSource(path: TestData.path(file)).all()
        let step = max(1, bytes.count / 60)
        for count in Array(stride(from: 1, to: bytes.count, by: step)) + [bytes.count - 2, bytes.count - 1] {
            let source = ByteSource(bytes: Array(bytes.prefix(count)))
            #expect(throws: FormatError.self, "\(count) bytes") { try FormatTable.standard.open(source).readFrame() }
        }
    }

    @Test(arguments: [2, 4, 8]) func `a scaled decode is smaller and its pixels larger`(denominator: Int) throws {
        var options = ReadOptions()
        options.jpegScaleDenominator = denominator
        let source = try ByteSource(path: TestData.path("jpeg/turbo/testorig.jpg"))
        let whole = try FormatTable.standard.open(source).frames[0]
        let scaled = try FormatTable.standard.open(source, options: options).readFrame()
        #expect(scaled.width == (227 + denominator - 1) / denominator)
        #expect(scaled.height == (149 + denominator - 1) / denominator)
        if let geometry = whole.geometry { #expect(scaled.geometry?.mpp.x == geometry.mpp.x * Double(denominator)) }
        options.jpegScaleDenominator = 3
        #expect(throws: FormatError.self) { try FormatTable.standard.open(source, options: options) }
    }
}
