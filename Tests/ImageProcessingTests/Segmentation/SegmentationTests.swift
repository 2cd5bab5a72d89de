import ImageCore
import ImageProcessing
import Testing

@Suite struct SegmentationTests {
    @Test func `distances are the smallest of all`() throws {
        let mask = Image<Bool>.random(width: 13, height: 9, density: 0.8, seed: 41)
        let spacing = SIMD3(0.4, 1.5, 1)
        let found = try mask.distanceTransform(spacing: spacing)
        for y in 0..<9 {
            for x in 0..<13 {
                var smallest = Double.infinity
                for j in 0..<9 {
                    for i in 0..<13 where !mask[j, i] {
                        let (dx, dy) = (Double(i - x) * spacing.x, Double(j - y) * spacing.y)
                        smallest = min(smallest, (dx * dx + dy * dy).squareRoot())
                    }
                }
                #expect(abs(Double(found[y, x]) - smallest) < 1e-6)
            }
        }
        let full = Image<Bool>(axes: [.y, .x], sizes: [2, 2], repeating: true)
        #expect(try full.distanceTransform().values.allSatisfy { $0 == .infinity })
    }

    @Test func `two discs that touch are two objects`() throws {
        var mask = Image<UInt8>(axes: [.y, .x], sizes: [30, 50])
        for x in [15.0, 33] {
            try mask.drawEllipse(center: Point(x: x, y: 15), radiusX: 10, radiusY: 10, values: [1], thickness: nil)
        }
        let labels = try mask.mask { $0 > 0 }.splittingTouchingObjects(radius: 5)
        #expect(labels[15, 15] != labels[15, 33] && labels[15, 15] > 0 && labels[15, 33] > 0)
        #expect(labels.mask { $0 > 0 }.values == mask.mask { $0 > 0 }.values)
        #expect(Set(labels.values) == [0, 1, 2])
    }

    @Test func `contours of a ring with an island are nested`() throws {
        let mask = Image<Bool>(
            drawing: """
                .......
                .#####.
                .#...#.
                .#.#.#.
                .#...#.
                .#####.
                .......
                """)
        let found = try contours(of: mask)
        #expect(found.map(\.isHole) == [false, true, false])
        #expect(found.map(\.parent) == [nil, 0, 1])
        #expect(found.map(\.pixels.count) == [16, 12, 1])
    }

    @Test func `gray morphology is the extremum under the element`() throws {
        let image = Image<UInt8>.random(width: 9, height: 8, seed: 42).converted(to: Int16.self) - 128
        let element = try FlatElement([[true, false, true], [false, true, true]], anchor: (0, 1))
        let eroded = try image.morphology(.erode, by: element)
        let dilated = try image.morphology(.dilate, by: element)
        let places = [(0, -1), (2, -1), (1, 0), (2, 0)]
        for y in 0..<8 {
            for x in 0..<9 {
                func values(_ sign: Int) -> [Int16] {
                    places.map { (x + sign * $0.0, y + sign * $0.1) }
                        .filter { (0..<9).contains($0.0) && (0..<8).contains($0.1) }.map { image[$0.1, $0.0] }
                }
                #expect(eroded[y, x] == values(1).min() ?? .max)
                #expect(dilated[y, x] == values(-1).max() ?? .min)
            }
        }
        let opened = try image.morphology(.open, by: element)
        #expect(zip(opened.values, image.values).allSatisfy { $0 <= $1 })
        #expect(try opened.morphology(.open, by: element) == opened)
        #expect(throws: ImageError.self) { try FlatElement([[false]]) }
    }

    @Test func `the largest samples come first, equal ones in order`() throws {
        let image = Image<Int32>(axes: [.y, .x], sizes: [2, 3]) {
            for (i, value) in [5, 9, 9, -1, 7, 9].enumerated() { $0[i] = Int32(value) }
        }
        #expect(try image.largestSamples(4).map(\.coordinates) == [[0, 1], [0, 2], [1, 2], [1, 1]])
        #expect(try image.largestSamples(0).isEmpty)
    }

    @Test func `a sine sampled slice by slice becomes simultaneous`() throws {
        func value(_ time: Double) -> Float { Float(100 + 10 * SegmentationTests.sine(time * 0.9)) }
        let series = Image<Float>(axes: [.time, .z, .y, .x], sizes: [60, 4, 1, 1]) {
            for i in 0..<240 { $0[i] = value(Double(i / 4) + (Double(i % 4) + 0.5) / 4) }
        }
        let corrected = try series.sliceTimesCorrected(order: .ascending, reference: 0.5)
        for time in 12..<48 {
            for z in 0..<4 { #expect(abs(corrected[[time, z, 0, 0]] - value(Double(time) + 0.5)) < 0.1) }
        }
        #expect(throws: ImageError.self) { try series.sliceTimesCorrected(order: .times([0.1])) }
    }

    /// By its series, for angles up to 60.
    private static func sine(_ x: Double) -> Double {
        let angle = x.remainder(dividingBy: 2 * .pi)
        var (term, sum) = (angle, angle)
        for i in 1..<20 {
            term *= -angle * angle / Double(2 * i * (2 * i + 1))
            sum += term
        }
        return sum
    }
}
