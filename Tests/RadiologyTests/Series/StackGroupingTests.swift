import Radiology
import TestSupport
import Testing

/// From instances to stacks: what is split, what becomes an axis, what is a defect.
@Suite struct StackGroupingTests {
    private typealias Slices = SyntheticInstances

    private func kinds(_ defects: [SeriesDefect]) -> [SeriesDefect.Kind] { defects.map(\.kind) }

    @Test func `slices in any order of files and numbers are one uniform stack`() throws {
        var generator = SeededGenerator(seed: 4)
        let instances = Slices.stack(20) { $0.frames[0].varying.instanceNumber = 20 - $1 }
        let expected = Slices.series(instances)
        #expect(expected.stacks.count == 1)
        #expect(expected.stacks[0].defects.isEmpty)
        #expect(expected.stacks[0].geometry.spacingMillimetres == 1.25)
        let heights = expected.stacks[0].frames.map { expected.facts($0).positionMillimetres?.z }
        #expect(heights == (0..<20).map { 1.25 * Double($0) })
        for _ in 0..<5 { #expect(Slices.series(instances.shuffled(using: &generator)) == expected) }
    }

    @Test func `the same file twice counts once`() {
        var instances = Slices.stack(20)
        var copy = instances[7]
        copy.path = "/series/copy.dcm"
        instances.append(copy)
        let series = Slices.series(instances)
        #expect(series.instances.count == 20)
        #expect(kinds(series.defects) == [.duplicateFile])
        #expect(series.defects[0].severity == .note)
        #expect(series.defects[0].files == ["/series/8.dcm", "/series/copy.dcm"])
        #expect(series.stacks[0].defects.isEmpty)
        let conflicting = Slices.series(instances, sameContent: false)
        #expect(kinds(conflicting.defects) == [.conflictingDuplicate])
        #expect(conflicting.defects[0].severity == .error)
    }

    @Test func `another object at a taken place is an error`() {
        let series = Slices.series(Slices.stack(20) + [Slices.slice(99, z: 5)])
        #expect(series.stacks.count == 1)
        #expect(series.stacks[0].sliceCount == 20)
        #expect(series.stacks[0].surplus.map { series.instances[$0.instance].path } == ["/series/99.dcm"])
        #expect(kinds(series.stacks[0].defects) == [.samePosition])
        #expect(series.stacks[0].severity == .error)
    }

    @Test(arguments: [StackAttribute.temporalPosition, .acquisitionNumber, .echoTime, .diffusion, .instanceNumber])
    func `complete phases are an axis named by what varies`(_ attribute: StackAttribute) throws {
        var generator = SeededGenerator(seed: 5)
        let phases = (0..<3).flatMap { phase -> [DICOMInstance] in
            (0..<8).map { (index: Int) -> DICOMInstance in
                Slices.slice(1 + phase * 8 + index, z: 2 * Double(index)) { instance in
                    let value = 10 * (phase + 1)
                    switch attribute {
                    case .temporalPosition: instance.frames[0].varying.temporalPosition = value
                    case .acquisitionNumber: instance.frames[0].varying.acquisitionNumber = value
                    case .echoTime: instance.frames[0].varying.echoTimeMilliseconds = Double(value)
                    case .diffusion: instance.frames[0].varying.bValue = Double(value)
                    default: break
                    }
                }
            }
        }
        let series = Slices.series(phases.shuffled(using: &generator))
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.count == 1)
        #expect(stack.axes.map(\.attribute) == [attribute])
        #expect(stack.sliceCount == 8)
        #expect(stack.geometry.spacingMillimetres == 2)
        let numbers = stack.frames.map { series.facts($0).varying.instanceNumber }
        #expect(numbers == Array(1...24))
        if attribute == .instanceNumber {
            #expect(kinds(stack.defects) == [.unnamedAxis])
        } else {
            #expect(stack.axes[0].values == [10, 20, 30])
            #expect(stack.defects.isEmpty)
        }
    }

    @Test func `two attributes that vary independently are two axes`() throws {
        let frames = (0..<2).flatMap { echo -> [DICOMInstance] in
            (0..<3).flatMap { time -> [DICOMInstance] in
                (0..<4).map { (index: Int) -> DICOMInstance in
                    Slices.slice(1 + index * 6 + time * 2 + echo, z: Double(index)) { instance in
                        instance.frames[0].varying.echoTimeMilliseconds = [2.3, 4.6][echo]
                        instance.frames[0].varying.temporalPosition = time + 1
                    }
                }
            }
        }
        let stack = try #require(Slices.series(frames).stacks.first)
        #expect(stack.axes.map(\.attribute) == [.echoTime, .temporalPosition])
        #expect(stack.axes.map(\.count) == [2, 3])
        #expect(stack.sliceCount == 4)
        #expect(stack.frames.count == 24)
    }

    /// Phases of 10 slices, some of which are lacking.
    private func phases(
        _ count: Int, lacking: Set<[Int]>,
        change: (inout DICOMInstance, Int) -> Void = { instance, phase in
            instance.frames[0].varying.temporalPosition = phase + 1
        }
    ) -> [DICOMInstance] {
        (0..<count).flatMap { phase -> [DICOMInstance] in
            (0..<10).filter { !lacking.contains([phase, $0]) }.map { (index: Int) -> DICOMInstance in
                Slices.slice(1 + phase * 10 + index, z: Double(index)) { change(&$0, phase) }
            }
        }
    }

    @Test func `a phase that lacks a slice stays a phase, with a hole that is named`() throws {
        var generator = SeededGenerator(seed: 6)
        let series = Slices.series(phases(3, lacking: [[1, 4], [2, 0]]).shuffled(using: &generator))
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.count == 1 && stack.sliceCount == 10)
        #expect(stack.axes == [StackAxis(attribute: .temporalPosition, values: [1, 2, 3])])
        #expect(stack.holes == [14, 20])
        #expect(stack.frame(cell: 14) == nil && stack.frame(cell: 20) == nil)
        for cell in 0..<30 where ![14, 20].contains(cell) {
            let frame = try #require(stack.frame(cell: cell))
            #expect(series.facts(frame).varying.instanceNumber == cell + 1)
        }
        #expect(stack.geometry.spacingMillimetres == 1 && stack.geometry.missing.isEmpty)
        #expect(kinds(stack.defects) == [.missingSlices] && stack.severity == .warning)
        let message = stack.defects[0].message
        #expect(message.contains("2 of 30"))
        #expect(message.contains("temporal position 2 lacks slice 5; temporal position 3 lacks slice 1"))
    }

    @Test func `volumes that only numbers tell apart keep their order around a hole`() throws {
        let series = Slices.series(phases(3, lacking: [[1, 4]]) { _, _ in })
        let stack = try #require(series.stacks.first)
        #expect(series.stacks.count == 1 && stack.sliceCount == 10 && stack.holes == [14])
        #expect(stack.axes == [StackAxis(attribute: .instanceNumber, values: [1, 11, 21])])
        #expect(Set(kinds(stack.defects)) == [.missingSlices, .unnamedAxis])
    }

    @Test func `scans of different extent are stacks of their own, the split is explained`() throws {
        let lacking = Set((0..<4).map { [0, $0] } + (6..<10).map { [1, $0] })
        let series = Slices.series(phases(2, lacking: lacking))
        #expect(series.stacks.map(\.sliceCount) == [6, 6])
        #expect(series.stacks.map(\.splitBy) == [[.temporalPosition], [.temporalPosition]])
        #expect(series.stacks.allSatisfy { $0.holes.isEmpty && $0.geometry.missing.isEmpty })
        #expect(kinds(series.stacks[0].defects) == [.split])
        #expect(series.stacks[0].splitReasons.allSatisfy { $0.contains("temporal position") })
    }

    @Test(arguments: [true, false])
    func `times go on over midnight, by their dates or without`(isDated: Bool) throws {
        let clock = [86380.0, 86395, 10, 25]
        let series = Slices.series(
            phases(4, lacking: []) { instance, phase in
                instance.frames[0].varying.acquisitionTimeSeconds = clock[phase]
                instance.frames[0].varying.acquisitionDay = isDated ? (phase < 2 ? 700_000 : 700_001) : nil
            })
        let stack = try #require(series.stacks.first)
        #expect(stack.axes == [StackAxis(attribute: .acquisitionTime, values: [86380, 86395, 86410, 86425])])
        #expect(stack.frames.map { series.facts($0).varying.instanceNumber } == Array(1...40))
    }

    @Test func `a localizer has its own stack`() {
        let localizer = Slices.slice(99, z: 0) { instance in
            instance.frames[0].orientation = SliceOrientation(x: SIMD3(1, 0, 0), y: SIMD3(0, 0, -1))
            instance.frames[0].imageType = ["ORIGINAL", "PRIMARY", "LOCALIZER"]
        }
        let series = Slices.series(Slices.stack(20) + [localizer])
        #expect(series.stacks.map(\.sliceCount) == [20, 1])
        #expect(series.stacks[0].geometry.spacingMillimetres == 1.25)
        #expect(kinds(series.stacks[0].defects) == [.localizer])
        #expect(series.stacks[0].defects[0].files == ["/series/99.dcm"])
    }

    @Test func `a slice of another size is split off and leaves a gap`() {
        let series = Slices.series(Slices.stack(20) { if $1 == 6 { $0.pixels.columns = 32 } })
        #expect(series.stacks.map(\.sliceCount) == [19, 1])
        #expect(series.stacks[0].geometry.missing == [6])
        #expect(kinds(series.stacks[0].defects) == [.missingSlices, .oddSize])
        #expect(series.stacks[1].splitBy == [.imageSize])
    }

    @Test func `a slice without position is an error`() {
        let series = Slices.series(Slices.stack(20) { if $1 == 6 { $0.frames[0].positionMillimetres = nil } })
        #expect(series.stacks.map(\.sliceCount) == [19, 1])
        #expect(series.stacks[0].geometry.missing == [6])
        #expect(series.stacks[0].severity == .error)
        #expect(kinds(series.stacks[0].defects) == [.missingSlices, .missingPosition])
        #expect(series.stacks[1].geometry.kind == .unknown)
    }

    @Test func `rotating slices are not parallel and stay together`() {
        let series = Slices.series(
            (0..<6).map { index in
                Slices.slice(index + 1, z: 0) { instance in
                    let (cosine, sine) = [(1.0, 0.0), (0.8, 0.6), (0.6, 0.8), (0, 1), (-0.6, 0.8), (-0.8, 0.6)][index]
                    instance.frames[0].orientation = SliceOrientation(
                        x: SIMD3(cosine, sine, 0), y: SIMD3(0, 0, 1))
                }
            })
        #expect(series.stacks.count == 1)
        #expect(series.stacks[0].geometry.kind == .notParallel)
        #expect(kinds(series.stacks[0].defects) == [.notParallel])
    }

    @Test func `stations beside each other are two stacks`() {
        let stations =
            Slices.stack(10)
            + (0..<10).map { index in
                Slices.slice(50 + index, z: 0, position: SIMD3(200, -128, 1.25 * Double(index)))
            }
        let series = Slices.series(stations)
        #expect(series.stacks.map(\.sliceCount) == [10, 10])
        #expect(series.stacks.allSatisfy { $0.splitBy == [.inPlanePosition] && $0.surplus.isEmpty })
    }

    @Test func `a rescale that changes from slice to slice is a note`() {
        let series = Slices.series(
            Slices.stack(5) { $0.frames[0].rescale = DICOMRescale(slope: 1 + Double($1) / 10, intercept: 0) })
        #expect(kinds(series.stacks[0].defects) == [.varyingEncoding])
        #expect(series.stacks[0].severity == .note)
    }

    @Test func `of two rescales for as many slices the smaller is the common one`() {
        for number in 1...20 {
            let series = Slices.series(
                Slices.stack(4) { $0.frames[0].rescale = DICOMRescale(slope: Double(number + $1 % 2), intercept: 0) })
            #expect(series.stacks[0].defects.flatMap(\.files) == ["/series/2.dcm", "/series/4.dcm"])
        }
    }

    @Test func `what disagrees or is short is said with its files`() {
        let series = Slices.series(
            Slices.stack(5) { instance, index in
                if index == 1 { instance.pixels.isSigned = true }
                if index == 2 { instance.fileSize = 9000 }
                if index == 3 { instance.pixelDataOffset = nil }
                if index == 4 { instance.patientID = "other" }
            })
        let defects = Dictionary(grouping: series.stacks[0].defects, by: \.kind).mapValues { $0.flatMap(\.files) }
        #expect(defects[.truncatedPixelData] == ["/series/3.dcm"])
        #expect(defects[.missingPixelData] == ["/series/4.dcm"])
        #expect(defects[.conflictingAttributes]?.sorted() == ["/series/2.dcm", "/series/5.dcm"])
    }

    @Test func `pictures without a position stand alone and say what their spacing is`() {
        let pictures = (1...3).map { number in
            Slices.slice(number, z: 0) { instance in
                instance.modality = "DX"
                instance.frames[0].positionMillimetres = nil
                instance.frames[0].spacing =
                    number == 3
                    ? nil
                    : DICOMPixelSpacing(
                        xMillimetres: 0.1, yMillimetres: 0.1, kind: number == 1 ? .detector : .calibrated)
            }
        }
        let series = Slices.series(pictures)
        #expect(series.stacks.count == 3)
        for stack in series.stacks {
            #expect(kinds(stack.defects).contains(.uncertainSpacing))
            #expect(stack.geometry.kind == .unknown)
        }
    }

    @Test func `slices off the common line are said to lie aside, not at odd distances`() throws {
        func message(_ move: (inout SIMD3<Double>, Int) -> Void) throws -> String {
            let series = Slices.series(
                (0..<20).map { index in
                    var position = SIMD3(-64, -128, 1.25 * Double(index))
                    move(&position, index)
                    return Slices.slice(index + 1, z: 0, position: position)
                })
            let defect = try #require(series.stacks.first?.defects.first)
            #expect(series.stacks.count == 1 && defect.kind == .irregularSpacing)
            return defect.message
        }
        #expect(
            try message { $0 += $1 == 5 ? SIMD3(3, -4, 0) : .zero }
                == "the slices lie aside of each other by up to 5 mm, on no regular grid")
        #expect(
            try message { $0.z *= $1 > 9 ? 1.1 : 1 }
                == "the slices lie 1.25 to 2.5 mm apart, on no regular grid")
        #expect(
            try message { $0 += $1 == 5 ? SIMD3(3, 0, 0.25) : .zero }
                == "the slices lie 1 to 1.5 mm apart and aside of each other by up to 3 mm, on no regular grid")
    }
}
