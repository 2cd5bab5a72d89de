import TestSupport
import Testing

@testable import Formats

struct `Damaged DICOM files` {
    static let files = TestData.files(below: "dicom").filter { file in
        guard let path = try? TestData.path(file), let source = try? ByteSource(path: path) else { return false }
        return source.count < 1 << 20 && ((try? DICOMHeader.recognizes(source.prefix(256))) ?? false)
    }

    /// Opens bytes with both readers and touches every value; an error is as good as an answer.
    private func open(_ bytes: [UInt8]) {
        let source = ByteSource(bytes: bytes)
        if let header = try? DICOMHeader(source: source) {
            for element in header.dataSet.elements {
                _ = header.dataSet.texts(element.tag)
                _ = header.dataSet.doubles(element.tag)
                _ = header.dataSet.items(element.tag)
            }
        }
        if let object = try? DICOMObject(source: source) { _ = try? DICOMDirectory(object) }
    }

    @Test(.needsTestData, arguments: files)
    func `that end early are read as far as they go`(file: String) throws {
        let bytes = try ByteSource(path: TestData.path(file)).all()
        for part in 0..<50 { open(Array(bytes.prefix(bytes.count * part / 50))) }
    }

    @Test(.needsTestData, arguments: files)
    func `with flipped bytes end in an answer or an error`(file: String) throws {
        var random = SeededGenerator(seed: 7)
        let bytes = try ByteSource(path: TestData.path(file)).all()
        for _ in 0..<10 {
            var damaged = bytes
            for _ in 0..<8 {
                let header = min(damaged.count, 4096)
                damaged[Int.random(in: 0..<header, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            open(damaged)
        }
    }

    @Test func `with sequences nested too deeply are refused by both readers`() throws {
        let level: [UInt8] = [
            0x40, 0, 0x30, 0xA7, 0x53, 0x51, 0, 0, 255, 255, 255, 255, 0xFE, 0xFF, 0, 0xE0, 255, 255, 255, 255,
        ]
        let nested = Self.start + Array(repeatElement(level, count: 10_000).joined())
        let source = ByteSource(bytes: nested)
        #expect { try DICOMHeader(source: source) } throws: { ($0 as? FormatError)?.code == .limitExceeded }
        #expect { try DICOMObject(source: source) } throws: { ($0 as? FormatError)?.code == .limitExceeded }
    }

    @Test func `with lengths of 4 GiB are read as far as they go`() throws {
        for vr in ["OB", "UN", "UT", "SQ"] {
            let long = Self.start + [0x08, 0, 0x60, 0] + Array(vr.utf8) + [0, 0, 254, 255, 255, 255, 1, 2, 3, 4]
            let source = ByteSource(bytes: long)
            let header = try DICOMHeader(source: source)
            #expect(!header.problems.isEmpty)
            #expect(try DICOMObject(source: source).source != .dcmtk)
        }
    }

    @Test func `with an attribute twice keep the first and say so`() throws {
        let slope: [UInt8] = [0x28, 0, 0x53, 0x10] + Array("DS".utf8) + [2, 0]
        var set = DICOMTestDataSet()
        set[0x0028_1053] = .text("DS", "1")
        var bytes = DICOMTestFile(set).bytes
        let once = try DICOMHeader(source: ByteSource(bytes: bytes))
        #expect(once.problems.isEmpty && once.dataSet.double(.rescaleSlope) == 1)
        bytes += slope + Array("5 ".utf8)
        let twice = try DICOMHeader(source: ByteSource(bytes: bytes))
        #expect(twice.dataSet.double(.rescaleSlope) == 1 && !twice.isDamaged)
        #expect(twice.problems == ["(0028,1053) is there more than once; the first counts"])
    }

    @Test(arguments: [[0xFF, 0xFF, 0xFF, 0xFF], [0xFE, 0xFF, 0xFF, 0xFF]] as [[UInt8]])
    func `whose last item is cut keep what is whole of it`(length: [UInt8]) throws {
        func item(_ content: [UInt8]) -> [UInt8] { [0xFE, 0xFF, 0, 0xE0] + length + content }
        func sequence(_ items: [UInt8]) -> [UInt8] { [0x40, 0, 0x30, 0xA7, 0x53, 0x51, 0, 0] + length + items }
        let type: [UInt8] = [0x40, 0, 0x10, 0xA0, 0x43, 0x53, 4, 0] + Array("TEXT".utf8)
        let cutText: [UInt8] = [0x40, 0, 0x60, 0xA1, 0x55, 0x54, 0, 0, 0xF0, 0xFF, 0xFF, 0x7F] + Array("half".utf8)
        func items(_ content: [UInt8]) throws -> [DICOMDataSet] {
            let header = try DICOMHeader(source: ByteSource(bytes: Self.start + sequence(content)))
            #expect(header.isDamaged && header.problems.count <= 4)
            return header.dataSet.items(DICOMTag(0x0040, 0xA730))
        }
        let half = try items(item(type + cutText))
        #expect(half.count == 1 && half[0].elements.map(\.tag) == [DICOMTag(0x0040, 0xA010)])
        #expect(try items(item(cutText)).isEmpty)
        #expect(try items(item([])).isEmpty)
        let outer = try items(item(type + sequence(item(type + cutText))))
        let inner = try #require(outer.first?.items(DICOMTag(0x0040, 0xA730)))
        #expect(outer.count == 1 && inner.count == 1 && inner[0].text(DICOMTag(0x0040, 0xA010)) == "TEXT")
    }

    @Test func `that are deflated do not grow without bound`() throws {
        let zeros = try PNGDeflate.deflate([UInt8](repeating: 0, count: 1 << 20), level: 9)
        let packed = Array(zeros.dropFirst(2).dropLast(4))
        #expect(try DICOMInflate.raw(packed, file: "f", offset: 0, limit: 1 << 30).count == 1 << 20)
        #expect {
            try DICOMInflate.raw(packed, file: "f", offset: 0, limit: 1 << 30, modest: 1 << 16)
        } throws: {
            ($0 as? FormatError)?.code == .limitExceeded
        }
    }

    /// A preamble, file meta information and the first element of an explicit little-endian data set.
    static let start: [UInt8] = {
        let syntax = Array("1.2.840.10008.1.2.1\0".utf8)
        var bytes = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        bytes += [2, 0, 0, 0, 0x55, 0x4C, 4, 0, 28, 0, 0, 0]
        bytes += [2, 0, 0x10, 0, 0x55, 0x49, UInt8(syntax.count), 0] + syntax
        return bytes + [8, 0, 0x16, 0, 0x55, 0x49, 4, 0] + Array("1.2\0".utf8)
    }()
}
