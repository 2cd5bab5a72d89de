import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

struct VolumePolicyTests {
    private func read(_ cases: Set<TortureCase>, _ policy: VolumePolicy) throws -> Volume {
        let folder = try ScratchFolder()
        try TortureSeries(cases).write(to: folder)
        return try VolumeReader(folder: folder.url.path, options: VolumeOptions(policy: policy)).volume()
    }

    private func slice(_ volume: Volume, _ z: Int) -> [Float] {
        let image = volume.image.converted(to: Float.self).slice(.z, at: z).contiguous()
        let samples = image.samples
        return samples.indices.map { samples[$0] }
    }

    private func values(_ cases: Set<TortureCase>, _ index: Int) -> [Float] {
        TortureSeries(cases).slices.first { $0.index == index }?.values.map { Float($0) } ?? []
    }

    @Test func `a gap is an error, put in, kept, interpolated or cut away, as the policy says`() throws {
        #expect(throws: FormatError.self) { try read([.missingSlice], .strict) }
        let inserted = try read([.missingSlice], .insertMissing)
        #expect(inserted.image == (try read([.missingSlice], .faithful)).image)
        #expect(inserted.slices.map(\.isInserted) == (0..<20).map { $0 == 7 })
        let kept = try read([.missingSlice], .keepIrregular)
        #expect(kept.image.depth == 19 && !kept.isGridExact && kept.validity == nil)
        let longest = try read([.missingSlice], .largestConsistent)
        #expect(longest.image.depth == 12 && longest.isGridExact)
        #expect(longest.defects.contains { $0.kind == .split && $0.files.count == 7 })
        #expect(slice(longest, 0) == values([], 8))
        let resampled = try read([.missingSlice], .resample)
        #expect(resampled.image.depth == 20 && resampled.isGridExact)
        let mean = zip(values([], 6), values([], 8)).map { (($0 + $1) / 2).rounded(.toNearestOrAwayFromZero) }
        #expect(slice(resampled, 7) == mean)
        #expect(slice(resampled, 8) == values([], 8))
        let marks = try #require(resampled.validity).contiguous()
        #expect(marks.axes == [.z] && (0..<20).filter { !marks.samples[$0] } == [7])
        // Only the slice that was put in has no file.
        let files = resampled.slices.map { $0.sources.map { $0?.sopInstanceUID } }
        let own = TortureSeries([.missingSlice])
        #expect(files == (0..<20).map { $0 == 7 ? [nil] : ["\(own.seriesUID).\($0 + 1)"] })
        guard case .positions(let deviation) = resampled.reasons.spacing else {
            Issue.record("\(resampled.reasons.spacing)")
            return
        }
        #expect(deviation < 1e-6)
        // What lies between slices that were never closer is no loss.
        #expect(try read([.variableSpacing], .resample).validity == nil)
    }

    @Test
    func
        `a phase that lacks a slice is an error, filled and marked, interpolated and marked, or cut away, as the policy says`()
        throws
    {
        let cases: Set<TortureCase> = [.twoPhases, .missingSlice]
        #expect(throws: FormatError.self) { try read(cases, .strict) }
        let resampled = try read(cases, .resample)
        #expect(resampled.image.sizes == [2, 20, 10, 12] && resampled.isGridExact)
        let marks = try #require(resampled.validity).contiguous()
        #expect(marks.axes == [.time, .z] && (0..<40).filter { !marks.samples[$0] } == [7])
        let phases = resampled.image.converted(to: Float.self).contiguous()
        let mean = zip(values([], 6), values([], 8)).map { (($0 + $1) / 2).rounded(.toNearestOrAwayFromZero) }
        #expect((0..<120).map { phases.samples[7 * 120 + $0] } == mean)
        let second = TortureSeries(cases).slices.first { $0.phase == 1 && $0.index == 7 }?.values.map { Float($0) }
        #expect((0..<120).map { phases.samples[27 * 120 + $0] } == second)
        for policy in [VolumePolicy.faithful, .insertMissing, .keepIrregular] {
            let volume = try read(cases, policy)
            #expect(volume.image.sizes == [2, 20, 10, 12] && volume.isGridExact)
            let validity = try #require(volume.validity).contiguous()
            #expect((0..<40).filter { !validity.samples[$0] } == [7])
            #expect(!volume.slices[7].isInserted && volume.slices[7].sources[0] == nil)
        }
        let longest = try read(cases, .largestConsistent)
        #expect(longest.image.sizes == [2, 12, 10, 12] && longest.validity == nil && longest.isGridExact)
        // Both phases of slices 0 to 7, but the one that is missing.
        #expect(longest.defects.contains { $0.kind == .split && $0.files.count == 15 })
        #expect(longest.geometry?.originMillimetres == TortureSeries(cases).position(of: 8))
    }

    @Test func `a change of spacing is kept or interpolated to the smallest distance`() throws {
        #expect(throws: FormatError.self) { try read([.variableSpacing], .insertMissing) }
        let resampled = try read([.variableSpacing], .resample)
        #expect(resampled.image.depth == 50)
        #expect(abs((resampled.geometry?.spacingMillimetres.z ?? 0) - 1.25) < 1e-9)
        #expect(slice(resampled, 9) == values([.variableSpacing], 9))
        #expect(slice(resampled, 13) == values([.variableSpacing], 10))
        #expect(slice(resampled, 49) == values([.variableSpacing], 19))
        let places = Set((0..<10) + (1...10).map { 9 + 4 * $0 })
        #expect(resampled.slices.indices.allSatisfy { resampled.slices[$0].isInserted != places.contains($0) })
        #expect(resampled.reasons.spacing == .resampled)
    }

    @Test func `a tilted series is exact as it is, and upright when resampled`() throws {
        #expect(throws: FormatError.self) { try read([.gantryTilt], .strict) }
        let sheared = try read([.gantryTilt], .faithful)
        #expect(sheared.reasons.direction == .sheared && sheared.isGridExact)
        let resampled = try read([.gantryTilt], .resample)
        let geometry = try #require(resampled.geometry)
        let product = geometry.direction.y * geometry.direction.z
        #expect(abs(product.sum()) < 1e-9)
        // 20 slices of 1.25 mm lean by sin 20°: 8.1 mm, or 2.03 rows of 4 mm.
        #expect(resampled.image.height == 10 + 3 && resampled.image.width == 12)
        let start = geometry.index(at: TortureSeries([.gantryTilt]).origin) ?? .zero
        let row = Int(start.y.rounded())
        let first = resampled.image.slice(.z, at: 0).cropped(to: PixelRect(x: 0, y: row, width: 12, height: 10))
        #expect(first == sheared.image.slice(.z, at: 0).contiguous().withGeometry(of: first))
    }

    @Test func `a second image at one place is an error unless the longest run is asked for`() throws {
        for policy in VolumePolicy.allCases where policy != .largestConsistent {
            #expect(throws: FormatError.self) { try read([.extraSlice], policy) }
        }
        #expect(slice(try read([.extraSlice], .largestConsistent), 11) == values([], 11))
    }

    @Test func `memory of an earlier volume is used again`() throws {
        let folder = try ScratchFolder()
        try TortureSeries([.jitter]).write(to: folder)
        let reader = try VolumeReader(folder: folder.url.path)
        let (series, stack) = try reader.onlyStack()
        var volume = try reader.volume()
        let image = volume.image
        try reader.read(stack, of: series, into: &volume)
        #expect(volume.image == image)
        volume.image = .int16(Image(axes: [.z, .y, .x], sizes: [20, 10, 12], repeating: 5))
        try reader.read(stack, of: series, into: &volume)
        #expect(volume.image == image)
    }

    @Test func `padding is filled with air, or rescaled when asked for`() throws {
        let folder = try ScratchFolder()
        var slice = TortureSeries().slices[0]
        slice.extra[0x0028_0120] = .words("SS", [UInt16(slice.stored(x: 3, y: 2))])
        _ = try folder.write(slice.file(series: "2.25.5"), to: "a")
        var reader = try VolumeReader(folder: folder.url.path)
        let padding = slice.stored(x: 3, y: 2)
        let filled = try reader.volume()
        #expect(filled.reasons.padding == .filled(stored: padding...padding, value: -1024))
        let places = (0..<120).filter { slice.stored(x: $0 % 12, y: $0 / 12) == padding }
        let expected = slice.values.enumerated().map { places.contains($0) ? -1024 : Float($1) }
        #expect(self.slice(filled, 0) == expected)
        reader.options.padding = .rescaled
        #expect(self.slice(try reader.volume(), 0) == slice.values.map { Float($0) })
    }
}

extension AnyImage {
    fileprivate func withGeometry(of other: AnyImage) -> AnyImage {
        var result = self
        result.geometry = other.geometry
        return result
    }
}
