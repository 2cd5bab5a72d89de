import ImageCore
import Testing

@Suite struct RescalingTests {
    @Test func `8 bits widen to 16 by 257 and come back`() throws {
        let all = row(Array(UInt8.min ... .max))
        let wide = try all.rescaled(to: UInt16.self)
        #expect(samples(wide) == (0...255).map { UInt16($0 * 257) })
        #expect(wide.domain == .integer(bits: 16))
        #expect(samples(try wide.rescaled(to: UInt8.self)) == samples(all))
    }

    @Test func `integers become fractions of white and come back`() throws {
        let all = row(Array(UInt8.min ... .max))
        let unit = try all.rescaled(to: Float.self)
        #expect(samples(unit) == (0...255).map { Float($0) / 255 })
        #expect(unit.domain == .unit)
        #expect(samples(try unit.rescaled(to: UInt8.self)) == samples(all))
    }

    @Test func `twelve bits reach white at 4095`() throws {
        let image = image([.x], [3], [0, 2048, 4095] as [UInt16], domain: .integer(bits: 12))
        #expect(samples(try image.rescaled(to: UInt8.self)) == [0, 128, 255])
    }

    @Test func `a stated range has its ends as black and white`() throws {
        let image = image([.x], [4], [-10, 0, 10, 30] as [Int16], domain: .range(-10...10))
        #expect(samples(try image.rescaled(to: Float.self)) == [0, 0.5, 1, 2])
        #expect(samples(try image.rescaled(to: UInt8.self)) == [0, 128, 255, 255])
    }

    @Test(arguments: [ValueDomain.hounsfield, .labels, .unspecified])
    func `numbers without black and white are refused`(domain: ValueDomain) {
        let image = image([.x], [1], [5] as [Int16], domain: domain)
        #expect(throws: ImageError.self) { try image.rescaled(to: UInt8.self) }
    }

    @Test func `a modality transform rounds and clamps`() {
        let stored = row([0, 1000, 4095] as [UInt16])
        #expect(samples(stored.linear(slope: 1, intercept: -1024, as: Int16.self)) == [-1024, -24, 3071])
        #expect(samples(stored.linear(slope: 0.5, intercept: 0.25, as: UInt8.self)) == [0, 255, 255])
    }
}
