import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

struct DerivedSeriesRefusalTests {
    /// What makes a volume or its source unfit.
    enum Fault: CaseIterable {
        case noGeometry, noSlices, skewed, notANumber, color, tooManyColumns, unknownAxis, tooLongText, controlCharacter
    }

    @Test(arguments: Fault.allCases)
    func `an unfit volume is refused before anything is created`(fault: Fault) throws {
        let source = try WritingSource()
        var volume = try source.volume
        var derivation = "None"
        switch fault {
        case .noGeometry: volume.image.geometry = nil
        case .noSlices: volume.image = .int16(empty(volume))
        case .skewed: volume.geometry?.direction.x = SIMD3(0.8, 0.6, 0)
        case .notANumber: volume.image = .float32(notANumber(volume))
        case .color: volume.image = .uint8(Image(axes: [.z, .y, .x, .channel], sizes: [20, 10, 12, 3]))
        case .tooManyColumns:
            var wide = Image<UInt8>(axes: [.z, .y, .x], sizes: [1, 1, 65536])
            wide.geometry = volume.geometry
            volume.image = .uint8(wide)
        case .unknownAxis:
            var four = Image<Int16>(axes: [.other("diffusion"), .z, .y, .x], sizes: [2, 20, 10, 12])
            four.geometry = volume.geometry
            volume.image = .int16(four)
            volume.axes = [StackAxis(attribute: .diffusion, values: [0, 1000])]
        case .tooLongText: derivation = String(repeating: "a", count: 1025)
        case .controlCharacter: derivation = "a\u{1B}b"
        }
        let folder = try ScratchFolder()
        let error = #expect(throws: FormatError.self) {
            try DerivedSeries(volume, from: try source.source, derivation: derivation).write(to: folder.path("out"))
        }
        #expect([.invalidRequest, .unsupported].contains(error?.code))
        if fault == .skewed { #expect(error?.found == "directions (0.8, 0.6, 0) and (0, 1, 0)") }
        #expect(try entries(folder).isEmpty)
    }

    private func empty(_ volume: Volume) -> Image<Int16> {
        var image = Image<Int16>(axes: [.z, .y, .x], sizes: [0, 10, 12])
        image.geometry = volume.geometry
        return image
    }

    private func notANumber(_ volume: Volume) -> Image<Float> {
        var image = volume.image.converted(to: Float.self)
        image[1, 2, 3] = .nan
        return image
    }

    @Test func `a source that lacks facts is refused`() throws {
        let other = try WritingSource([], extra: [0x0008_0060: .text("CS", "PT")])
        #expect(throws: FormatError.self) {
            try DerivedSeries(try other.volume, from: try other.source, derivation: "None")
        }
        let noStudy = try WritingSource([], extra: [0x0020_000D: .text("UI", "")])
        #expect(throws: FormatError.self) { try noStudy.source }
        // Resampled slices do not name files.
        let tilted = try WritingSource([.gantryTilt])
        let upright = try tilted.volume.resampledToUprightGrid()
        #expect(throws: FormatError.self) { try SourceSeries(upright) }
        let folder = try ScratchFolder()
        let derived = try DerivedSeries(upright, from: try tilted.source, derivation: "Resampled")
        let first = try DICOMHeader(path: try derived.write(to: folder.path("out"))[0]).dataSet
        let step = try #require(upright.geometry?.spacingMillimetres.z)
        #expect(first.element(.sourceImageSequence) == nil)
        #expect(abs((first.double(.sliceThickness) ?? 0) - step) < 1e-9)
    }

    @Test func `a series is never mixed into files that are there`() throws {
        let source = try WritingSource()
        let folder = try ScratchFolder()
        let derived = try DerivedSeries(try source.volume, from: try source.source, derivation: "None")
        try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: false)
        #expect(try derived.write(to: folder.path("empty/")).count == 20)
        #expect(throws: FormatError.self) { try derived.write(to: folder.path("empty")) }
        _ = try folder.write([1], to: "file")
        #expect(throws: FormatError.self) { try derived.write(to: folder.path("file")) }
        #expect(try entries(folder) == ["empty", "file"])
    }

    @Test func `what a killed run left behind does not get into the series`() throws {
        let source = try WritingSource()
        let folder = try ScratchFolder()
        let left = folder.path(".out.partial")
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
        try Data([1, 2]).write(to: URL(filePath: left + "/.00002.dcm.99.part"))
        let derived = try DerivedSeries(try source.volume, from: try source.source, derivation: "None")
        try derived.write(to: folder.path("out"))
        #expect(try entries(folder) == ["out"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).count == 20)
    }
}
