import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Damaged files through every reader: pixels or one typed error, in bounded time.
@Suite(.needsTestData) struct DamagedPixelTests {
    /// For every transfer syntax the smallest files of the test data with pixels.
    static func smallest(_ count: Int) -> [String] {
        var bySyntax: [String: [(size: Int, file: String)]] = [:]
        for file in TestData.files(below: "dicom") {
            guard let path = try? TestData.path(file), let header = try? DICOMHeader(path: path),
                header.pixelData != nil, header.source.count < 1 << 20
            else { continue }
            bySyntax[header.transferSyntax.uid, default: []].append((header.source.count, file))
        }
        return bySyntax.values.flatMap { $0.sorted { $0 < $1 }.prefix(count).map(\.file) }.sorted()
    }

    /// Reads the first and the last frame as every reader gives it, or fails with an error of one line.
    static func read(_ bytes: [UInt8]) {
        let source = ByteSource(bytes: bytes, name: "damaged")
        do throws(FormatError) {
            var options = DICOMPixelOptions()
            options.limits.pixels = 1 << 22
            let header = try DICOMHeader(source: source)
            let reader = try DICOMPixelReader(header: header, options: options)
            for frame in Set([0, reader.format.frameCount - 1]) { _ = try reader.storedImage(frame: frame) }
            _ = DICOMOverlay.all(header).map { try? $0.image(reader: reader) }
            _ = try DICOMPalette(header.dataSet)?.expanded(reader.storedImage())
            _ = DICOMModality.frames(header, reader.format).first
            _ = DICOMVOIWindow.frames(header, reader.format).first
        } catch {
            #expect(!error.description.contains("\n"))
        }
    }

    /// The stored values of the last frame, and whether a reader of the header, of the places of frames or of the frame
    /// remarked anything; `nil` for an error.
    static func lastFrame(_ bytes: [UInt8]) -> (samples: [UInt8], hasRemark: Bool)? {
        guard let header = try? DICOMHeader(source: ByteSource(bytes: bytes, name: "cut")),
            let reader = try? DICOMPixelReader(header: header)
        else { return nil }
        var samples = [UInt8](repeating: 0xAA, count: reader.format.frameByteCount)
        var span = samples.mutableSpan
        var target = unsafe span.mutableBytes
        do throws(FormatError) {
            let defect = try reader.readStored(frame: reader.format.frameCount - 1, into: &target)
            return (samples, defect != nil || !reader.defects.isEmpty || header.isDamaged || !header.problems.isEmpty)
        } catch { return nil }
    }

    @Test(arguments: smallest(1))
    func `cut at fifty places, the pixels are those of the whole file, or an error or a remark comes`(
        file: String
    ) throws {
        let bytes = try ByteSource(path: TestData.path(file)).all()
        let whole = Self.lastFrame(bytes)
        let start = try DICOMHeader(source: ByteSource(bytes: bytes, name: "whole")).pixelData?.offset ?? 0
        for count in (0..<50).map({ bytes.count * $0 / 50 }) + [bytes.count - 2, bytes.count - 1] {
            let cut = Array(bytes.prefix(count))
            Self.read(cut)
            let found = Self.lastFrame(cut)
            if count <= start { #expect(found == nil, "cut to \(count) bytes, pixels begin at \(start)") }
            guard let found, !found.hasRemark else { continue }
            #expect(found.samples == whole?.samples, "cut to \(count) of \(bytes.count) bytes")
        }
    }

    /// 20 x 30 pixels, each with a value of its own.
    private static let gray = HandmadePixels(
        rows: 20, columns: 30, pixels: .words("OW", (0..<600).map { UInt16($0 * 71 % 4099) }))

    @Test func `what stands before a cut is read, and the cut is told with its place`() throws {
        let bytes = Self.gray.bytes
        let whole = try #require(Self.lastFrame(bytes)).samples
        let start = bytes.count - 1200
        for kept in [1, 60, 61, 599, 600, 1199] {
            let cut = Array(bytes.prefix(start + kept))
            let found = try #require(Self.lastFrame(cut))
            let isWhole = kept - kept % 2
            #expect(found.hasRemark && found.samples.prefix(isWhole) == whole.prefix(isWhole), "\(kept) bytes kept")
            let reader = try DICOMPixelReader(header: DICOMHeader(source: ByteSource(bytes: cut, name: "cut.dcm")))
            #expect(reader.defects.contains { "\($0)".contains("\(kept)") }, "\(reader.defects)")
        }
        for kept in [0, 100, 131, 140, 300, start - 9] {
            let source = ByteSource(bytes: Array(bytes.prefix(kept)), name: "cut.dcm")
            let error = #expect(throws: FormatError.self, "\(kept) bytes kept") {
                _ = try DICOMPixelReader(header: DICOMHeader(source: source))
            }
            #expect(error?.description.hasPrefix("cut.dcm: ") == true)
        }
    }

    @Test(arguments: Array(smallest(2).prefix(24))) func `with wrong bytes`(file: String) throws {
        var random = SeededGenerator(seed: 23)
        let bytes = try ByteSource(path: TestData.path(file)).all()
        for round in 0..<60 {
            var damaged = bytes
            let reach = round % 2 == 0 ? min(damaged.count, 2048) : damaged.count
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                damaged[Int.random(in: 0..<reach, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            Self.read(damaged)
        }
    }

    @Test func `a file that shrinks while it is read is an error`() throws {
        let folder = try ScratchFolder()
        let path = folder.url.appending(path: "shrinks.dcm").path
        let pixels = HandmadePixels(rows: 64, columns: 64, pixels: .words("OW", [UInt16](repeating: 7, count: 4096)))
        try Data(pixels.bytes).write(to: URL(filePath: path))
        let reader = try DICOMPixelReader(header: DICOMHeader(path: path))
        _ = try reader.storedImage()
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.truncate(atOffset: 5000)
        try file.close()
        let error = try #require(throws: FormatError.self) { try reader.storedImage() }
        #expect(error.code == .truncated && error.description.contains("shrinks.dcm"))
    }

    @Test func `finds that are no DICOM are told so`() throws {
        let files = TestData.files(below: "corrupt")
        #expect(!files.isEmpty)
        for file in files {
            let source = try ByteSource(path: TestData.path(file))
            let error = try #require(throws: FormatError.self, "\(file)") { try DICOMObject(source: source) }
            #expect(error.code == .notRecognized)
        }
    }
}
