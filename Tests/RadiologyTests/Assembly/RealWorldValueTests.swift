import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Real World Value Mapping: PS3.3 C.7.6.16.2.11; values are computed here from the stored ones.
struct RealWorldValueTests {
    private func item(_ elements: [UInt32: DICOMTestDataSet.Value]) -> DICOMTestDataSet {
        var set = DICOMTestDataSet()
        for (tag, value) in elements { set[tag] = value }
        return set
    }

    private func unit(_ code: String) -> DICOMTestDataSet.Value {
        .items([item([0x0008_0100: .text("SH", code), 0x0008_0102: .text("SH", "UCUM")])])
    }

    private func linear(_ slope: Double, _ intercept: Double, _ code: String) -> DICOMTestDataSet.Value {
        .items([
            item([
                0x0040_08EA: unit(code), 0x0040_9210: .text("SH", "MAP"), 0x0040_9211: .words("US", [65535]),
                0x0040_9216: .words("US", [0]), 0x0040_9224: .doubles("FD", [intercept]),
                0x0040_9225: .doubles("FD", [slope]),
            ])
        ])
    }

    private func table(_ first: Int, _ values: [Double]) -> DICOMTestDataSet.Value {
        .items([
            item([
                0x0040_08EA: unit("mm2/s"), 0x0040_9212: .doubles("FD", values),
                0x0040_9211: .words("US", [UInt16(first + values.count - 1)]),
                0x0040_9216: .words("US", [UInt16(first)]),
            ])
        ])
    }

    private func slices(_ map: (Int) -> DICOMTestDataSet.Value?, type: String = "US") -> [DICOMTestSlice] {
        (0..<3).map { index in
            var slice = DICOMTestSlice(
                index: index, instanceUID: "2.25.9\(index)", position: SIMD3(0, 0, 5 * Double(index)),
                rowDirection: SIMD3(1, 0, 0), columnDirection: SIMD3(0, 1, 0))
            slice.intercept = 0
            slice.extra = [0x0008_0060: .text("CS", "MR"), 0x0028_1054: .text("LO", type)]
            slice.extra[0x0040_9096] = map(index)
            return slice
        }
    }

    private func volume(_ slices: [DICOMTestSlice], _ options: VolumeOptions = VolumeOptions()) throws -> Volume {
        let folder = try ScratchFolder()
        for (index, slice) in slices.enumerated() { _ = try folder.write(slice.file(series: "2.25.9"), to: "\(index)") }
        let reader = try VolumeReader(paths: [folder.url.path], options: options)
        return try reader.volume()
    }

    private func options(_ values: VolumeOptions.Values) -> VolumeOptions {
        var options = VolumeOptions()
        options.values = values
        return options
    }

    private func samples(_ volume: Volume) -> [Double] {
        let image = volume.image.converted(to: Double.self).contiguous()
        return (0..<image.count).map { image.samples[$0] }
    }

    private func stored(_ slices: [DICOMTestSlice]) -> [[Int]] {
        slices.map { slice in (0..<120).map { slice.stored(x: $0 % 12, y: $0 / 12) } }
    }

    @Test func `a map counts where the modality's rescaling says nothing`() throws {
        let slices = slices { self.linear(0.25 * Double($0 + 1), -8, "mm2/s") }
        let volume = try volume(slices)
        let expected = stored(slices).enumerated().flatMap { index, numbers in
            numbers.map { Double($0) * 0.25 * Double(index + 1) - 8 }
        }
        #expect(samples(volume) == expected)
        #expect(volume.unit == .named("mm2/s"))
        #expect(volume.reasons.values == .realWorld)
        #expect(volume.reasons.unit == .realWorldUnits)
        #expect(volume.reasons.unusedRealWorldUnit == nil)
    }

    @Test func `a rescaling comes first, and the map is told`() throws {
        var slices = slices { _ in self.linear(0.25, -8, "Bq/ml") }
        for index in slices.indices { slices[index].slope = 2 }
        let standard = try volume(slices)
        #expect(samples(standard) == stored(slices).flatMap { $0.map { Double($0) * 2 } })
        #expect(standard.reasons.values == .rescaled)
        #expect(standard.reasons.unusedRealWorldUnit == "Bq/ml")
        #expect(VolumeChoices(standard).values.words.contains("Bq/ml"))
        let real = try volume(slices, options(.realWorld))
        #expect(samples(real) == stored(slices).flatMap { $0.map { Double($0) * 0.25 - 8 } })
        #expect(real.unit == .becquerelsPerMillilitre)
    }

    @Test func `entries of a table are taken as they are`() throws {
        // The slices have stored values from 0 to 1899.
        let entries = (0..<1900).map { Double($0 * $0) / 1024 }
        let slices = slices { _ in self.table(0, entries) }
        let volume = try volume(slices)
        #expect(samples(volume) == stored(slices).flatMap { $0.map { Double(Float(entries[$0])) } })
        #expect(volume.image.kind == .float32)
        #expect(volume.reasons.scalar == .table)
    }

    @Test func `a stored value without an entry is an error`() throws {
        let slices = slices { _ in self.table(1, (1..<1900).map(Double.init)) }
        let error = #expect(throws: FormatError.self) { try volume(slices) }
        #expect(error?.code == .corrupt)
        #expect(error?.place == "(0040,9212)")
    }

    @Test func `slices without a map keep their rescaling, and asking for one is an error`() throws {
        let some = slices { $0 == 1 ? nil : self.linear(0.25, 0, "mm2/s") }
        #expect(try volume(some).reasons.values == .rescaled)
        let error = #expect(throws: FormatError.self) { try volume(some, options(.realWorld)) }
        #expect(error?.place == "(0040,9096)")
    }

    @Test func `Hounsfield units are told by their code`() throws {
        let slices = slices { _ in self.linear(1, -1024, "[hnsf'U]") }
        let volume = try volume(slices)
        #expect(volume.unit == .hounsfield)
        #expect(samples(volume) == stored(slices).flatMap { $0.map { Double($0) - 1024 } })
    }

    @Test(.needsTestData) func `a parametric map of floats names its unit`() throws {
        let path = try TestData.path("dicom/pydicom-data/parametric_map_float.dcm")
        let volume = try VolumeReader(paths: [path]).volume()
        // As pydicom reads it: slope 1, intercept 0, unit 1.
        #expect(volume.reasons.values == .realWorld)
        #expect(volume.unit == .named("1"))
    }
}
