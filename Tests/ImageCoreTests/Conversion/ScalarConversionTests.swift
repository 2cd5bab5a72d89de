import ImageCore
import TestSupport
import Testing

@Suite struct ScalarConversionTests {
    @Test func `floating point is rounded half away from zero and clamped`() {
        let values: [Double] = [
            254.9, 254.5, 0.5, 1.5, -0.5, -1.5, 0.499_999_999_999_999_94, 255.5, 1e300, -1e300, -0.0,
        ]
        let image = row(values)
        #expect(samples(image.converted(to: UInt8.self)) == [255, 255, 1, 2, 0, 0, 0, 255, 255, 0, 0])
        #expect(samples(image.converted(to: Int8.self)) == [127, 127, 1, 2, -1, -2, 0, 127, 127, -128, 0])
        #expect(samples(image.converted(to: Int32.self)) == [255, 255, 1, 2, -1, -2, 0, 256, .max, .min, 0])
        #expect(samples(image.converted(to: Int64.self)) == [255, 255, 1, 2, -1, -2, 0, 256, .max, .min, 0])
        let single = row([0.499_999_97, 8_388_609, -32768.5, 65535.5, 65534.5] as [Float])
        #expect(samples(single.converted(to: UInt16.self)) == [0, 65535, 0, 65535, 65535])
        #expect(samples(single.converted(to: Int16.self)) == [0, 32767, -32768, 32767, 32767])
    }

    @Test func `NaN is 0 and infinities are the ends of the range`() {
        expectSpecialValues(Float16.self)
        expectSpecialValues(Float.self)
        expectSpecialValues(Double.self)
    }

    private func expectSpecialValues<Source: NumericScalar & BinaryFloatingPoint>(_ type: Source.Type) {
        let image = row([Source.nan, .infinity, -.infinity])
        #expect(samples(image.converted(to: UInt8.self)) == [0, 255, 0])
        #expect(samples(image.converted(to: Int16.self)) == [0, .max, .min])
        #expect(samples(image.converted(to: UInt32.self)) == [0, .max, 0])
        #expect(samples(image.converted(to: Int64.self)) == [0, .max, .min])
        #expect(samples(image.converted(to: UInt64.self)) == [0, .max, 0])
        #expect(samples(image.converted(to: Bool.self)) == [false, true, true])
        let kept = samples(image.converted(to: Float.self))
        #expect(kept[0].isNaN && kept[1] == .infinity && kept[2] == -.infinity)
    }

    @Test func `floating point keeps its sign of zero and stays finite`() {
        let image = row([-0.0, 1e308, -1e308, 70_000] as [Double])
        let single = samples(image.converted(to: Float.self))
        #expect(single[0].sign == .minus && single[0] == 0)
        #expect(single[1] == .greatestFiniteMagnitude && single[2] == -.greatestFiniteMagnitude)
        #expect(samples(image.converted(to: Float16.self))[3] == .greatestFiniteMagnitude)
        #expect(samples(row([70_000] as [UInt32]).converted(to: Float16.self)) == [65504])
    }

    @Test func `integers beyond 2^53 stay exact between integers`() {
        let big = row([Int64.max, Int64.min, (1 << 53) + 1, -1])
        #expect(samples(big.converted(to: UInt64.self)) == [UInt64(Int64.max), 0, (1 << 53) + 1, 0])
        let unsigned = row([UInt64.max, (1 << 63) + 1, (1 << 53) + 1, 0])
        #expect(samples(unsigned.converted(to: Int64.self)) == [.max, .max, (1 << 53) + 1, 0])
        #expect(samples(unsigned.converted(to: Int32.self)) == [.max, .max, .max, 0])
        #expect(samples(row([9_223_372_036_854_775_807.0]).converted(to: Int64.self)) == [.max])
        #expect(samples(row([9_223_372_036_854_774_784.0]).converted(to: Int64.self)) == [9_223_372_036_854_774_784])
    }

    @Test func `integers convert to integers as clamping does`() {
        expectClamping(from: Int8.self)
        expectClamping(from: Int16.self)
        expectClamping(from: Int32.self)
        expectClamping(from: Int64.self)
        expectClamping(from: UInt8.self)
        expectClamping(from: UInt16.self)
        expectClamping(from: UInt32.self)
        expectClamping(from: UInt64.self)
    }

    private func expectClamping<Source: NumericScalar & FixedWidthInteger>(from source: Source.Type) {
        expectClamping(from: source, to: Int8.self)
        expectClamping(from: source, to: Int16.self)
        expectClamping(from: source, to: Int32.self)
        expectClamping(from: source, to: Int64.self)
        expectClamping(from: source, to: UInt8.self)
        expectClamping(from: source, to: UInt16.self)
        expectClamping(from: source, to: UInt32.self)
        expectClamping(from: source, to: UInt64.self)
    }

    private func expectClamping<Source: NumericScalar & FixedWidthInteger, Target: NumericScalar & FixedWidthInteger>(
        from source: Source.Type, to target: Target.Type
    ) {
        var generator = SeededGenerator(seed: 5)
        let drawn = (0..<20).map { _ in
            Source.random(in: .min ... .max, using: &generator) >> Source.random(in: 0..<8, using: &generator)
        }
        let values = [Source.min, .max, 0, 1, 127] + drawn
        #expect(samples(row(values).converted(to: target)) == values.map { Target(clamping: $0) })
    }

    @Test func `every 16-bit float rounds as its exact value does`() {
        let bits = (UInt16.min ... .max).filter { !Float16(bitPattern: $0).isNaN }
        let values = bits.map { Float16(bitPattern: $0) }
        let expected = values.map { value -> Int16 in
            let rounded = Double(value).rounded(.toNearestOrAwayFromZero)
            return Int16(max(-32768, min(32767, rounded)))
        }
        #expect(values.map { Int16(converting: $0) } == expected)
    }

    @Test func `doubles round as the library function does`() {
        var generator = SeededGenerator(seed: 9)
        let values = (0..<3000).map { i -> Double in
            let whole = Double(Int64.random(in: -5_000_000_000...5_000_000_000, using: &generator))
            return whole * [1, 0.5, 0.25, 1e-3, 1e-6][i % 5]
        }
        for value in values {
            let rounded = value.rounded(.toNearestOrAwayFromZero)
            #expect(Int32(saturating: value) == Int32(max(-2_147_483_648, min(2_147_483_647, rounded))))
            #expect(UInt32(saturating: value) == UInt32(max(0, min(4_294_967_295, rounded))))
        }
    }

    @Test func `masks become 0 and 1 and numbers become masks`() {
        let mask = row([true, false])
        #expect(samples(mask.converted(to: UInt8.self)) == [1, 0])
        #expect(samples(mask.converted(to: Float.self)) == [1, 0])
        #expect(samples(row([0, 3, -1] as [Int16]).converted(to: Bool.self)) == [false, true, true])
        #expect(samples(row([0.0, 0.3, -0.0]).converted(to: Bool.self)) == [false, true, false])
    }

    @Test func `conversion keeps what the image says about itself`() {
        var picture = image([.y, .x], [1, 2], [1, 2] as [UInt16], color: .gray, domain: .integer(bits: 12))
        picture.geometry = Geometry(mppX: 1, mppY: 2)
        picture.metadata["stain"] = "HE"
        let converted = picture.converted(to: Float.self)
        #expect(converted.color == .gray && converted.domain == .integer(bits: 12))
        #expect(converted.geometry == picture.geometry && converted.metadata == picture.metadata)
    }
}
