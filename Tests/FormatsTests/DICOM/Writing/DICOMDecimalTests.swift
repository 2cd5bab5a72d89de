import Formats
import TestSupport
import Testing

struct DICOMDecimalTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-1024.0, "-1024"), (0.1, "0.1"), (1.0 / 3, "0.33333333333333"),
        (-1.0 / 3, "-0.3333333333333"), (123456.789, "123456.789"), (1e-9, "1e-9"), (-1.5e300, "-1.5e300"),
        (2.0 / 3 * 1e-7, "6.66666666667e-8"), (0.999999999999999999, "1"), (99999999.99999999, "99999999.9999999"),
        (999999999999999.9, "999999999999999"),
    ])
    func `numbers become the nearest text of 16 characters`(value: Double, text: String) {
        let found = DICOMDecimal.text(value)
        #expect(found.count <= 16)
        #expect(abs((Double(found) ?? .nan) - value) <= abs((Double(text) ?? .nan) - value))
        if value != 99999999.99999999, value != 999999999999999.9 { #expect(found == text) }
    }

    @Test func `random numbers keep ten digits, and whole and short ones all`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<20_000 {
            let exponent = Double(Int.random(in: -30...30, using: &generator))
            let value = Double.random(in: -10...10, using: &generator) * Self.power(exponent)
            let text = DICOMDecimal.text(value)
            #expect(text.count <= 16)
            // Sign, point, and an exponent as e-30 leave ten digits.
            #expect(abs(DICOMDecimal.value(value) - value) <= abs(value) * 1e-9)
            let short = (value * 100).rounded() / 100
            if abs(short) < 1e10 { #expect(DICOMDecimal.value(short) == short) }
        }
    }

    private static func power(_ exponent: Double) -> Double {
        var result = 1.0
        for _ in 0..<Int(abs(exponent)) { result *= 10 }
        return exponent < 0 ? 1 / result : result
    }
}
