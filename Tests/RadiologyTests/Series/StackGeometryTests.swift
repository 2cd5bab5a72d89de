import Radiology
import TestSupport
import Testing

/// Geometry from positions: each kind, and what must not change it.
@Suite struct StackGeometryTests {
    private let axial = SliceOrientation(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0))

    /// An orientation turned by some angles about the axes.
    private func oblique(_ generator: inout SeededGenerator) -> SliceOrientation {
        while true {
            let numbers = (0..<6).map { _ in Double.random(in: -1...1, using: &generator) }
            let x = SIMD3(numbers[0], numbers[1], numbers[2])
            let length = (x * x).sum().squareRoot()
            let unit = x / length
            let y = SIMD3(numbers[3], numbers[4], numbers[5])
            let upright = y - unit * (unit * y).sum()
            let height = (upright * upright).sum().squareRoot()
            if length > 0.3, height > 0.3 { return SliceOrientation(x: unit, y: upright / height) }
        }
    }

    private func positions(_ distances: [Double], _ orientation: SliceOrientation) -> [SIMD3<Double>] {
        distances.map { SIMD3(-120.5, 33.25, 700) + orientation.normal * $0 }
    }

    @Test func `a lost slice of very fine steps is not spread over the others`() {
        let geometry = StackGeometry(
            positions: positions([0, 0.006, 0.012, 0.024, 0.030], axial), orientation: axial)
        guard case .uniformWithGaps(let spacing, _, let missing) = geometry.kind else {
            Issue.record("\(geometry.kind)")
            return
        }
        #expect(abs(spacing - 0.006) < 1e-9 && missing == [3])
    }

    @Test(arguments: [0.3, 0.625, 1.25, 5])
    func `regular slices of any orientation are uniform`(_ spacing: Double) {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let orientation = oblique(&generator)
            let places = positions((0..<30).map { spacing * Double($0) }, orientation)
            let geometry = StackGeometry(positions: places.shuffled(using: &generator), orientation: orientation)
            guard case .uniform(let found, let deviation) = geometry.kind else {
                Issue.record("\(geometry.kind)")
                continue
            }
            #expect(abs(found - spacing) < 1e-9)
            #expect(deviation < 1e-9)
            #expect(geometry.positionsMillimetres == places)
        }
    }

    @Test func `the order of the slices does not matter`() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            let distances = (0..<12).map { Double($0) * 1.25 + Double.random(in: -0.3...0.3, using: &generator) }
            let places = positions(distances, axial)
            let expected = StackGeometry(positions: places, orientation: axial)
            let found = StackGeometry(positions: places.shuffled(using: &generator), orientation: axial)
            #expect(found == expected)
        }
    }

    @Test func `turning the normal around reverses the slices and keeps the kind`() {
        var generator = SeededGenerator(seed: 2)
        for gap in [nil, 3, 7] as [Int?] {
            let indices = (0..<12).filter { $0 != gap }
            let orientation = oblique(&generator)
            let turned = SliceOrientation(x: orientation.y, y: orientation.x)
            let places = positions(indices.map { 2.5 * Double($0) }, orientation)
            let forward = StackGeometry(positions: places, orientation: orientation)
            let backward = StackGeometry(positions: places, orientation: turned)
            #expect(backward.positionsMillimetres == forward.positionsMillimetres.reversed())
            #expect(backward.missing == forward.missing.map { 11 - $0 }.reversed())
            #expect(abs((backward.spacingMillimetres ?? 0) - 2.5) < 1e-9)
        }
    }

    @Test func `jitter below the tolerance stays uniform, above it does not`() {
        var generator = SeededGenerator(seed: 3)
        for (amplitude, isUniform) in [(0.004, true), (0.0062, true), (0.1, false)] {
            // The first and the last slice carry the affine; the largest deviation is certain to occur.
            var distances = (0..<20).map {
                1.25 * Double($0) + Double.random(in: -amplitude...amplitude, using: &generator)
            }
            distances[7] = 7 * 1.25 + amplitude
            let geometry = StackGeometry(positions: positions(distances, axial), orientation: axial)
            if case .uniform(let spacing, let deviation) = geometry.kind {
                #expect(isUniform)
                #expect(abs(spacing - 1.25) < 2 * amplitude / 19 + 1e-12)
                #expect(deviation <= 2 * amplitude + 1e-12)
            } else {
                #expect(!isUniform)
            }
        }
    }

    @Test func `any interior slice that is taken away is named`() {
        for count in [4, 5, 20] {
            for removed in 1..<(count - 1) {
                let indices = (0..<count).filter { $0 != removed }
                let geometry = StackGeometry(
                    positions: positions(indices.map { 1.25 * Double($0) }, axial), orientation: axial)
                guard case .uniformWithGaps(let spacing, _, let missing) = geometry.kind else {
                    Issue.record("\(count) without \(removed): \(geometry.kind)")
                    continue
                }
                #expect(abs(spacing - 1.25) < 1e-9)
                #expect(missing == [removed])
            }
        }
    }

    @Test func `slices are missing in a sheared stack, too`() {
        let step = SIMD3<Double>(0, 0.5, 1.25)
        let indices = [0, 1, 2, 4, 5, 8, 9, 10]
        let places = indices.map { SIMD3(1, 2, 3) + step * Double($0) }
        let geometry = StackGeometry(positions: places.reversed(), orientation: axial)
        guard case .sheared(let degrees, let spacing, _, let missing) = geometry.kind else {
            Issue.record("\(geometry.kind)")
            return
        }
        // The tangent of the tilt is 0.5 / 1.25.
        #expect(abs(degrees - 21.801409486351815) < 1e-9)
        #expect(abs(spacing - 1.25) < 1e-12)
        #expect(missing == [3, 6, 7])
        #expect(geometry.stepMillimetres.map { (($0 - step) * ($0 - step)).sum() < 1e-20 } == true)
    }

    @Test func `a change of spacing is no loss of slices`() {
        let distances = (0..<10).map { 1.25 * Double($0) } + (1...10).map { 11.25 + 5 * Double($0) }
        let geometry = StackGeometry(positions: positions(distances, axial), orientation: axial)
        #expect(geometry.kind == .irregular)
        #expect(geometry.distancesMillimetres.count == 20)
        #expect(geometry.distancesMillimetres.last == 61.25)
        #expect(geometry.stepMillimetres == nil)
        let mostlyThin = (0..<30).map { 1.25 * Double($0) } + (1...4).map { 36.25 + 5 * Double($0) }
        #expect(StackGeometry(positions: positions(mostlyThin, axial), orientation: axial).kind == .irregular)
    }

    @Test func `wider gaps that follow each other are loss or a change of spacing, as the numbers say`() {
        // Every other slice from the tenth on is wider apart, at an end or between regular ones.
        let units = Array(repeating: 1, count: 10)
        let (ending, inner) = (units + [2, 2, 2], units + [2, 2, 2] + units)
        func geometry(_ gaps: [Int], _ numbers: ((Int, Int) -> Int)?) -> StackGeometry {
            let places = gaps.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
            return StackGeometry(
                positions: positions(places.map { 1.25 * Double($0) }, axial), orientation: axial,
                numbers: numbers.map { number in places.enumerated().map { number($0.offset, $0.element) } })
        }
        for gaps in [ending, inner] {
            // Slices were lost: their numbers are, too, in either direction.
            #expect(geometry(gaps) { _, place in 7 + place }.missing == [11, 13, 15])
            #expect(geometry(gaps) { _, place in 90 - 2 * place }.missing == [11, 13, 15])
            // No number is left out: the scan was made so.
            #expect(geometry(gaps) { index, _ in 7 + index }.kind == .irregular)
        }
        // Numbers that say nothing, or none: loss is what lies between regular slices.
        for numbers in [nil, { (_: Int, _: Int) in 5 }] as [((Int, Int) -> Int)?] {
            #expect(geometry(ending, numbers).kind == .irregular)
            #expect(geometry(inner, numbers).missing == [11, 13, 15])
        }
        #expect(geometry(units + [2, 2] + units, nil).missing == [11, 13])
        #expect(geometry([1, 1] + [2, 2, 2] + units, nil).kind == .irregular)
    }

    @Test func `one slice that lies beside the others makes the stack irregular`() {
        var places = positions((0..<10).map { 3 * Double($0) }, axial)
        places[4].x += 2
        #expect(StackGeometry(positions: places, orientation: axial).kind == .irregular)
    }

    @Test func `one slice has a place and no step`() {
        let geometry = StackGeometry(positions: [SIMD3(1, 2, 3)], orientation: axial)
        #expect(geometry.kind == .singleSlice)
        #expect(geometry.distancesMillimetres == [0])
        #expect(geometry.stepMillimetres == nil)
    }

    @Test func `rounded direction cosines become exact axes at right angles`() throws {
        let found = try #require(SliceOrientation(cosines: [0.999, 0.0316, 0, -0.0316, 0.999, 0.001]))
        #expect(abs((found.x * found.x).sum() - 1) < 1e-15)
        #expect(abs((found.y * found.y).sum() - 1) < 1e-15)
        #expect(abs((found.x * found.y).sum()) < 1e-15)
        #expect(SliceOrientation(cosines: [1, 0, 0, 1, 0, 0]) == nil)
        #expect(SliceOrientation(cosines: [0, 0, 0, 0, 0, 0]) == nil)
        #expect(SliceOrientation(cosines: [1, 0, 0, 0, .nan, 0]) == nil)
        #expect(SliceOrientation(cosines: [1, 0, 0]) == nil)
    }

    @Test func `the first value of a pixel spacing is the distance of the rows`() {
        let spacing = DICOMPixelSpacing(rowThenColumn: [4, 2], kind: .patient)
        #expect(spacing?.yMillimetres == 4)
        #expect(spacing?.xMillimetres == 2)
        #expect(DICOMPixelSpacing(rowThenColumn: [0, 1], kind: .patient) == nil)
        #expect(DICOMPixelSpacing(rowThenColumn: [1], kind: .patient) == nil)
    }
}
