import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Every DICOM file of the test data with pixels, against the hashes that pydicom 3.0.2 with its plug-ins gave.
@Suite(.needsTestData) struct DICOMPixelCorpusTests {
    /// What `expected/readers.tsv` says about a file: type, sizes, the hash of the raw samples and the first digits of that of RGB.
    struct Expected {
        var kind: String
        var sizes: [Int]
        var hash: String
        var rgb: String?
        var range: ClosedRange<Int>
    }

    static let expected: [String: Expected] = {
        guard let root = TestData.root,
            let table = try? String(contentsOf: root.appending(path: "expected/readers.tsv"), encoding: .utf8)
        else { return [:] }
        var rows: [String: Expected] = [:]
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 5, fields[1] == "dicom", !fields[4].isEmpty,
                let summary = fields[3].components(separatedBy: " -> ").last, let open = summary.firstIndex(of: "["),
                let close = summary.firstIndex(of: "]")
            else { continue }
            let sizes = summary[summary.index(after: open)..<close].components(separatedBy: ", ").compactMap { Int($0) }
            func number(_ name: String) -> Int? {
                let text = summary.components(separatedBy: name).dropFirst().first
                return text.flatMap { Int($0.prefix { $0 == "-" || $0.isNumber }) }
            }
            rows[fields[0]] = Expected(
                kind: String(summary[..<open]), sizes: sizes, hash: fields[4],
                rgb: summary.components(separatedBy: "rgb=").dropFirst().first.map { String($0.prefix(16)) },
                range: (number("min=") ?? 0)...(number("max=") ?? 0))
        }
        return rows
    }()

    /// NumPy's names of big-endian types; the hashes are of samples in the machine's order.
    static let kinds = [">i2": "int16", ">u2": "uint16", ">u4": "uint32"]

    /// Why a file's samples are not those of pydicom to the bit, when they cannot be expected to.
    static func freedom(_ reader: DICOMPixelReader) -> String? {
        switch reader.transferSyntax.uid {
        case "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51":
            "lossy JPEG: the plug-in has another inverse transform than libjpeg-turbo and IJG"
        case "1.2.840.10008.1.2.4.203": "irreversible wavelet: OpenJPH rounds other than OpenJPEG"
        default: nil
        }
    }

    /// Those that debug code hashes in a moment; `scripts/crosscheck/dicom_pixels.py` compares all.
    static let files = expected.filter { name, file in
        // Number of Frames "1A": the reference read one of fifteen frames; here it is an error.
        !name.hasSuffix(".gz") && !name.hasPrefix("wsi/") && !name.hasSuffix("/badVR.dcm")
            && file.sizes.reduce(1, *) <= 600_000
    }.keys.sorted()

    static func samples(_ file: String, convertsColor: Bool) throws -> (reader: DICOMPixelReader, bytes: [UInt8]) {
        let header = try DICOMHeader(path: TestData.path(file))
        let reader = try DICOMPixelReader(header: header, options: DICOMPixelOptions(convertsColor: convertsColor))
        var bytes: [UInt8] = []
        for frame in 0..<reader.format.frameCount {
            let image = try reader.storedImage(frame: frame)
            bytes += image.accept(Bytes())
        }
        return (reader, bytes)
    }

    struct Bytes: ImageVisitor {
        func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt8] {
            unsafe image.bytes.withUnsafeBytes { unsafe [UInt8]($0) }
        }
    }

    @Test(arguments: files) func `stored values are those of pydicom`(file: String) throws {
        let expected = try #require(Self.expected[file])
        let (reader, bytes) = try Self.samples(file, convertsColor: false)
        #expect(reader.format.scalarKind.rawValue == Self.kinds[expected.kind] ?? expected.kind)
        // A single frame has an axis of its own with some readers.
        #expect(([reader.format.frameCount] + reader.sizes).drop { $0 == 1 } == expected.sizes.drop { $0 == 1 })
        #expect(reader.defects.isEmpty)
        guard Self.freedom(reader) == nil || SHA256.hex(bytes) == expected.hash else {
            return Self.compareRange(reader, bytes, expected)
        }
        #expect(SHA256.hex(bytes) == expected.hash)
    }

    /// Lossy samples have the extremes of pydicom's but for rounding.
    static func compareRange(_ reader: DICOMPixelReader, _ bytes: [UInt8], _ expected: Expected) {
        let isWide = reader.format.scalarKind == .uint16
        let values =
            isWide
            ? stride(from: 0, to: bytes.count, by: 2).map { Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8 }
            : bytes.map { Int($0) }
        #expect(abs((values.min() ?? 0) - expected.range.lowerBound) <= 2)
        #expect(abs((values.max() ?? 0) - expected.range.upperBound) <= 2)
    }

    @Test(arguments: files.filter { expected[$0]?.rgb != nil })
    func `color becomes the RGB of pydicom`(file: String) throws {
        let expected = try #require(Self.expected[file]?.rgb)
        let (reader, bytes) = try Self.samples(file, convertsColor: true)
        #expect(reader.color == .rgb)
        #expect(Self.freedom(reader) != nil || SHA256.hex(bytes).hasPrefix(expected))
    }
}
