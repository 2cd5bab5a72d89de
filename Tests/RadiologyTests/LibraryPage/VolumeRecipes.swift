import Annotations
import Formats
import Foundation
import ImageCore
import ImageProcessing
import Radiology
import TestSupport
import Testing

/// The recipes for volumes in `docs/library.md`, word for word.
@Suite struct VolumeRecipes {
    private let folder: ScratchFolder
    private let scan: String

    /// Five slices of 12 × 10 pixels of 2 × 4 mm, 2.5 mm apart.
    init() throws {
        folder = try ScratchFolder()
        scan = folder.path("scan")
        try FileManager.default.createDirectory(atPath: scan, withIntermediateDirectories: true)
        for index in 0..<5 {
            let slice = DICOMTestSlice(
                index: index, instanceUID: "2.25.70\(index)", position: SIMD3(0, 0, 2.5 * Double(index)),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
            _ = try folder.write(slice.file(series: "2.25.7"), to: "scan/\(index).dcm")
        }
    }

    @Test func `make a volume of a folder`() throws {
        let reader = try VolumeReader(folder: scan)
        let warnings = reader.series.flatMap(\.defects).map(\.message)
        let volume = try reader.volume()
        let spacing = volume.geometry?.spacingMillimetres
        let voxels = volume.image.converted(to: Int16.self)

        #expect(warnings.isEmpty && spacing == SIMD3(2, 4, 2.5) && volume.unit == .hounsfield)
        #expect(voxels.sizes == [5, 10, 12])
        #expect(Double(voxels[3, 2, 1]) == Double((3 * 37 + 11 + 34 + 6) % 1900) - 1024)
    }

    @Test func `decide what becomes of irregular stacks`() throws {
        var options = VolumeOptions(policy: .strict)
        options.workers = 2
        let reader = try VolumeReader(folder: scan, options: options)
        for (series, stack) in reader.stacks where stack.geometry.missing.isEmpty {
            let volume = try reader.volume(stack, of: series)
            #expect(volume.image.sizes == [5, 10, 12])
        }
        #expect(reader.stacks.count == 1)
    }

    @Test func `write and read volumes`() throws {
        let path = folder.path("volume.nii.gz")
        let volume = try VolumeReader(folder: scan).volume()
        try NIfTIEncoder().write(volume.image, to: path)
        let again = try FormatTable.standard.readImage(path: path)

        #expect(again.sizes == [5, 10, 12] && again.geometry?.spacingMillimetres == SIMD3(2, 4, 2.5))
        let (one, other) = (again.converted(to: Int16.self), volume.image.converted(to: Int16.self))
        #expect((0..<600).allSatisfy { one.samples[$0] == other.samples[$0] })
    }

    @Test func `window, turn, resample and crop`() throws {
        let volume = try VolumeReader(folder: scan).volume().image
        let turned = try volume.reoriented(to: .ras)
        let isotropic = try turned.resampled(toSpacingMillimetres: SIMD3(2, 2, 2))
        let lungs = try LungSegmentation().segment(isotropic)
        let dense = isotropic.converted(to: Int16.self).mask { $0 > -500 }
        let cropped = try isotropic.cropped(toMask: dense, marginMillimetres: 4)
        let picture = cropped.windowed(WindowPreset.lung.window)

        #expect(isotropic.sizes == [6, 20, 12] && lungs.labels.sizes == isotropic.sizes)
        #expect(picture.axes == [.z, .y, .x] && picture.domain == .full(for: UInt8.self))
    }
}
