import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// What is written is read again by the project's own parser; other programs are asked by the cross-check script.
struct DerivedSeriesTests {
    static let cases: [Set<TortureCase>] = [
        [], [.reversedNumbers], [.sagittal], [.gantryTilt], [.missingSlice], [.slopePerSlice], [.jitter], [.twoPhases],
        [.variableSpacing], [.missingSlice, .gantryTilt], [.twoPhases, .slopePerSlice],
    ]

    private func rewritten(_ volume: Volume, _ source: WritingSource) throws -> (Volume, DerivedSeries) {
        let folder = try ScratchFolder()
        let derived = try DerivedSeries(
            volume, from: try source.source, derivation: "Nothing", origin: WritingSource.origin)
        let paths = try derived.write(to: folder.path("out"))
        #expect(try entries(folder) == ["out"])
        #expect(paths.count == (try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))).count)
        let reader = try VolumeReader(folder: folder.path("out"))
        let (series, stack) = try reader.onlyStack()
        return (try reader.volume(stack, of: series), derived)
    }

    @Test(arguments: cases)
    func `a series comes back with its voxels and places`(cases: Set<TortureCase>) throws {
        let source = try WritingSource(cases)
        let volume = try source.volume
        let (found, derived) = try rewritten(volume, source)
        #expect(found.image.sizes == volume.image.sizes && found.axes.map(\.values) == volume.axes.map(\.values))
        let off = zip(numbers(found.image), numbers(volume.image)).map { abs($0 - $1) }.max() ?? .infinity
        // Single precision of the volumes comes on top.
        #expect(off <= derived.maximumError + (derived.maximumError == 0 ? 0 : 1e-3))
        #expect((derived.maximumError == 0) == !cases.contains(.slopePerSlice))
        #expect(found.unit == .hounsfield && found.isGridExact == volume.isGridExact)
        #expect(found.validity.map { flat($0) } == volume.validity.map { flat($0) })
        let (one, other) = (try #require(found.geometry), try #require(volume.geometry))
        for corner in [SIMD3(0.0, 0, 0), SIMD3(11, 0, 0), SIMD3(0, 9, 0), SIMD3(0, 0, 19)] {
            let away =
                one.position(x: corner.x, y: corner.y, z: corner.z)
                - other.position(x: corner.x, y: corner.y, z: corner.z)
            #expect((away * away).sum().squareRoot() < 1e-6)
        }
        for (slice, before) in zip(found.slices, volume.slices) where !slice.isInserted {
            let away = (slice.positionMillimetres ?? .zero) - (before.positionMillimetres ?? .zero)
            #expect((away * away).sum().squareRoot() < 1e-9)
        }
        #expect(
            found.studyInstanceUID == volume.studyInstanceUID && found.seriesInstanceUID != volume.seriesInstanceUID)
    }

    @Test(.needsTestData) func `parameters in functional groups come over`() throws {
        let folder = try TestData.path("series/dicom2nifti/philips_enhanced/fmri/001")
        let reader = try VolumeReader(folder: folder)
        let (series, stack) = try reader.onlyStack()
        let volume = try reader.volume(stack, of: series)
        let scratch = try ScratchFolder()
        let paths = try DerivedSeries(volume, from: SourceSeries(series, stack: stack), derivation: "Nothing")
            .write(to: scratch.path("out"))
        let data = try DICOMHeader(path: paths[0]).dataSet
        // As pydicom reads the groups of the source.
        #expect(data.double(.repetitionTime) == 3000 && data.double(.echoTime) == 30 && data.double(.flipAngle) == 80)
        #expect(data.texts(.scanningSequence) == ["GR"] && data.texts(.sequenceVariant) == ["SK"])
        #expect(try VolumeReader(folder: scratch.path("out")).volume().timeStepSeconds == 3)
    }

    @Test func `every file names its source, its patient and itself`() throws {
        let source = try WritingSource(
            [.missingSlice],
            extra: [
                0x0008_0005: .text("CS", "ISO_IR 100"),
                0x0010_0010: .bytes("PN", Array("M".utf8) + [0xFC] + Array("ller".utf8)),
                0x0008_0070: .text("LO", "Scanner Works"), 0x0010_1010: .text("AS", "7Y"),
                0x0008_1030: .text("LO", String(repeating: "x", count: 70)),
            ])
        let folder = try ScratchFolder()
        let volume = try source.volume
        let derived = try DerivedSeries(
            volume, from: try source.source, derivation: "Median, 3 x 3", origin: WritingSource.origin)
        let paths = try derived.write(to: folder.path("out"))
        #expect(paths.count == 19)
        let sets = try paths.map { try DICOMHeader(path: $0).dataSet }
        #expect(Set(sets.map { $0.text(.sopInstanceUID) }).count == 19)
        let slices = volume.slices.filter { !$0.isInserted }
        for (data, slice) in zip(sets, slices) {
            #expect(data.text(.patientName) == "Müller" && data.text(.seriesInstanceUID) == derived.seriesInstanceUID)
            #expect(data.texts(.imageType) == ["DERIVED", "SECONDARY", "AXIAL"])
            #expect(data.text(.derivationDescription) == "Median, 3 x 3" && data.text(.seriesDescription) == "Geprüft")
            #expect(data.text(.frameOfReferenceUID) == "2.25.1001" && data.text(.studyInstanceUID) == "2.25.1000")
            let references = data.items(.sourceImageSequence)
            #expect(references.map { $0.text(.referencedSOPInstanceUID) } == slice.sources.map { $0?.sopInstanceUID })
            #expect(references.first?.text(.referencedSOPClassUID) == "1.2.840.10008.5.1.4.1.1.2")
            let equipment = data.items(DICOMTag(0x0018, 0xA001))
            #expect(equipment.map { $0.text(.manufacturer) } == ["Scanner Works"])
            // What breaks the rules of its type is left out, what is too long is cut.
            #expect(data.element(.patientAge) == nil && data.text(.studyDescription)?.count == 64)
        }
    }

    /// Values, what a reader may be off, and how they are stored.
    static let scales: [(values: [Double], error: Double, slope: Double, intercept: Double, isSigned: Bool)] = [
        ([-32768, 32767], 0, 1, 0, true), ([0, 65535], 0, 1, 0, false), ([-1000, 64000], 0, 1, -1000, false),
        ([100_000, 165_535], 0, 1, 100_000, false), ([0.25, 0.25], 0, 1, 0.25, false),
        ([0, 65535.5], 65535.5 / 65535 / 2, 65535.5 / 65535, 0, false),
        ([-1, 131_069], 1, 2, -1, false), ([-1e-5, 1e-5], 2e-5 / 65535 / 2, 2e-5 / 65535, -1e-5, false),
    ]

    @Test(arguments: scales.indices)
    func `values get the scale that loses least`(index: Int) throws {
        let wanted = Self.scales[index]
        let source = try WritingSource()
        var volume = try source.volume
        var generator = SeededGenerator(seed: 3)
        var image = Image<Double>(axes: [.z, .y, .x], sizes: volume.image.sizes)
        var samples = image.mutableSamples
        for i in 0..<samples.count {
            let value = Double.random(in: wanted.values[0]...wanted.values[1], using: &generator)
            samples[i] = wanted.error == 0 && wanted.slope == 1 && wanted.values[0] != 0.25 ? value.rounded() : value
        }
        (samples[0], samples[1]) = (wanted.values[0], wanted.values[1])
        image.geometry = volume.geometry
        volume.image = .float64(image)
        // Hounsfield units would end at 32767 in the reader.
        volume.unit = .unspecified
        let folder = try ScratchFolder()
        let derived = try DerivedSeries(volume, from: try source.source, derivation: "Scaled")
        #expect(abs(derived.maximumError - wanted.error) <= 1e-5 * max(wanted.error, 1e-12))
        let paths = try derived.write(to: folder.path("out"))
        let data = try DICOMHeader(path: paths[3]).dataSet
        #expect(abs((data.double(.rescaleSlope) ?? 0) - wanted.slope) <= 1e-9 * wanted.slope)
        #expect(data.double(.rescaleIntercept) == wanted.intercept)
        #expect(data.integer(.pixelRepresentation) == (wanted.isSigned ? 1 : 0))
        let found = try VolumeReader(folder: folder.path("out")).volume()
        let off = zip(numbers(found.image), numbers(volume.image)).map { abs($0 - $1) }.max() ?? .infinity
        // The reader's single precision comes on top.
        #expect(off <= derived.maximumError * 1.0001 + abs(wanted.values[1]) * (wanted.error == 0 ? 0 : 2e-7))
    }

    @Test func `the same input gives the same bytes, another sample another series`() throws {
        let source = try WritingSource()
        let folder = try ScratchFolder()
        var volume = try source.volume
        func write(_ name: String) throws -> [Data] {
            let derived = try DerivedSeries(
                volume, from: SourceSeries(volume), derivation: "Same", origin: WritingSource.origin)
            return try derived.write(to: folder.path(name)).map { try Data(contentsOf: URL(filePath: $0)) }
        }
        let first = try write("a")
        #expect(first == (try write("b")))
        guard case .int16(var image) = volume.image else { Issue.record("HU in Int16"); return }
        image[3, 4, 5] += 1
        volume.image = .int16(image)
        let other = try write("c")
        #expect(zip(first, other).allSatisfy { $0 != $1 })
    }

    @Test func `a cropped and a resampled volume lie where their geometry says`() throws {
        let source = try WritingSource()
        var volume = try source.volume
        guard case .int16(let image) = volume.image else { Issue.record("HU in Int16"); return }
        volume.image = .int16(image.cropped(.x, to: 3..<10).cropped(.z, to: 5..<9))
        let (found, _) = try rewritten(volume, source)
        #expect(numbers(found.image) == numbers(volume.image))
        let away = (found.geometry?.originMillimetres ?? .zero) - (volume.geometry?.originMillimetres ?? .zero)
        #expect((away * away).sum() < 1e-12)
    }

    @Test func `MR keeps its own attributes and gets what its class demands`() throws {
        let source = try WritingSource(
            [],
            extra: [
                0x0008_0060: .text("CS", "MR"), 0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.4"),
                0x0018_0081: .text("DS", "30.5"), 0x0028_1052: .text("DS", "0"), 0x0028_1053: .text("DS", "1"),
            ])
        let folder = try ScratchFolder()
        let derived = try DerivedSeries(try source.volume, from: try source.source, derivation: "None")
        let data = try DICOMHeader(path: try derived.write(to: folder.path("out"))[0]).dataSet
        #expect(data.text(.sopClassUID) == "1.2.840.10008.5.1.4.1.1.4" && data.double(.echoTime) == 30.5)
        #expect(data.element(.rescaleSlope) == nil && data.text(.scanningSequence) == "RM")
        #expect(data.element(.repetitionTime)?.length == 0)
    }
}
