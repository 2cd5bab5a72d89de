import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

@Suite(.needsTestData) struct NIfTICorpusTests {
    /// What nibabel opens, in every folder of the data.
    private func expectedFiles() throws -> [ExpectedReader] {
        try ExpectedReader.files(below: "nifti/", reader: "nii") + ExpectedReader.files(below: "series/", reader: "nii")
    }

    @Test func `every file has nibabel's samples and affine map`() throws {
        let files = try expectedFiles()
        #expect(files.count >= 25)
        for file in files {
            let reader = try NIfTIReader(ByteSource(path: try TestData.path(file.path)), values: .stored)
            let image = try reader.readFrame()
            let bytes = image.rawBytes
            #expect(SHA256.hex(bytes) == file.hash, "\(file.path): \(file.summary)")
            let expected = file.numbers(after: "affine=")
            try #require(expected.count == 16, "\(file.path)")
            guard let affine = reader.affine else {
                #expect(reader.frames[0].metadata["nifti.affineSource"] == "pixdim", "\(file.path)")
                continue
            }
            let worst = zip(expected, affine.matrix).map { abs($0 - $1) }.max() ?? 0
            #expect(worst < 0.000_051, "\(file.path): \(worst)")
        }
    }

    @Test func `every file is recognized by its content`() throws {
        for file in try expectedFiles() {
            let reader = try FormatTable.standard.open(ByteSource(path: try TestData.path(file.path)))
            #expect(reader.formatName == "NIfTI", "\(file.path)")
        }
    }

    @Test func `every file is written and read again with the same samples and geometry`() throws {
        let folder = try ScratchFolder()
        for file in try expectedFiles() where !file.summary.contains("(256, 256") {
            let reader = try NIfTIReader(ByteSource(path: try TestData.path(file.path)), values: .stored)
            let image = try reader.readFrame()
            for name in ["a.nii", "a.nii.gz"] {
                let scaling = NIfTIEncoder.Scaling(slope: reader.slope, intercept: reader.intercept)
                try NIfTIEncoder(scaling: scaling).write(image, to: folder.path(name))
                let again = try NIfTIReader(ByteSource(path: folder.path(name)), values: .stored)
                #expect(try again.readFrame().rawBytes == image.rawBytes ? true : false, "\(file.path)")
                #expect(again.slope == reader.slope && again.intercept == reader.intercept, "\(file.path)")
                let (place, first) = (again.affine?.matrix ?? [], reader.affine?.matrix ?? [])
                let difference = zip(place, first).map { abs($0 - $1) }.max() ?? 0
                #expect(difference < 1e-4 && place.count == first.count, "\(file.path)")
            }
        }
    }

    @Test func `scaled samples are nibabel's`() throws {
        let path = try TestData.path("nifti/functional.nii")
        let image = try FormatTable.standard.readImage(path: path)
        #expect(image.kind == .float32 && image.axes == [.time, .z, .y, .x] && image.sizes == [20, 3, 21, 17])
        // nibabel 5.4: sha256(np.asanyarray(img.dataobj).astype('f4').tobytes('F')).
        #expect(SHA256.hex(image.rawBytes) == "0464ab605a2a3e72cefa2f43448927662e573cab8aeaa9f2abc1a954ce88fa5e")
        #expect(image.metadata["nifti.timeStepSeconds"] == .number(2))
    }

    @Test func `a file cut anywhere is an error`() throws {
        for name in ["anatomical.nii", "example_nifti2.nii.gz", "standard.nii.gz", "meta/image10x11x12.nii.gz"] {
            let path = try TestData.path("nifti/\(name)")
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            for i in 0..<50 {
                let part = Array(bytes[..<(bytes.count * i / 50)])
                #expect(throws: FormatError.self, "\(name) \(i)") {
                    try FormatTable.standard.open(ByteSource(bytes: part)).readFrame()
                }
            }
            #expect(throws: FormatError.self) { try NIfTIReader(ByteSource(bytes: bytes.dropLast())).readFrame() }
        }
    }

    @Test func `a header without its image is an error that names the image`() throws {
        for name in ["nifti1.hdr", "nifti2.hdr"] {
            let source = try ByteSource(path: try TestData.path("nifti/\(name)"))
            let error = #expect(throws: FormatError.self) { try NIfTIReader(source) }
            #expect(error?.description.isEmpty == false)
        }
        let analyze = try ByteSource(path: try TestData.path("nifti/analyze.hdr"))
        #expect(throws: FormatError.self) { try FormatTable.standard.open(analyze) }
    }
}
