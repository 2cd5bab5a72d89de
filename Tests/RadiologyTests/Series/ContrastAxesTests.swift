import Radiology
import TestSupport
import Testing

/// Images at one place that differ in several contrasts, and repeats of them.
struct ContrastAxesTests {
    private typealias Slices = SyntheticInstances

    /// What tells the repeats of a contrast apart.
    enum Repeats: CaseIterable {
        case none, temporalPosition, sharedTime, ownTime, numbers
    }

    /// What an image shows.
    struct Contrast: Hashable {
        var echo: Double
        var bValue: Double
    }

    private static let sliceCount = 4

    /// Every echo with every b-value, some of them repeated; the order of acquisition is another one at each place.
    private func images(
        _ contrasts: [Contrast], repeats: Repeats, seed: UInt64, isLeftOut: (Int) -> Bool = { _ in false }
    ) -> [DICOMInstance] {
        var generator = SeededGenerator(seed: seed)
        var found: [DICOMInstance] = []
        let times = repeats == .none ? [0] : [0, 1, 2]
        let all = contrasts.flatMap { contrast in times.map { (contrast, $0) } }
        for slice in 0..<Self.sliceCount {
            for (turn, (contrast, time)) in all.shuffled(using: &generator).enumerated() {
                let number = slice * all.count + turn
                guard !isLeftOut(number) else { continue }
                let image = Slices.slice(number + 1, z: 3 * Double(slice)) { instance in
                    instance.modality = "MR"
                    instance.frames[0].varying.echoTimeMilliseconds = contrast.echo
                    instance.frames[0].varying.bValue = contrast.bValue
                    switch repeats {
                    case .none, .numbers: break
                    case .temporalPosition: instance.frames[0].varying.temporalPosition = time + 1
                    case .sharedTime: instance.frames[0].varying.acquisitionTimeSeconds = 3600 + 60 * Double(time)
                    case .ownTime: instance.frames[0].varying.acquisitionTimeSeconds = 3600 + Double(number)
                    }
                }
                found.append(image)
            }
        }
        return found
    }

    /// The contrasts of each volume of a stack.
    private func volumes(_ series: DICOMSeries, _ stack: DICOMStack) -> [Set<Contrast>] {
        let count = stack.axes.reduce(1) { $0 * $1.count }
        return (0..<count).map { volume in
            Set(
                (0..<stack.sliceCount).compactMap { stack.frame(cell: volume * stack.sliceCount + $0) }.map { frame in
                    let varying = series.facts(frame).varying
                    return Contrast(echo: varying.echoTimeMilliseconds ?? -1, bValue: varying.bValue ?? -1)
                })
        }
    }

    static let contrasts: [[Contrast]] = [
        [Contrast(echo: 5, bValue: 0), Contrast(echo: 10, bValue: 0)],
        [Contrast(echo: 5, bValue: 0), Contrast(echo: 5, bValue: 500)],
        [0, 500].flatMap { bValue in [5, 10].map { Contrast(echo: $0, bValue: bValue) } },
        [0, 500, 1000].flatMap { bValue in [5, 10].map { Contrast(echo: $0, bValue: bValue) } },
    ]

    @Test(arguments: contrasts, Repeats.allCases)
    func `volumes are of one contrast each, and their axes name it`(contrasts: [Contrast], repeats: Repeats) throws {
        for seed in 0..<5 as Range<UInt64> {
            let instances = images(contrasts, repeats: repeats, seed: seed)
            let series = Slices.series(instances)
            let stack = try #require(series.stacks.first)
            #expect(series.stacks.count == 1 && stack.frames.count == instances.count && stack.surplus.isEmpty)
            let found = volumes(series, stack)
            #expect(found.allSatisfy { $0.count == 1 } && Set(found.joined()) == Set(contrasts))
            let names = stack.axes.map(\.attribute)
            #expect(names.contains(.echoTime) == (Set(contrasts.map(\.echo)).count > 1))
            #expect(names.contains(.diffusion) == (Set(contrasts.map(\.bValue)).count > 1))
            let told = stack.defects.map(\.kind)
            // Repeats of b-values are an axis by these alone.
            let isUnnamed = repeats == .numbers && !names.contains(.diffusion)
            #expect(told == (isUnnamed ? [.unnamedAxis] : []), "\(told)")
        }
    }

    @Test func `b-values that repeat unevenly are one axis under each echo`() throws {
        let uneven = [5.0, 10].flatMap { echo in
            [0, 0, 0, 500, 1000].map { Contrast(echo: echo, bValue: $0) }
        }
        let series = Slices.series(images(uneven, repeats: .none, seed: 3))
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.count == 1)
        #expect(
            stack.axes == [
                StackAxis(attribute: .echoTime, values: [5, 10]),
                StackAxis(attribute: .diffusion, values: [0, 0, 0, 500, 1000]),
            ])
        #expect(volumes(series, stack).allSatisfy { $0.count == 1 })
    }

    @Test func `three axes may lack an image`() throws {
        let four = Self.contrasts[2]
        let instances = images(four, repeats: .temporalPosition, seed: 1) { $0 == 17 }
        let series = Slices.series(instances)
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.count == 1 && stack.axes.count == 3 && stack.holes.count == 1)
        #expect(stack.defects.map(\.kind) == [.missingSlices] && stack.surplus.isEmpty)
        #expect(volumes(series, stack).allSatisfy { $0.count == 1 })
    }

    @Test func `a contrast that changes along the body parts a series with times, too`() throws {
        let instances = (0..<16).map { index in
            Slices.slice(index + 1, z: 2 * Double(index % 8)) { instance in
                instance.frames[0].varying.temporalPosition = 1 + index / 8
                instance.frames[0].varying.echoTimeMilliseconds = index % 8 < 4 ? 5 : 10
            }
        }
        let stacks = Slices.series(instances).stacks
        #expect(stacks.map(\.sliceCount) == [4, 4] && stacks.allSatisfy { $0.splitBy == [.echoTime] })
        #expect(stacks.allSatisfy { $0.axes == [StackAxis(attribute: .temporalPosition, values: [1, 2])] })
    }

    @Test func `a single image of another contrast leaves a hole and is told`() throws {
        let instances = (0..<16).map { index in
            Slices.slice(index + 1, z: 2 * Double(index % 8)) { instance in
                instance.frames[0].varying.temporalPosition = 1 + index / 8
                instance.frames[0].varying.flipAngleDegrees = index == 11 ? 70 : 20
            }
        }
        let series = Slices.series(instances)
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.map(\.frames.count) == [15, 1])
        #expect(stack.axes.map(\.attribute) == [.temporalPosition] && stack.holes == [11])
        let split = try #require(stack.defects.first { $0.kind == .split })
        #expect(split.files == ["/series/12.dcm"] && split.message.contains("flip angle 70"))
    }

    @Test func `a contrast of nearly every image's own stays in its volume and is told`() throws {
        let instances = (0..<16).map { index in
            Slices.slice(index + 1, z: 2 * Double(index % 8)) { instance in
                instance.frames[0].varying.temporalPosition = 1 + index / 8
                instance.frames[0].varying.inversionTimeMilliseconds = 100 + 10 * Double(index % 8)
            }
        }
        let series = Slices.series(instances)
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.count == 1 && stack.axes == [StackAxis(attribute: .temporalPosition, values: [1, 2])])
        #expect(stack.defects.map(\.kind) == [.conflictingAttributes])
    }

    @Test func `images without a b-value are never volumes between those that have one`() {
        let instances = (0..<24).map { index in
            Slices.slice(index + 1, z: 2 * Double(index % 8)) { instance in
                instance.frames[0].varying.bValue = index < 8 ? nil : 500
                instance.frames[0].varying.acquisitionTimeSeconds = 3600 + Double(index / 8)
            }
        }
        let series = Slices.series(instances)
        #expect(series.stacks.map(\.frames.count).sorted() == [8, 16])
        #expect(series.stacks.allSatisfy { $0.splitBy == [.diffusion] })
    }
}
