import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

struct MetaImageTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// SimpleITK 2.5.7: a ramp from -50 in steps of 7, index x slowest; zlib.
    private static let made =
        "T2JqZWN0VHlwZSA9IEltYWdlCk5EaW1zID0gMwpCaW5hcnlEYXRhID0gVHJ1ZQpCaW5hcnlEYXRhQnl0ZU9yZGVyTVNCID0gRmFsc2UKQ29tcHJlc3NlZERhdGEgPSBUcnVlCkNvbXByZXNzZWREYXRhU2l6ZSA9IDU5ClRyYW5zZm9ybU1hdHJpeCA9IDAgLTEgMCAxIDAgMCAwIDAgMQpPZmZzZXQgPSAtMTAgMjAgMzAuNQpDZW50ZXJPZlJvdGF0aW9uID0gMCAwIDAKQW5hdG9taWNhbE9yaWVudGF0aW9uID0gUFJJCkVsZW1lbnRTcGFjaW5nID0gMiAxLjUgMwpEaW1TaXplID0gNCAzIDIKRWxlbWVudFR5cGUgPSBNRVRfU0hPUlQKRWxlbWVudERhdGFGaWxlID0gTE9DQUwKeF4BMADP/87/+P8iAEwA3P8GADAAWgDq/xQAPgBoANX///8pAFMA4/8NADcAYQDx/xsARQBvAAIeEtU="

    @Test func `a file of SimpleITK has its samples and its place`() throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: Self.made)))
        let reader = try FormatTable.standard.open(ByteSource(bytes: bytes))
        let image = try reader.readFrame()
        #expect(reader.formatName == "MetaImage" && image.kind == .int16 && image.sizes == [2, 3, 4])
        let expected = (0..<2).flatMap { z in (0..<3).flatMap { y in (0..<4).map { x in 6 * x + 2 * y + z } } }
        #expect(image.numbers == expected.map { Double($0 * 7 - 50) })
        let geometry = try #require(image.geometry)
        #expect(geometry.position(x: 1, y: 2, z: 1) == SIMD3(-7, 18, 33.5))
    }

    @Test func `a header says what the format asks for`() throws {
        let axes: [Axis] = [.time, .z, .y, .x, .channel]
        var image = AnyImage.random(.float32, axes: axes, sizes: [5, 2, 3, 4, 2], seed: 1, color: .unspecified)
        image.geometry = Geometry(
            spacingMillimetres: SIMD3(0.75, 1.5, 2), originMillimetres: SIMD3(-10, 0.1, 1e-7),
            direction: Direction(x: SIMD3(0, 1, 0), y: SIMD3(-1, 0, 0), z: SIMD3(0, 0.6, 0.8)))
        try MetaImageEncoder(level: nil, timeStepSeconds: 2.5).write(image, to: folder.path("ct.mhd"))
        #expect(
            try String(contentsOfFile: folder.path("ct.mhd"), encoding: .utf8) == """
                ObjectType = Image
                NDims = 4
                BinaryData = True
                BinaryDataByteOrderMSB = False
                CompressedData = False
                TransformMatrix = 0 1 0 0 -1 0 0 0 0 0.6 0.8 0 0 0 0 1
                Offset = -10 0.1 1e-07 0
                CenterOfRotation = 0 0 0 0
                ElementSpacing = 0.75 1.5 2 2.5
                DimSize = 4 3 2 5
                ElementNumberOfChannels = 2
                ElementType = MET_FLOAT
                ElementDataFile = ct.raw

                """)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: folder.path("ct.raw")))) == image.rawBytes)
    }

    @Test func `the length of compressed samples stands in the header`() throws {
        let image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [2, 30, 40], seed: 1)
        try MetaImageEncoder().write(image, to: folder.path("a.mhd"))
        let length = try Data(contentsOf: URL(filePath: folder.path("a.zraw"))).count
        let header = try String(contentsOfFile: folder.path("a.mhd"), encoding: .utf8)
        let line = header.split(separator: "\n").first { $0.hasPrefix("CompressedDataSize = ") }
        #expect(line?.dropFirst(21).trimmingCharacters(in: .whitespaces) == String(length))
    }

    @Test(.needsTestData) func `every file of other programs has SimpleITK's samples and place`() throws {
        let files =
            try ExpectedReader.files(below: "nifti/meta/", reader: "itk").filter { !$0.path.contains(".nii") }
            + ExpectedReader.files(below: "dicom/dcmqi-23x38x3/nrrd/", reader: "itk")
        #expect(files.count == 13)
        for file in files {
            let image = try FormatTable.standard.readImage(path: try TestData.path(file.path))
            #expect(SHA256.hex(image.rawBytes) == file.hash, "\(file.path): \(file.summary)")
            let (spacing, origin) = (file.numbers(after: "spacing="), file.numbers(after: "origin="))
            let geometry = try #require(image.geometry)
            for axis in 0..<min(3, spacing.count) {
                #expect(abs(geometry.spacingMillimetres[axis] - spacing[axis]) < 1e-4, "\(file.path)")
                #expect(abs(geometry.originMillimetres[axis] - origin[axis]) < 1e-3, "\(file.path)")
            }
        }
    }
}
