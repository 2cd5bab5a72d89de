import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Files of which nobody knows the place, and files that say two.
struct NIfTIPlaceTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A file of version 1 with sform and qform: codes at 252 and 254, quaternion at 256, rows at 280.
    private func file() throws -> [UInt8] {
        var image = AnyImage.random(.int16, axes: [.z, .y, .x], sizes: [3, 4, 5], seed: 1)
        image.geometry = obliqueGeometry
        try NIfTIEncoder(version: .nifti1).write(image, to: folder.path("a.nii"))
        return [UInt8](try Data(contentsOf: URL(filePath: folder.path("a.nii"))))
    }

    private func bytes(_ numbers: [Float]) -> [UInt8] {
        numbers.flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt32($0))) }
        }
    }

    private func refusal(_ bytes: [UInt8]) -> FormatError? {
        do throws(FormatError) {
            _ = try NIfTIReader(ByteSource(bytes: bytes))
            return nil
        } catch { return error }
    }

    @Test(arguments: [[0, 0, 0, 0], [0xFF, 0xFF, 0xFE, 0xFF]] as [[UInt8]])
    func `codes of 0 and below are no place, in whatever format`(codes: [UInt8]) throws {
        let reader = try NIfTIReader(ByteSource(bytes: replacing(try file(), at: 252, with: codes)))
        let image = try reader.readFrame()
        #expect(reader.affine == nil && image.metadata["nifti.affine"] == nil)
        #expect(image.geometry?.isPlaced == false)
        #expect(image.geometry?.spacingMillimetres == SIMD3(0.75, 1.5, 2.25))
        try NIfTIEncoder().write(image, to: folder.path("b.nii"))
        let header = try ByteSource(path: folder.path("b.nii")).prefix(348)
        #expect(Array(header[252..<256]) == [0, 0, 0, 0])
        #expect(Array(header[80..<92]) == bytes([0.75, 1.5, 2.25]))
        try NRRDEncoder(level: nil).write(image, to: folder.path("b.nrrd"))
        let nrrd = String(decoding: try ByteSource(path: folder.path("b.nrrd")).prefix(300), as: UTF8.self)
        #expect(nrrd.contains("spacings: 0.75 1.5 2.25\n") && !nrrd.contains("space"), "\(nrrd)")
        try MetaImageEncoder(level: nil).write(image, to: folder.path("b.mha"))
        let metaImage = String(decoding: try ByteSource(path: folder.path("b.mha")).prefix(300), as: UTF8.self)
        #expect(metaImage.contains("ElementSpacing = 0.75 1.5 2.25\n"), "\(metaImage)")
        #expect(!metaImage.contains("Offset") && !metaImage.contains("TransformMatrix"))
        for name in ["b.nii", "b.nrrd", "b.mha"] {
            let read = try FormatTable.standard.readImage(path: folder.path(name))
            #expect(read.geometry == image.geometry && read.rawBytes == image.rawBytes, "\(name)")
        }
    }

    @Test func `what names a place keeps it`() throws {
        #expect(try NIfTIReader(ByteSource(bytes: file())).frames[0].geometry?.isPlaced == true)
        for lines in ["Offset = 0 0 0", "TransformMatrix = 1 0 0 0 1 0 0 0 1", "ElementSpacing = 1 1 -1"] {
            let text = "ObjectType = Image\nNDims = 3\nDimSize = 1 1 1\nElementType = MET_UCHAR\n\(lines)\n"
            let source = ByteSource(bytes: Array("\(text)ElementDataFile = LOCAL\n".utf8) + [7])
            #expect(try FormatTable.standard.open(source).frames[0].geometry?.isPlaced == true, "\(lines)")
        }
    }

    @Test func `two places are told, and the sform counts`() throws {
        let plain = try file()
        #expect(try NIfTIReader(ByteSource(bytes: plain)).frames[0].metadata.remarks.isEmpty)
        // The sform moved by (3, 4, 0) mm: every corner is 5 mm off.
        var moved = try #require(NIfTIReader(ByteSource(bytes: plain)).affine)
        moved.translation += SIMD3(3, 4, 0)
        let rows = bytes(moved.matrix[..<12].map { Float($0) })
        let twice = replacing(replacing(plain, at: 280, with: rows), at: 254, with: [2, 0])
        let reader = try NIfTIReader(ByteSource(bytes: twice))
        let remark = try #require(reader.frames[0].metadata.remarks.first)
        #expect(remark.contains("up to 5 mm apart") && remark.contains("the sform counts"), "\(remark)")
        #expect(remark.contains("sform (code 2) and qform (code 1)"))
        let difference = try #require(reader.affine).translation - moved.translation
        #expect((difference * difference).sum() < 1e-6)
        // A tenth of the smallest distance, 0.075 mm, is rounding.
        moved.translation -= SIMD3(2.95, 4, 0)
        let near = replacing(plain, at: 280, with: bytes(moved.matrix[..<12].map { Float($0) }))
        #expect(try NIfTIReader(ByteSource(bytes: near)).frames[0].metadata.remarks.isEmpty)
    }

    @Test func `what programs read in different ways is refused by its field`() throws {
        let plain = try file()
        for (offset, name) in [(252, "qform_code"), (254, "sform_code")] {
            #expect(refusal(replacing(plain, at: offset, with: [99, 0]))?.place == name)
            #expect(refusal(replacing(plain, at: offset, with: [5, 0])) == nil)
        }
        // vox_offset of a single file: nibabel and ITK take the header for samples.
        let error = try #require(refusal(replacing(plain, at: 108, with: bytes([0]))))
        #expect(error.code == .corrupt && error.place == "vox_offset")
        // A quaternion of length 3, which nibabel refuses and ITK shortens; beside an sform it has no say.
        let long = replacing(plain, at: 256, with: bytes([1, 1, 1]))
        #expect(refusal(long) == nil)
        #expect(refusal(replacing(long, at: 254, with: [0, 0]))?.place == "quatern_b, quatern_c, quatern_d")
    }
}
