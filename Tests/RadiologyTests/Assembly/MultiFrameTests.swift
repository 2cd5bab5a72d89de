import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Generated files with several frames: enhanced objects, nuclear medicine, cine.
struct MultiFrameTests {
    /// A file with the pixels of several slices, 12 x 10 each; the slice of frame f has index f.
    private func file(
        _ count: Int, modality: String, change: (inout [UInt32: DICOMTestDataSet.Value]) -> Void
    ) -> [UInt8] {
        var slice = frame(0)
        let pixels = (0..<count).flatMap { frame in
            (0..<120).map { UInt16(self.frame(frame).stored(x: $0 % 12, y: $0 / 12)) }
        }
        slice.extra = [
            0x0008_0060: .text("CS", modality), 0x0028_0008: .text("IS", "\(count)"), 0x7FE0_0010: .words("OW", pixels),
        ]
        change(&slice.extra)
        return slice.file(series: "2.25.70")
    }

    private func frame(_ index: Int) -> DICOMTestSlice {
        var slice = DICOMTestSlice(
            index: index, instanceUID: "2.25.71", position: nil, rowDirection: SIMD3(1, 0, 0),
            columnDirection: SIMD3(0, 1, 0))
        slice.intercept = 0
        return slice
    }

    private func volume(_ file: [UInt8]) throws -> Volume {
        let folder = try ScratchFolder()
        _ = try folder.write(file, to: "a")
        return try VolumeReader(folder: folder.url.path).volume()
    }

    /// Whether the slices of a volume, volume by volume, are some frames, each with a slope of its own.
    private func expect(_ volume: Volume, frames: [Int], slope: (Int) -> Double = { _ in 1 }) {
        let values = volume.image.converted(to: Float.self).contiguous()
        #expect(values.count == frames.count * 120)
        for (place, frame) in frames.enumerated() {
            let expected = self.frame(frame).values.map { Float($0 * slope(frame)) }
            #expect((0..<120).map { values.samples[place * 120 + $0] } == expected, "slice \(place)")
        }
    }

    private func item(_ elements: [UInt32: DICOMTestDataSet.Value]) -> DICOMTestDataSet {
        var set = DICOMTestDataSet()
        for (tag, value) in elements { set[tag] = value }
        return set
    }

    @Test(arguments: ["CT", "MR", "PT"])
    func `functional groups place each frame, scale it and tell the volumes apart`(modality: String) throws {
        // Three slices at two times, as (slice, time) per frame.
        let places = [(2, 2), (0, 1), (1, 1), (2, 1), (0, 2), (1, 2)]
        let bytes = file(6, modality: modality) { extra in
            extra[0x5200_9229] = .items([
                item([
                    0x0020_9116: .items([item([0x0020_0037: .decimals([0, 1, 0, 0, 0, -1])])]),
                    0x0028_9110: .items([item([0x0028_0030: .decimals([4, 2]), 0x0018_0050: .decimals([3])])]),
                ])
            ])
            extra[0x5200_9230] = .items(
                places.enumerated().map { frame, place in
                    item([
                        0x0020_9111: .items([
                            item([0x0020_9128: .longs("UL", [UInt32(place.1)]), 0x0020_9056: .text("SH", "1")])
                        ]),
                        0x0020_9113: .items([item([0x0020_0032: .decimals([5 - 3.5 * Double(place.0), 7, 9])])]),
                        0x0028_9145: .items([
                            item([
                                0x0028_1052: .decimals([0]), 0x0028_1053: .decimals([1 + Double(frame) / 2]),
                                0x0028_1054: .text("LO", "US"),
                            ])
                        ]),
                    ])
                })
        }
        let volume = try volume(bytes)
        #expect(volume.image.axes == [.time, .z, .y, .x] && volume.image.sizes == [2, 3, 10, 12])
        #expect(volume.axes == [StackAxis(attribute: .temporalPosition, values: [1, 2])])
        expect(volume, frames: [1, 2, 3, 4, 5, 0]) { 1 + Double($0) / 2 }
        let geometry = try #require(volume.geometry)
        #expect(geometry.originMillimetres == SIMD3(5, 7, 9))
        #expect(geometry.spacingMillimetres == SIMD3(2, 4, 3.5))
        #expect(geometry.direction.z == SIMD3(-1, 0, 0))
        #expect(volume.isGridExact && volume.image.kind == .float32)
    }

    /// Six slices of an enhanced CT, one of which has a transformation of its own.
    private func enhanced(_ transformation: DICOMTestDataSet, onlyOne: Bool = true) -> [UInt8] {
        let right = item([0x0028_1052: .decimals([-1024]), 0x0028_1053: .decimals([1]), 0x0028_1054: .text("LO", "HU")])
        return file(6, modality: "CT") { extra in
            (extra[0x0028_1052], extra[0x0028_1053]) = (.text("DS", ""), .text("DS", ""))
            extra[0x5200_9229] = .items([
                item([
                    0x0020_9116: .items([item([0x0020_0037: .decimals([1, 0, 0, 0, 1, 0])])]),
                    0x0028_9110: .items([item([0x0028_0030: .decimals([4, 2]), 0x0018_0050: .decimals([3])])]),
                ])
            ])
            extra[0x5200_9230] = .items(
                (0..<6).map { frame in
                    item([
                        0x0020_9113: .items([item([0x0020_0032: .decimals([0, 0, 2 * Double(frame)])])]),
                        0x0028_9145: .items([frame == 2 || !onlyOne ? transformation : right]),
                    ])
                })
        }
    }

    @Test func `half of a transformation in a functional group makes no Hounsfield units`() throws {
        let halves = [
            item([0x0028_1053: .decimals([1])]), item([0x0028_1053: .decimals([1]), 0x0028_1052: .text("DS", "")]),
            item([0x0028_1052: .decimals([-1024]), 0x0028_1053: .text("DS", "")]),
            item([0x0028_1052: .decimals([-1024]), 0x0028_1053: .decimals([0])]),
        ]
        for half in halves {
            let volume = try volume(enhanced(half))
            #expect(volume.slices.map { $0.sources == [nil] } == (0..<6).map { $0 == 2 })
            #expect(volume.defects.contains { $0.kind == .invalidNumber && $0.severity == .warning })
            let error = #expect(throws: FormatError.self) { try self.volume(enhanced(half, onlyOne: false)) }
            #expect(error?.code == .volumeRefused)
        }
    }

    @Test func `the detector's spacing of an enhanced projection stands in its frames' group`() throws {
        let bytes = file(3, modality: "XA") { extra in
            extra[0x0028_0030] = .text("DS", "")
            extra[0x0018_1063] = .decimals([50])
            extra[0x5200_9229] = .items([
                item([0x0028_9443: .items([item([0x0018_1164: .decimals([0.4, 0.2])])])])
            ])
        }
        let volume = try volume(bytes)
        #expect(volume.reasons.inPlaneSpacing == .detector)
        #expect(volume.geometry?.spacingMillimetres.x == 0.2 && volume.geometry?.spacingMillimetres.y == 0.4)
    }

    /// A detector that looks along z.
    private var detector: DICOMTestDataSet {
        item([0x0020_0032: .decimals([1, 2, 3]), 0x0020_0037: .decimals([1, 0, 0, 0, 1, 0])])
    }

    @Test(arguments: [4.5, -4.5])
    func `slices of nuclear medicine follow their vector from the detector on`(spacing: Double) throws {
        let bytes = file(4, modality: "NM") { extra in
            extra[0x0018_0088] = .decimals([spacing])
            extra[0x0028_0009] = .bytes("AT", [0x54, 0, 0x80, 0])
            extra[0x0054_0022] = .items([detector])
            extra[0x0054_0080] = .words("US", [3, 1, 4, 2])
        }
        let volume = try volume(bytes)
        #expect(volume.image.sizes == [4, 10, 12] && volume.axes.isEmpty)
        // Frame f is slice [3, 1, 4, 2][f]; slices rise along the normal, whichever way they are counted.
        expect(volume, frames: spacing > 0 ? [1, 3, 0, 2] : [2, 0, 3, 1])
        let geometry = try #require(volume.geometry)
        #expect(geometry.spacingMillimetres == SIMD3(2, 4, 4.5))
        #expect(geometry.originMillimetres == SIMD3(1, 2, spacing > 0 ? 3 : 3 - 3 * 4.5))
    }

    @Test func `time slots of gated nuclear medicine are an axis`() throws {
        let bytes = file(6, modality: "NM") { extra in
            extra[0x0018_0088] = .decimals([5])
            extra[0x0028_0009] = .bytes("AT", [0x54, 0, 0x70, 0, 0x54, 0, 0x80, 0])
            extra[0x0054_0022] = .items([detector])
            extra[0x0054_0070] = .words("US", [1, 1, 1, 2, 2, 2])
            extra[0x0054_0080] = .words("US", [1, 2, 3, 1, 2, 3])
        }
        let volume = try volume(bytes)
        #expect(volume.image.sizes == [2, 3, 10, 12])
        #expect(volume.axes == [StackAxis(attribute: .nuclearIndex, values: [1, 2])])
        expect(volume, frames: [0, 1, 2, 3, 4, 5])
    }

    @Test func `energy windows of slices are an axis`() throws {
        let bytes = file(6, modality: "NM") { extra in
            extra[0x0018_0088] = .decimals([5])
            extra[0x0028_0009] = .bytes("AT", [0x54, 0, 0x10, 0, 0x54, 0, 0x80, 0])
            extra[0x0054_0022] = .items([detector])
            extra[0x0054_0010] = .words("US", [2, 1, 2, 1, 2, 1])
            extra[0x0054_0080] = .words("US", [1, 1, 2, 2, 3, 3])
        }
        let volume = try volume(bytes)
        #expect(volume.image.sizes == [2, 3, 10, 12])
        #expect(volume.axes == [StackAxis(attribute: .nuclearIndex, values: [1, 2])])
        expect(volume, frames: [1, 3, 5, 0, 2, 4])
    }

    /// Two heads face each other, two energy windows each; the vectors in either order.
    @Test(arguments: [[0x10, 0x20], [0x20, 0x10]] as [[UInt8]])
    func `pictures of several detectors are a stack each, their energy windows an axis`(vectors: [UInt8]) throws {
        let back = item([0x0020_0032: .decimals([1, 2, 300]), 0x0020_0037: .decimals([-1, 0, 0, 0, 1, 0])])
        let bytes = file(4, modality: "NM") { extra in
            extra[0x0028_0009] = .bytes("AT", vectors.flatMap { [0x54, 0, $0, 0] })
            extra[0x0054_0022] = .items([detector, back])
            extra[0x0054_0010] = .words("US", [1, 2, 1, 2])
            extra[0x0054_0020] = .words("US", [1, 1, 2, 2])
        }
        let folder = try ScratchFolder()
        _ = try folder.write(bytes, to: "a")
        let reader = try VolumeReader(folder: folder.url.path)
        #expect(reader.stacks.count == 2)
        for (series, stack) in reader.stacks {
            let volume = try reader.volume(stack, of: series)
            #expect(volume.axes == [StackAxis(attribute: .nuclearIndex, values: [1, 2])])
            let isFront = volume.geometry?.originMillimetres == SIMD3(1, 2, 3)
            #expect(isFront || volume.geometry?.originMillimetres == SIMD3(1, 2, 300))
            expect(volume, frames: isFront ? [0, 1] : [2, 3])
        }
    }

    @Test func `cine frames are times, with the spacing at the detector`() throws {
        let bytes = file(3, modality: "XA") { extra in
            extra[0x0018_1063] = .decimals([66.5])
            extra[0x0018_1164] = .decimals([0.4, 0.2])
            extra[0x0028_0030] = .decimals([0.4, 0.2])
        }
        let volume = try volume(bytes)
        #expect(volume.image.axes == [.time, .z, .y, .x] && volume.image.sizes == [3, 1, 10, 12])
        #expect(volume.axes == [StackAxis(attribute: .cineTime, values: [0, 66.5, 133])])
        #expect(volume.timeStepSeconds == 0.0665)
        #expect(volume.reasons.inPlaneSpacing == .detector)
        #expect(volume.defects.contains { $0.kind == .uncertainSpacing && $0.severity == .warning })
        expect(volume, frames: [0, 1, 2])
    }

    @Test(arguments: ["CR", "DX", "MG"])
    func `radiographs say what their spacing was measured on`(modality: String) throws {
        let cases: [(pixel: [Double]?, imager: [Double]?, type: String?, expected: DICOMPixelSpacing.Kind?)] = [
            ([0.1, 0.2], [0.1, 0.2], nil, .detector), ([0.08, 0.16], [0.1, 0.2], nil, .calibrated),
            ([0.1, 0.2], [0.1, 0.2], "FIDUCIAL", .calibrated), (nil, [0.1, 0.2], nil, .detector),
            ([0.1, 0.2], nil, nil, .unspecified), ([0, 0], [0.1, 0.2], nil, .detector),
        ]
        for one in cases {
            let folder = try ScratchFolder()
            let bytes = file(1, modality: modality) { extra in
                extra[0x0028_0030] = one.pixel.map { .decimals($0) } ?? .text("DS", "")
                if let imager = one.imager { extra[0x0018_1164] = .decimals(imager) }
                if let type = one.type { extra[0x0028_0A02] = .text("CS", type) }
            }
            _ = try folder.write(bytes, to: "a")
            let volume = try VolumeReader(folder: folder.url.path).volume()
            #expect(volume.reasons.inPlaneSpacing == one.expected, "\(one)")
            let spacing = try #require(volume.geometry).spacingMillimetres
            let values = [one.pixel, one.imager].compactMap(\.self).first { $0[0] > 0 } ?? []
            #expect(spacing.x == values[1] && spacing.y == values[0])
            #expect(volume.defects.contains { $0.kind == .uncertainSpacing })
        }
    }
}
