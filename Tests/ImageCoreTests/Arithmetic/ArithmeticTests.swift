import ImageCore
import TestSupport
import Testing

@Suite struct ArithmeticTests {
    @Test(arguments: seeds)
    func `views of any strides and orders calculate as index loops do`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<Int16>(using: &generator) { Int16.random(in: .min ... .max, using: &$0) }
        let other = view.partner(using: &generator) { Int16.random(in: 1 ... .max, using: &$0) }
        let (a, b) = (view.naive.samples, samples(other.permuted(to: view.image.axes)))
        #expect(try samples(view.image + other) == zip(a, b).map { $0.saturatingAdding($1) })
        #expect(try samples(view.image - other) == zip(a, b).map { $0.saturatingSubtracting($1) })
        #expect(try samples(view.image * other) == zip(a, b).map { $0.saturatingMultiplied(by: $1) })
        #expect(try samples(view.image / other) == zip(a, b).map { $0.saturatingDivided(by: $1) })
        #expect(samples(view.image + 7) == a.map { $0.saturatingAdding(7) })
        #expect(samples(-view.image) == a.map { $0.saturatingNegated() })
        var inPlace = view.image
        try inPlace += other
        #expect(samples(inPlace) == zip(a, b).map { $0.saturatingAdding($1) })
        #expect(samples(view.image) == a)
        try inPlace -= inPlace.flipped(inPlace.axes[0])
        #expect(samples(view.image) == a)
    }

    @Test(arguments: seeds)
    func `in place on a view that owns its memory changes only what the view shows`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var view = RandomView<UInt8>(using: &generator) { UInt8.random(in: 0...255, using: &$0) }
        let other = view.partner(using: &generator) { UInt8.random(in: 1...255, using: &$0) }
        let (a, b) = (view.naive.samples, samples(other.permuted(to: view.image.axes)))
        try view.image *= other
        #expect(samples(view.image) == zip(a, b).map { $0.saturatingMultiplied(by: $1) })
        view.image -= 100
        try view.image /= other
        view.image.negate()
        #expect(view.image.count { $0 != 0 } == 0)
    }

    @Test func `products of 8 bits saturate instead of turning negative`() throws {
        let bright = row([200, 15] as [UInt8])
        #expect(try samples(bright * bright) == [255, 225])
        #expect(try samples(bright.multiplied(by: bright, as: Int32.self)) == [40000, 225])
        #expect(try samples(bright.multiplied(by: bright, as: Int16.self)) == [.max, 225])
    }

    @Test func `the second operand may be the destination`() throws {
        let (ten, three) = (row([10] as [Int32]), row([3] as [Int32]))
        var result = three
        result = try ten + result
        #expect(samples(result) == [13])
        var same = ten
        try same += same
        #expect(samples(same) == [20])
        #expect(samples(ten) == [10])
    }

    @Test func `shapes that differ are refused and nothing is read`() {
        var large = Image<UInt8>(axes: [.y, .x, .channel], sizes: [40, 40, 3])
        let small = Image<UInt8>(axes: [.y, .x, .channel], sizes: [2, 2, 1])
        let error = ImageError.shapeMismatch(expected: [40, 40, 3], found: [2, 2, 1])
        #expect(throws: error) { try large + small }
        #expect(throws: error) { try large += small }
        #expect(throws: ImageError.self) { try small.absoluteDifference(from: large) }
        #expect(throws: ImageError.self) { try large * Image<UInt8>(axes: [.y, .x], sizes: [40, 40]) }
        #expect(throws: ImageError.self) { try large - Image<UInt8>(axes: [.z, .x, .channel], sizes: [40, 40, 3]) }
    }

    @Test func `an integer division by zero is refused and changes nothing`() throws {
        var numbers = row([6, -7, 9] as [Int32])
        let divisor = row([2, 0, 3] as [Int32])
        #expect(throws: ImageError.divisionByZero) { try numbers / divisor }
        #expect(throws: ImageError.divisionByZero) { try numbers /= divisor }
        #expect(throws: ImageError.divisionByZero) { try numbers / 0 }
        #expect(throws: ImageError.divisionByZero) { try 1 / divisor }
        #expect(throws: ImageError.divisionByZero) { try numbers.divided(by: divisor, as: Int64.self) }
        #expect(samples(numbers) == [6, -7, 9])
        #expect(try samples(numbers / 2) == [3, -4, 5])
        #expect(try samples(numbers.divided(by: divisor, as: Double.self)) == [3, -.infinity, 3])
    }

    @Test func `floating point divides by zero as IEEE 754 says`() throws {
        let numbers = row([1, -1, 0] as [Float])
        let quotient = try samples(numbers / 0)
        #expect(quotient[0] == .infinity && quotient[1] == -.infinity && quotient[2].isNaN)
    }

    @Test func `the smallest integer divided by minus one saturates`() throws {
        #expect(try samples(row([Int8.min]) / -1) == [127])
        #expect(try samples(row([Int64.min]) / row([-1])) == [.max])
        #expect(samples(-row([Int16.min])) == [.max])
        #expect(samples(-row([5] as [UInt8])) == [0])
    }

    @Test func `widening keeps the sign and fractions and refuses a narrower scalar`() throws {
        let (dark, bright) = (row([10] as [UInt8]), row([20] as [UInt8]))
        #expect(try samples(dark.subtracting(bright, as: Int16.self)) == [-10])
        #expect(try samples(dark.adding(bright, as: UInt64.self)) == [30])
        #expect(try samples(dark.divided(by: bright, as: Float.self)) == [0.5])
        #expect(throws: ImageError.self) { try dark.adding(bright, as: Int8.self) }
    }

    @Test func `numbers stand on either side`() throws {
        let image = row([1, 2, 250] as [UInt8])
        #expect(samples(255 - image) == [254, 253, 5])
        #expect(samples(10 + image) == [11, 12, 255])
        #expect(samples(2 * image) == [2, 4, 255])
        #expect(samples(image - 2) == [0, 0, 248])
        #expect(try samples(100 / image) == [100, 50, 0])
        #expect(try samples(image.absoluteDifference(from: 255 - image)) == [253, 251, 245])
    }

    @Test func `the result says what the first image says`() throws {
        var first = image([.y, .x], [1, 1], [1] as [UInt8], color: .gray, domain: .integer(bits: 8))
        first.geometry = Geometry(mppX: 1, mppY: 1)
        first.metadata["a"] = "b"
        let second = image([.x, .y], [1, 1], [2] as [UInt8])
        let sum = try first + second
        #expect(sum == first.map { $0 + 2 })
        #expect(sum.geometry == first.geometry && sum.metadata == first.metadata && sum.color == .gray)
    }
}
