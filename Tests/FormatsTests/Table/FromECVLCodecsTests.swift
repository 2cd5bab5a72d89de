import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Every row of the table of codecs in docs/from-ecvl.md is one that is called here.
@Suite struct FromECVLCodecsTests {
    private static let image: Image<UInt8> = {
        var image = Image<UInt8>(
            axes: [.y, .x], sizes: [8, 8], repeating: 70, color: .gray, domain: .integer(bits: 8))
        image[2, 3] = 200
        return image
    }()

    @Test func `every codec of ECVL has a row`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let page = try String(contentsOf: root.appending(path: "docs/from-ecvl.md"), encoding: .utf8)
        let table = try #require(page.components(separatedBy: "## Codecs").dropFirst().first)
        let names = table.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .flatMap { $0.split(separator: "|")[0].split(separator: "`").filter { $0.contains { $0.isLetter } } }
        #expect(
            names.map(String.init) == [
                "ImRead", "ImReadMulti", "ImWrite", "NiftiRead", "NiftiWrite", "DicomRead", "DicomWrite",
                "OpenSlideImage", "MatToImage", "ImageToMat", "MatVecToImage",
            ])
        for name in [
            "FormatTable.standard.readImage(path:options:)", "FormatTable.standard.open(_:options:)", "PNGEncoder",
            "JPEGEncoder", "TIFFEncoder", "NIfTIEncoder", "NIfTIHeader", "DICOMObject", "DICOMEncoder",
            "Slides.open(path:limits:)", "level(forDownsample:)", "read(_:level:)",
        ] { #expect(table.contains("`\(name)`"), "\(name)") }
    }

    @Test func `pictures are written and read`() throws {
        let folder = try ScratchFolder()
        let paths = ["a.png", "a.tif", "a.nii.gz"].map(folder.path)
        try PNGEncoder().write(Self.image, to: paths[0])
        try TIFFEncoder().write(Self.image, to: paths[1])
        try NIfTIEncoder().write(Self.image, to: paths[2])
        for path in paths {
            let found = try FormatTable.standard.readImage(path: path, options: ReadOptions()).converted(to: UInt8.self)
            let source = found.contiguous()
            #expect(source.count == 64 && source.samples[19] == 200 && source.samples[26] == 70, "\(path)")
        }
        let reader = try FormatTable.standard.open(ByteSource(path: paths[1]), options: ReadOptions())
        #expect(reader.frames.count == 1)
        let bytes = try JPEGEncoder().encode(Self.image)
        let decoded = try FormatTable.standard.open(ByteSource(bytes: bytes)).readFrame()
        #expect(abs(Int(decoded.converted(to: UInt8.self)[6, 6]) - 70) < 12)
    }

    /// What the rows of DICOM and slides name, with these labels; their own tests read and write files.
    @Test func `the other names are there`() {
        let open: (String, DecodeLimits) throws -> any Slide = { try Slides.open(path: $0, limits: $1) }
        let level: (any Slide, Double) -> Int = { $0.level(forDownsample: $1) }
        let read: (any Slide) throws -> Image<UInt8> = {
            try $0.read(PixelRect(x: 0, y: 0, width: 1, height: 1), level: 0).pixels
        }
        let write: (DICOMItem, String) throws -> Void = { try DICOMEncoder().write($0, to: $1) }
        let object: (String) throws -> DICOMObject = { try DICOMObject(path: $0) }
        _ = (level, read, write)
        #expect(throws: FormatError.self) { try open("/nowhere.svs", .standard) }
        #expect(throws: FormatError.self) { try object("/nowhere.dcm") }
    }
}
