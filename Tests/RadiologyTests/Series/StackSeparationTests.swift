import Foundation
import Radiology
import Testing

/// What is no axis of one volume: images at the same places that differ in what they are.
struct StackSeparationTests {
    private typealias Slices = SyntheticInstances

    /// Two times eight slices at the same places.
    private func pairs(_ change: (inout DICOMInstance, _ isSecond: Bool) -> Void) -> [DICOMInstance] {
        (0..<16).map { number in
            Slices.slice(number + 1, z: 2 * Double(number % 8)) { change(&$0, number >= 8) }
        }
    }

    private func isSplit(_ instances: [DICOMInstance], by attribute: StackAttribute) -> Bool {
        let stacks = Slices.series(instances).stacks
        return stacks.map(\.sliceCount) == [8, 8]
            && stacks.allSatisfy { $0.splitBy == [attribute] && $0.axes.isEmpty && $0.surplus.isEmpty }
    }

    @Test func `original and derived images are two stacks`() {
        let instances = pairs { $0.frames[0].imageType[0] = $1 ? "DERIVED" : "ORIGINAL" }
        #expect(isSplit(instances, by: .imageType))
        let reasons = Slices.series(instances).stacks.map { $0.splitReasons.last ?? "" }
        #expect(reasons.allSatisfy { $0.contains("ORIGINAL") && $0.contains("DERIVED") }, "\(reasons)")
        #expect(isSplit(pairs { $0.frames[0].imageType[1] = $1 ? "SECONDARY" : "PRIMARY" }, by: .imageType))
    }

    @Test func `frames of reference and pixel spacings are never mixed, at one place or at others`() {
        #expect(isSplit(pairs { $0.frameOfReferenceUID = $1 ? "1.2.9" : "1.2.8" }, by: .frameOfReference))
        func spacing(_ instance: inout DICOMInstance, _ isSecond: Bool) {
            instance.frames[0].spacing = DICOMPixelSpacing(xMillimetres: isSecond ? 4.1 : 4, yMillimetres: 2)
        }
        #expect(isSplit(pairs(spacing), by: .pixelSpacing))
        let halves = Slices.series(
            Slices.stack(16) { instance, index in
                spacing(&instance, index >= 8)
                instance.frameOfReferenceUID = index % 8 < 4 ? "1.2.8" : "1.2.9"
            })
        #expect(halves.stacks.map(\.sliceCount) == [4, 4, 4, 4])
        #expect(halves.stacks.allSatisfy { $0.splitBy == [.frameOfReference, .pixelSpacing] })
        // A thousandth is rounding of the header.
        let rounded = Slices.stack(8) {
            $0.frames[0].spacing = DICOMPixelSpacing(xMillimetres: 4 + 0.0005 * Double($1), yMillimetres: 2)
        }
        #expect(Slices.series(rounded).stacks.count == 1)
    }

    @Test(arguments: [StackAttribute.echoTime, .echoNumber, .inversionTime, .flipAngle, .diffusion, .temporalPosition])
    func `contrasts are volumes of their own where they share no place, too`(attribute: StackAttribute) {
        func slices(_ isSecond: (Int) -> Bool) -> [DICOMInstance] {
            Slices.stack(8) { instance, index in
                let value = isSecond(index) ? 80.0 : 10
                switch attribute {
                case .echoTime: instance.frames[0].varying.echoTimeMilliseconds = value
                case .echoNumber: instance.frames[0].varying.echoNumber = Int(value)
                case .inversionTime: instance.frames[0].varying.inversionTimeMilliseconds = value
                case .flipAngle: instance.frames[0].varying.flipAngleDegrees = value
                case .diffusion: instance.frames[0].varying.bValue = value
                default: instance.frames[0].varying.temporalPosition = Int(value)
                }
            }
        }
        for isSecond in [{ $0 >= 4 }, { $0 % 2 == 1 }] as [(Int) -> Bool] {
            let stacks = Slices.series(slices(isSecond)).stacks
            #expect(stacks.map(\.sliceCount) == [4, 4])
            #expect(stacks.allSatisfy { $0.splitBy == [attribute] })
        }
        // One value per slice is how the scan was made: one stack, which says so.
        let varying = Slices.series(Slices.stack(8) { $0.frames[0].varying.flipAngleDegrees = 10 + Double($1) })
        #expect(varying.stacks.map(\.sliceCount) == [8])
        #expect(kinds(varying.stacks[0].defects) == [.conflictingAttributes])
    }

    private func kinds(_ defects: [SeriesDefect]) -> [SeriesDefect.Kind] { defects.map(\.kind) }

    @Test func `tube voltages and patient positions are never mixed`() {
        let voltages = Slices.series(Slices.stack(8) { $0.frames[0].tubeVoltage = $1 < 4 ? "80" : "140" })
        #expect(voltages.stacks.map(\.splitBy) == [[.tubeVoltage], [.tubeVoltage]])
        let turned = Slices.series(Slices.stack(8) { $0.frames[0].patientPosition = $1 < 4 ? "HFS" : "FFS" })
        #expect(turned.stacks.map(\.splitBy) == [[.patientPosition], [.patientPosition]])
    }

    @Test func `images beside each other are no axis at one place`() {
        let images = (0..<4).map { index in
            Slices.slice(index + 1, z: 0, position: SIMD3(50 * Double(index), 0, 0)) {
                $0.frames[0].varying.echoTimeMilliseconds = Double(index + 1)
            }
        }
        let stacks = Slices.series(images).stacks
        #expect(stacks.count == 4 && stacks.allSatisfy { $0.splitBy == [.inPlanePosition] && $0.axes.isEmpty })
    }

    @Test func `a slow turn is parted at the same slices whatever the identifiers`() {
        func stacks(_ order: [Int]) -> Set<[Double?]> {
            let slices = Slices.stack(10) { instance, index in
                let angle = 0.02 * Double(index) * .pi / 180
                instance.sopInstanceUID = "1.2.3.\(2000 + order[index])"
                instance.frames[0].orientation = SliceOrientation(
                    x: SIMD3(cos(angle), sin(angle), 0), y: SIMD3(-sin(angle), cos(angle), 0))
            }
            let series = Slices.series(slices)
            return Set(series.stacks.map { stack in stack.frames.map { series.facts($0).positionMillimetres?.z } })
        }
        let expected = stacks(Array(0..<10))
        #expect(stacks([7, 2, 9, 0, 4, 1, 8, 3, 6, 5]) == expected)
        #expect(stacks((0..<10).reversed()) == expected)
    }

    @Test func `two thicknesses at the same places are two stacks`() {
        #expect(isSplit(pairs { $0.frames[0].sliceThicknessMillimetres = $1 ? 5 : 2 }, by: .sliceThickness))
        // Even where their numbers would make an axis.
        let numbered = pairs { instance, isSecond in
            instance.frames[0].sliceThicknessMillimetres = isSecond ? 5 : 2
            instance.frames[0].varying.acquisitionNumber = isSecond ? 2 : 1
        }
        #expect(isSplit(numbered, by: .sliceThickness))
    }

    @Test func `a thickness that changes along the body is one stack`() {
        let series = Slices.series(Slices.stack(10) { $0.frames[0].sliceThicknessMillimetres = $1 < 4 ? 2 : 5 })
        #expect(series.stacks.map(\.sliceCount) == [10])
        let rounded = pairs { $0.frames[0].sliceThicknessMillimetres = $1 ? 2.0003 : 2 }
        #expect(Slices.series(rounded).stacks.map(\.axes.count) == [1])
    }

    /// Slices of two acquisitions, by turns.
    private func turns(_ modality: String) -> [DICOMInstance] {
        Slices.stack(12) { instance, index in
            instance.modality = modality
            instance.frames[0].varying.acquisitionNumber = index % 2 + 1
        }
    }

    @Test func `CT acquisitions between each other are two stacks, packages of MR are one`() {
        let phases = Slices.series(turns("CT")).stacks
        #expect(phases.map(\.splitBy) == [[.acquisitionNumber], [.acquisitionNumber]])
        #expect(phases.map(\.geometry.spacingMillimetres) == [2.5, 2.5])
        #expect(Slices.series(turns("MR")).stacks.map(\.geometry.spacingMillimetres) == [1.25])
    }

    @Test func `CT acquisitions that follow each other are one stack`() {
        let rotations = Slices.stack(12) { $0.frames[0].varying.acquisitionNumber = $1 / 4 }
        #expect(Slices.series(rotations).stacks.map(\.sliceCount) == [12])
        let single = Slices.stack(12) { $0.frames[0].varying.acquisitionNumber = $1 }
        #expect(Slices.series(single).stacks.map(\.sliceCount) == [12])
    }

    @Test func `phases aside of each other are told`() {
        func messages(shift: Double) -> [SeriesDefect] {
            let images = pairs { instance, isSecond in
                instance.frames[0].varying.temporalPosition = isSecond ? 2 : 1
                instance.frames[0].positionMillimetres?.x += isSecond ? shift : 0
            }
            let stacks = Slices.series(images).stacks
            #expect(stacks.map { $0.axes.map(\.attribute) } == [[.temporalPosition]])
            return stacks.flatMap(\.defects).filter { $0.kind == .conflictingAttributes }
        }
        #expect(messages(shift: 0.05).isEmpty)
        let told = messages(shift: 0.6)
        #expect(told.count == 1 && told.first?.severity == .warning && told.first?.files.count ?? 0 > 1)
        #expect(told.first?.message.contains("up to 0.6 mm aside") == true)
    }

    @Test func `names of sequences split what only numbers would tell apart, and no axis that has a name`() {
        func name(_ instance: inout DICOMInstance, _ isSecond: Bool) {
            instance.frames[0].sequenceName = isSecond ? "*tse2d1_15" : "*fl2d1"
        }
        #expect(isSplit(pairs(name), by: .sequenceName))
        let diffusion = Slices.series(
            pairs { instance, isSecond in
                instance.frames[0].sequenceName = isSecond ? "*ep_b1000t" : "*ep_b0"
                instance.frames[0].varying.bValue = isSecond ? 1000 : 0
            })
        #expect(diffusion.stacks.map { $0.axes.map(\.attribute) } == [[.diffusion]])
    }

    @Test func `too many kinds to sort are refused and not mixed in silence`() {
        let series = Slices.series(
            Slices.stack(257) { instance, index in
                instance.pixels.columns = 64 + index
            })
        #expect(series.stacks.count == 1)
        let defect = series.stacks[0].defects.first { $0.kind == .conflictingAttributes }
        #expect(defect?.severity == .error && defect?.files.count == 257)
        #expect(defect?.message.contains("size has more than 256 values") == true)
    }
}
