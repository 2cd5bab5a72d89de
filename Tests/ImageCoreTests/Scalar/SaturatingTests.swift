import ImageCore
import TestSupport
import Testing

/// Arithmetic of integers is compared with the same in 128 bits, clamped.
@Suite struct SaturatingTests {
    @Test func `8-bit integers saturate for every pair of values`() {
        expectSaturation(Array(UInt8.min ... .max))
        expectSaturation(Array(Int8.min ... .max))
    }

    @Test func `wider integers saturate at their ends and in between`() {
        expectSaturation(edges(Int16.self))
        expectSaturation(edges(Int32.self))
        expectSaturation(edges(Int64.self))
        expectSaturation(edges(UInt16.self))
        expectSaturation(edges(UInt32.self))
        expectSaturation(edges(UInt64.self))
    }

    /// The ends of a type, its middle, and some drawn values.
    private func edges<Integer: FixedWidthInteger & NumericScalar>(_ type: Integer.Type) -> [Integer] {
        var generator = SeededGenerator(seed: 11)
        let near: [Integer] = [.min, .min + 1, .max, .max - 1, .max / 2, 0, 1, 2, 3]
        return near + (0..<20).map { _ in Integer.random(in: .min ... .max, using: &generator) }
            + (0..<10).map { _ in Integer(Int8.random(in: 0...99, using: &generator)) }
            + (Integer.isSigned ? [~0, ~1, ~2] : [])
    }

    private func expectSaturation<Integer: FixedWidthInteger & NumericScalar>(_ values: [Integer]) {
        var failures: [String] = []
        for a in values {
            for b in values {
                let (x, y) = (Wide(a), Wide(b))
                if a.saturatingAdding(b) != clamp(x + y) { failures.append("\(a) + \(b)") }
                if a.saturatingSubtracting(b) != clamp(x - y) { failures.append("\(a) - \(b)") }
                if a.absoluteDifference(from: b) != clamp((x - y).magnitude) { failures.append("|\(a) - \(b)|") }
                if a.saturatingMultiplied(by: b) != product(x, y) { failures.append("\(a) * \(b)") }
                if b != 0, a.saturatingDivided(by: b) != clamp(roundedQuotient(x, y)) {
                    failures.append("\(a) / \(b)")
                }
            }
            if a.saturatingNegated() != clamp(-Wide(a)) { failures.append("-\(a)") }
        }
        #expect(failures.isEmpty)
    }

    private typealias Wide = Int128

    private func clamp<Integer: FixedWidthInteger>(_ value: some BinaryInteger) -> Integer { Integer(clamping: value) }

    private func product<Integer: FixedWidthInteger>(_ x: Wide, _ y: Wide) -> Integer {
        let (result, overflow) = x.multipliedReportingOverflow(by: y)
        return overflow ? ((x < 0) == (y < 0) ? .max : .min) : clamp(result)
    }

    /// Halves away from zero.
    private func roundedQuotient(_ x: Wide, _ y: Wide) -> Wide {
        let quotient = (2 * x.magnitude + y.magnitude) / (2 * y.magnitude)
        return (x < 0) == (y < 0) ? Wide(quotient) : -Wide(quotient)
    }
}
