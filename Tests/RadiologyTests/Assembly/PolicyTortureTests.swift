import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// All odd series and all pairs of oddities under every policy but the default: what must hold whatever a policy makes of them.
struct PolicyTortureTests {
    private static let policies: [VolumePolicy] = [
        .strict, .insertMissing, .keepIrregular, .resample, .largestConsistent,
    ]

    @Test(arguments: TortureCase.singlesAndPairs)
    func `no policy moves, stretches or drops a slice in silence`(cases: Set<TortureCase>) throws {
        let series = TortureSeries(cases)
        let folder = try ScratchFolder()
        try series.write(to: folder)
        var reader = try VolumeReader(folder: folder.url.path)
        let found = try #require(reader.series.first)
        for stack in found.stacks where stack.sliceCount > 1 {
            for policy in Self.policies {
                reader.options.policy = policy
                let scene = PolicyOutcome(series: series, found: found, stack: stack, policy: policy)
                do throws(FormatError) {
                    try scene.check(reader.volume(stack, of: found))
                } catch { scene.checkRefusal(error) }
            }
        }
    }
}

/// A stack of an odd series under one policy.
private struct PolicyOutcome {
    let series: TortureSeries
    let found: DICOMSeries
    let stack: DICOMStack
    let policy: VolumePolicy

    private var label: Comment { "\(policy) of \(series.cases)" }
    private var expected: TortureExpectation { series.expectation }
    private var files: [String] { stack.frames.map { found.instances[$0.instance].sopInstanceUID } }
    /// Phases that the stack holds.
    private var phases: Int { stack.axes.isEmpty ? 1 : 2 }
    private var isAmbiguous: Bool { !stack.surplus.isEmpty }
    /// The generator's slices that the stack is made of, by their UIDs.
    private var slices: [DICOMTestSlice] {
        var known: Set<String> = []
        return series.slices.filter { files.contains($0.instanceUID) && known.insert($0.instanceUID).inserted }
    }
    private var hasLoss: Bool { Set(slices.map(\.index)).count < TortureCase.sliceCount || slices.count < 20 * phases }

    /// Whether an upright grid has other slices.
    private var isResampled: Bool { expected.isSheared || expected.spacing == .irregular }

    /// Only what cannot be had is refused.
    func checkRefusal(_ error: FormatError) {
        #expect(!error.description.contains("\n"), label)
        let isIrregular = expected.spacing == .irregular
        switch policy {
        case .strict: #expect(isAmbiguous || hasLoss || isIrregular || expected.isSheared, label)
        case .insertMissing: #expect(isAmbiguous || isIrregular, label)
        case .largestConsistent: Issue.record("\(policy) of \(series.cases): \(error)")
        default: #expect(isAmbiguous, label)
        }
    }

    func check(_ volume: Volume) {
        #expect(!isAmbiguous || policy == .largestConsistent, label)
        checkInserted(volume)
        if policy == .strict { #expect(!hasLoss && expected.spacing != .irregular, label) }
        if policy != .keepIrregular { checkGrid(volume) }
        if policy == .resample,
            expected.isSheared || expected.spacing == .irregular || expected.defects.contains(.noPosition)
        {
            checkExtent(volume)
            return
        }
        checkSources(volume)
        let used = volume.slices.reduce(0) { $0 + $1.sources.count { $0 != nil } }
        if policy != .largestConsistent { #expect(used == slices.count, label) } else { checkRun(volume) }
    }

    /// Slices lie where one step puts them.
    private func checkGrid(_ volume: Volume) {
        guard let geometry = volume.geometry else {
            Issue.record("no geometry")
            return
        }
        #expect(volume.isGridExact, label)
        for (z, slice) in volume.slices.enumerated() {
            let place = geometry.position(x: 0, y: 0, z: Double(z))
            #expect(slice.positionMillimetres.map { length($0 - place) < 0.0126 } == true, label)
        }
    }

    /// What has no file is marked, and nothing else is.
    private func checkInserted(_ volume: Volume) {
        let isThere = (0..<(volume.slices.first?.sources.count ?? 0)).flatMap { place in
            volume.slices.map { $0.sources[place] != nil }
        }
        let marks = volume.validity?.contiguous()
        let isValid = marks.map { marks in marks.samples.indices.map { marks.samples[$0] } }
        if policy == .resample {
            // What is interpolated has no file of its own, but values; only what was lost is marked.
            #expect(zip(isValid ?? [], isThere).allSatisfy { $0 || !$1 }, label)
            #expect(isValid != nil || !hasLoss || isResampled, label)
        } else {
            #expect(isValid ?? isThere == isThere && (isValid != nil || !isThere.contains(false)), label)
        }
        if policy != .insertMissing, policy != .resample, phases == 1 { #expect(!isThere.contains(false), label) }
    }

    /// Every slice that has a file has that file's place and values.
    private func checkSources(_ volume: Volume) {
        let values = volume.image.converted(to: Double.self)
        for (z, slice) in volume.slices.enumerated() {
            for (place, source) in slice.sources.enumerated() {
                guard let own = series.slices.first(where: { $0.instanceUID == source?.sopInstanceUID }) else {
                    #expect(source == nil, label)
                    continue
                }
                let part = (values.axes.contains(.time) ? values.slice(.time, at: place) : values).slice(.z, at: z)
                    .contiguous()
                let worst = zip(part.samples.indices, own.values).map { abs(part.samples[$0] - $1) }.max()
                #expect(worst.map { $0 < 1e-3 } == true, label)
                let distance = own.position.flatMap { wanted in slice.positionMillimetres.map { length($0 - wanted) } }
                #expect(distance.map { $0 < (policy == .resample ? 0.0126 : 1e-9) } == true, label)
            }
        }
    }

    /// An interpolated grid covers the slices, from the first to the last, at the least of their distances.
    private func checkExtent(_ volume: Volume) {
        let normal = cross(series.rowDirection, series.columnDirection)
        let own = slices.compactMap(\.position).map { ($0 * normal).sum() }
        let covered = volume.slices.compactMap(\.positionMillimetres).map { ($0 * normal).sum() }
        guard let first = own.min(), let last = own.max(), let low = covered.min(), let high = covered.max() else {
            Issue.record("no places")
            return
        }
        #expect(low <= first + 1e-6 && high >= last - 1e-6, label)
        #expect(low > first - 20 && high < last + 20, label)
    }

    /// The longest run of slices with one step that every phase has.
    private func checkRun(_ volume: Volume) {
        let complete = (0..<TortureCase.sliceCount).filter { index in
            slices.count { $0.index == index } >= phases
        }
        var (longest, run) = (1, 1)
        for (place, index) in complete.enumerated().dropFirst(2) {
            let gap = series.steps(to: index) - series.steps(to: complete[place - 1])
            let before = series.steps(to: complete[place - 1]) - series.steps(to: complete[place - 2])
            run = abs(gap - before) < 0.02 ? run + 1 : 1
            longest = max(longest, run)
        }
        #expect(volume.image.depth == longest + 1, label)
        // Whatever is left out is named.
        let used = Set(volume.slices.flatMap { $0.sources.compactMap { $0?.path } })
        let told = Set(volume.defects.flatMap(\.files))
        let all = (stack.frames + stack.surplus).map { found.instances[$0.instance].path }
        #expect(Set(all).subtracting(used).isSubset(of: told), label)
    }

    private func length(_ step: SIMD3<Double>) -> Double { (step * step).sum().squareRoot() }

    private func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
}
