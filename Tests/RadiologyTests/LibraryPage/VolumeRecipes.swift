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

    /// A slice of MONOCHROME1 with a window, a padding value and an overlay of 8 × 2 bits.
    private func writeSlice() throws -> String {
        var slice = DICOMTestSlice(
            index: 0, instanceUID: "2.25.80", position: .zero, rowDirection: SIMD3(1, 0, 0),
            columnDirection: SIMD3(0, 1, 0))
        slice.extra = [
            0x0028_0004: .text("CS", "MONOCHROME1"), 0x0028_0120: .words("SS", [0]),
            0x0028_1050: .text("DS", "-600"), 0x0028_1051: .text("DS", "801"),
            0x6000_0010: .words("US", [2]), 0x6000_0011: .words("US", [8]), 0x6000_0040: .text("CS", "G"),
            0x6000_0050: .words("SS", [1, 1]), 0x6000_0100: .words("US", [1]), 0x6000_0102: .words("US", [0]),
            0x6000_3000: .bytes("OW", [0b1111_0000, 0b0000_1111]),
        ]
        return try folder.write(slice.file(series: "2.25.8"), to: "slice.dcm")
    }

    @Test func `step by step from stored values to a picture`() throws {
        let slicePath = try writeSlice()
        let header = try DICOMHeader(path: slicePath)
        let pixels = try DICOMPixelReader(header: header)
        let stored = try pixels.storedImage(frame: 0)
        let padding = pixels.format.paddingMask(of: stored)  // nil without padding

        let modality = DICOMModality.frames(header, pixels.format)[0]
        let values = modality.applied(to: stored, as: modality.scalarKind(for: pixels.format))

        let window = DICOMVOIWindow.frames(header, pixels.format)[0].first  // or one of your own
        let shades = window?.applied(to: values)

        let isInverted = DICOMDisplayPolarity.isInverted(header.dataSet, pixels.format.photometric)
        let picture = try shades.map { isInverted ? DICOMDisplayPolarity.inverted($0) : $0 }?.rescaled(to: UInt8.self)
        let overlays = try DICOMOverlay.all(header).map { try $0.image(reader: pixels) }

        // The stored value is 0 in the first pixel only: 11 x + 17 y + 3 x y.
        #expect(padding?.count { $0 } == 1 && padding?[0, 0] == true)
        #expect(values.converted(to: Int32.self)[9, 11] == 121 + 153 + 297 - 1024)
        // −1024 is black before inversion; −453 is (−453 + 600.5)/800 + 1/2 of white.
        let shown = try #require(picture)
        #expect(shown[0, 0] == 255 && shown[9, 11] == 80)
        let overlay = try #require(overlays.first)
        #expect(overlay.sizes == [2, 8] && !overlay[0, 3] && overlay[0, 4] && overlay[1, 3] && !overlay[1, 4])
    }

    @Test func `everything that a file says`() throws {
        let slicePath = try writeSlice()
        let object = try DICOMObject(path: slicePath)
        let patient = object.dataSet.text(.patientName)
        let keywords = object.dataSet.attributes.compactMap(\.keyword)

        #expect(patient == "Test^Torture" && keywords.contains("WindowCenter"))
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
