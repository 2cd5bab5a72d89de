import TestSupport
import Testing

@testable import Formats

/// Numbers in text, against the standard library's reading of the same text.
@Suite struct DICOMNumberTests {
    private static func number(_ text: String) -> DICOMNumber { DICOMNumber(Array(text.utf8).span) }

    @Test func `decimals are the nearest doubles`() {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<20_000 {
            let digits = (0..<Int.random(in: 1...18, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
            var text = digits.map(String.init).joined()
            let point = text.index(text.startIndex, offsetBy: Int.random(in: 0...digits.count, using: &random))
            text.insert(".", at: point)
            text = ["", "-", "+"][Int.random(in: 0...2, using: &random)] + text
            #expect(Self.number(text).double.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }

    @Test(arguments: ["0", "7", "-12", "+3", "2147483648", "123456789012345", "1234567890123456789"])
    func `whole numbers stay whole`(text: String) {
        guard case .whole(let value) = Self.number(text) else {
            Issue.record("\(text) is no whole number")
            return
        }
        #expect(value == Int(text))
    }

    @Test(arguments: ["", "-", ".", "1.2.3", "1,5", "--1", "12a", "+-2", "0x10", "-0X1p4", "inf", "nan", "1_0"])
    func `what is no number is none`(text: String) { #expect(Self.number(text).double.isNaN) }

    @Test func `zero keeps its sign and exponents count`() {
        #expect(Self.number("-0.0").double.sign == .minus)
        #expect(Self.number("1.5e2").double == 150 && Self.number("-2E-1").double == -0.2)
    }
}
