import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

@Suite struct InfoVolumeTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func `the whole shape and the time step are told`() throws {
        var image = AnyImage(Image<Int16>(axes: [.time, .z, .y, .x], sizes: [6, 3, 4, 5], repeating: 1))
        image.geometry = Geometry(spacingMillimetres: SIMD3(1, 2, 3))
        try NIfTIEncoder(timeStepSeconds: 2.5).write(image, to: folder.path("a.nii.gz"))
        try NRRDEncoder(timeStepSeconds: 2.5).write(image, to: folder.path("a.nrrd"))
        try MetaImageEncoder(timeStepSeconds: 2.5).write(image, to: folder.path("a.mha"))
        for name in ["a.nii.gz", "a.nrrd", "a.mha"] {
            let text = try Tessera.run("info", folder.path(name))
            #expect(
                text.status == 0 && text.output.contains("  5 x 4 x 3 x 6 (x, y, z, time) pixels, 1 x int16"), "\(text)"
            )
            #expect(text.output.contains("\n  time step 2.5 s\n"))
            let json = try Tessera.run("info", folder.path(name), "--json")
            let list = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
            let entry = try #require(list?.first)
            #expect(entry["axes"] as? [String] == ["x", "y", "z", "time"] && entry["sizes"] as? [Int] == [5, 4, 3, 6])
            #expect(entry["timeStepSeconds"] as? Double == 2.5 && entry["depth"] as? Int == 3)
        }
    }

    @Test func `dimensions above the fourth are told`() throws {
        let axes: [Axis] = [.other("dimension 7"), .other("dimension 6"), .time, .z, .y, .x]
        let image = AnyImage(Image<UInt8>(axes: axes, sizes: [2, 3, 4, 2, 2, 2], repeating: 1))
        try NIfTIEncoder().write(image, to: folder.path("a.nii"))
        let text = try Tessera.run("info", folder.path("a.nii"))
        #expect(text.output.contains("2 x 2 x 2 x 4 x 3 x 2 (x, y, z, time, dimension 6, dimension 7)"), "\(text)")
    }

    @Test func `a volume of three dimensions is told as before`() throws {
        let image = AnyImage(Image<UInt8>(axes: [.z, .y, .x], sizes: [3, 4, 5], repeating: 1))
        try NIfTIEncoder().write(image, to: folder.path("a.nii"))
        let text = try Tessera.run("info", folder.path("a.nii"))
        #expect(text.output.contains("  5 x 4 x 3 pixels, 1 x uint8"), "\(text)")
        #expect(!text.output.contains("time step"))
    }

    /// A NIfTI-2 header of some sizes, with few samples behind it.
    private func nifti(_ sizes: [Int]) throws -> [UInt8] {
        let image = AnyImage(Image<UInt8>(axes: [.z, .y, .x], sizes: [1, 1, 1], repeating: 1))
        try NIfTIEncoder(version: .nifti2).write(image, to: folder.path("one.nii"))
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path("one.nii"))))
        try FileManager.default.removeItem(atPath: folder.path("one.nii"))
        for (i, number) in ([sizes.count] + sizes).enumerated() {
            for k in 0..<8 { bytes[16 + 8 * i + k] = UInt8(truncatingIfNeeded: number >> (8 * k)) }
        }
        return bytes
    }

    @Test func `sizes beyond the limits are one line`() throws {
        _ = try folder.write(nifti([65535, 65535, 1_000_000]), to: "a.nii")
        let nrrd = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 65535 65535 1000000\nencoding: gzip\n\n"
        _ = try folder.write(Array(nrrd.utf8), to: "a.nrrd")
        let meta = "ObjectType = Image\nNDims = 3\nDimSize = 65535 65535 1000000\nElementType = MET_UCHAR\n"
        _ = try folder.write(Array((meta + "ElementDataFile = LOCAL\n").utf8), to: "a.mha")
        for name in ["a.nii", "a.nrrd", "a.mha"] {
            let outcome = try Tessera.run("info", folder.path(name))
            #expect(outcome.status == 1 && outcome.errorLines.count == 1 && outcome.output.isEmpty, "\(outcome)")
            #expect(outcome.errors.contains("65535 x 65535"), "\(outcome)")
        }
    }
}
