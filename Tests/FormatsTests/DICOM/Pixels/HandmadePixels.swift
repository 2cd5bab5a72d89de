import ImageCore
import TestSupport
import Testing

@testable import Formats

/// A small object put together element by element.
struct HandmadePixels {
    var rows = 2
    var columns = 2
    var samples = 1
    var allocated = 16
    var stored = 16
    var highBit: Int?
    var isSigned = false
    var photometric = "MONOCHROME2"
    var planar = 0
    var frames: Int?
    var syntax = "1.2.840.10008.1.2.1"
    var pixels: DICOMTestDataSet.Value = .words("OW", [])
    var more: [UInt32: DICOMTestDataSet.Value] = [:]
    /// Elements that are left out.
    var absent: Set<UInt32> = []

    var bytes: [UInt8] {
        var set = DICOMTestDataSet()
        set[0x0008_0016] = .text("UI", "1.2.840.10008.5.1.4.1.1.7")
        set[0x0008_0018] = .text("UI", "2.25.1")
        set[0x0028_0002] = .words("US", [UInt16(samples)])
        set[0x0028_0004] = .text("CS", photometric)
        if samples > 1 { set[0x0028_0006] = .words("US", [UInt16(planar)]) }
        if let frames { set[0x0028_0008] = .text("IS", "\(frames)") }
        set[0x0028_0010] = .words("US", [UInt16(rows)])
        set[0x0028_0011] = .words("US", [UInt16(columns)])
        set[0x0028_0100] = .words("US", [UInt16(allocated)])
        set[0x0028_0101] = .words("US", [UInt16(stored)])
        set[0x0028_0102] = .words("US", [UInt16(highBit ?? stored - 1)])
        set[0x0028_0103] = .words("US", [isSigned ? 1 : 0])
        for (tag, value) in more { set[tag] = value }
        for tag in absent { set[tag] = nil }
        set[0x7FE0_0010] = pixels
        var file = DICOMTestFile(set)
        file.transferSyntax = syntax
        return file.bytes
    }

    func header() throws -> DICOMHeader { try DICOMHeader(source: ByteSource(bytes: bytes, name: "handmade")) }

    func reader(_ options: DICOMPixelOptions = DICOMPixelOptions()) throws -> DICOMPixelReader {
        try DICOMPixelReader(header: header(), options: options)
    }

    /// The stored values of one frame.
    func values(frame: Int = 0, _ options: DICOMPixelOptions = DICOMPixelOptions()) throws -> [Int] {
        try #require(integers(reader(options).storedImage(frame: frame)))
    }
}

/// The samples of an image of whole numbers, in C order.
func integers(_ image: AnyImage) -> [Int]? { image.accept(Integers()) }

private struct Integers: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [Int]? { WholeNumbers(image)?.values }
}
