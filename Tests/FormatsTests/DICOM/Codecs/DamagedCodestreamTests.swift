import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Compressed frames that end early or are damaged: an image with a remark, or one error, in bounded time.
@Suite(.needsTestData) struct DamagedCodestreamTests {
    /// A stream of the test data as the only frame of an object.
    static func object(_ file: String) throws -> (pixels: HandmadePixels, stream: [UInt8]) {
        let stream = try ByteSource(path: TestData.path(file)).all()
        var pixels = HandmadePixels(allocated: 8, stored: 8, syntax: "1.2.840.10008.1.2.4.80")
        if file.hasSuffix(".jls") {
            let header = try #require(unsafe JPEGFrameHeader(stream.span.bytes))
            (pixels.rows, pixels.columns, pixels.samples) = (header.rows, header.columns, header.componentIDs.count)
        } else {
            let header = try #require(unsafe JPEG2000Header(stream.span.bytes))
            (pixels.rows, pixels.columns, pixels.samples) = (header.rows, header.columns, header.components)
            pixels.syntax = "1.2.840.10008.1.2.4.\(header.isHighThroughput ? 201 : 90)"
            let bits = Int(stream[header.start + 42] & 0x7F) + 1
            (pixels.allocated, pixels.stored) = bits > 8 ? (16, bits) : (8, bits)
        }
        if pixels.samples == 3 { pixels.photometric = "RGB" }
        pixels.pixels = .fragments([stream])
        return (pixels, stream)
    }

    /// The frame and what was wrong with it.
    static func read(
        _ pixels: HandmadePixels, strict: Bool = false
    ) throws -> (samples: [UInt8], defect: DICOMPixelDefect?) {
        let reader = try pixels.reader(DICOMPixelOptions(isStrict: strict))
        var bytes = [UInt8](repeating: 0xAA, count: reader.format.frameByteCount)
        var span = bytes.mutableSpan
        var target = unsafe span.mutableBytes
        let defect = try reader.readStored(frame: 0, into: &target)
        return (bytes, defect)
    }

    static let streams =
        TestData.files(below: "jpegls").filter { $0.hasSuffix(".jls") } + [
            "j2k/pylibjpeg/HTJ2K/Bretagne1_ht.j2k", "j2k/pylibjpeg/HTJ2K/Bretagne1_ht_lossy.j2k",
            "j2k/conformance/p0_01.j2k",
            "j2k/conformance/p0_12.j2k",
        ]

    @Test(arguments: streams.filter { $0.hasSuffix(".jls") })
    func `JPEG-LS without its end marker is whole`(file: String) throws {
        var (pixels, stream) = try Self.object(file)
        let whole = try Self.read(pixels)
        #expect(whole.defect == nil)
        #expect(stream.suffix(2) == [0xFF, 0xD9])
        for tail in [[], [0, 0], [0, 0, 0, 0]] as [[UInt8]] {
            stream.removeLast(2)
            pixels.pixels = .fragments([stream + tail])
            stream += [0xFF, 0xD9]
            let open = try Self.read(pixels)
            #expect(open.samples == whole.samples)
            // Zeros without a marker before them could be part of the image.
            #expect((open.defect == nil) == (tail.isEmpty && stream.count.isMultiple(of: 2)))
        }
    }

    @Test(arguments: streams) func `a stream that ends early is decoded as far as it goes, or refused`(file: String)
        throws
    {
        var (pixels, stream) = try Self.object(file)
        let whole = try Self.read(pixels).samples
        var kept = 0
        for part in 1..<12 {
            pixels.pixels = .fragments([Array(stream.prefix(stream.count * part / 12))])
            #expect(throws: FormatError.self) { try Self.read(pixels, strict: true) }
            guard let (samples, defect) = try? Self.read(pixels) else { continue }
            #expect(defect != nil)
            kept += 1
            // What stands before the end is right where a stream goes through the rows once.
            if file.hasSuffix("e0.jls"), !file.hasSuffix("c0e0.jls") {
                let sure = whole.count * (part - 1) / 20
                #expect(samples[..<sure] == whole[..<sure])
            }
        }
        #expect(kept > 0, "damaged streams give images")
    }

    @Test(arguments: streams) func `a stream with wrong bytes ends in an image or an error`(file: String) throws {
        var (pixels, stream) = try Self.object(file)
        var random = SeededGenerator(seed: 11)
        for round in 0..<60 {
            var damaged = stream
            let reach = round % 2 == 0 ? min(damaged.count, 200) : damaged.count
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                damaged[Int.random(in: 0..<reach, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            pixels.pixels = .fragments([damaged])
            do throws(FormatError) {
                _ = try Self.typed { try Self.read(pixels) }
            } catch { #expect(!error.description.contains("\n") && !error.found.isEmpty) }
        }
    }

    /// Rethrows; any other error than ``FormatError`` fails the test.
    static func typed<Result>(_ body: () throws -> Result) throws(FormatError) -> Result? {
        do { return try body() } catch let error as FormatError { throw error } catch {
            Issue.record("an error of another type: \(error)")
            return nil
        }
    }

    @Test func `only plain streams reach OpenJPH`() throws {
        func isPlain(_ stream: [UInt8]) throws -> Bool {
            let header = try #require(unsafe JPEG2000Header(stream.span.bytes))
            return unsafe HighThroughputCheck.isPlain(stream.span.bytes, header)
        }
        let stream = try ByteSource(path: TestData.path("j2k/pylibjpeg/HTJ2K/Bretagne1_ht.j2k")).all()
        #expect(try isPlain(stream))
        #expect(try isPlain(CodestreamKind.jp2Signature + [0, 0, 0, 0] + Array("jp2c".utf8) + stream))
        #expect(try isPlain(ByteSource(path: TestData.path("j2k/pylibjpeg/HTJ2K/Bretagne1_ht_lossy.j2k")).all()))
        #expect(try !isPlain(ByteSource(path: TestData.path("j2k/conformance/p0_01.j2k")).all()))
        #expect(try !isPlain(stream.dropLast(100)))
        // Capabilities; progression, layers, levels, block size and style; quantization; tile, length and number of the part.
        let wrongs = [
            (59, 0x40), (66, 9), (68, 2), (70, 6), (71, 8), (73, 0), (74, 0), (78, 0x10), (79, 0x22), (80, 0), (125, 9),
            (128, 0xFF), (130, 1),
        ]
        for (place, value) in wrongs {
            var wrong = stream
            #expect(wrong[place] != UInt8(value))
            wrong[place] = UInt8(value)
            #expect(try !isPlain(wrong), "byte \(place)")
        }
    }
}
