import ImageCore
import Testing

@testable import ImageProcessing

extension FromECVL {
    private static let a = bytes([200, 3])
    private static let b = bytes([100, 5])

    static let arithmetic: [String: Call] = [
        "Add": { () throws in
            #expect(try (a + b).values == [255, 8])
            #expect((a + 1).values == [201, 4] && (1 + a).values == [201, 4])
            var sum = a
            try sum += b
            sum += 1
            #expect(sum.values == [255, 9])
            #expect(try a.adding(b, as: Int16.self).values == [300, 8])
            // Without saturation: 300 − 256.
            #expect(try a.adding(b, as: Int32.self).map { UInt8(truncatingIfNeeded: $0) }.values == [44, 8])
        },
        "Sub": { () throws in
            #expect(try (a - b).values == [100, 0])
            #expect((a - 4).values == [196, 0] && (255 - a).values == [55, 252])
            var rest = a
            try rest -= b
            rest -= 1
            #expect(rest.values == [99, 0])
            #expect(try a.subtracting(b, as: Int16.self).values == [100, -2])
        },
        "Mul": { () throws in
            #expect(try (a * a).values == [255, 9])
            #expect((a * 2).values == [255, 6] && (2 * a).values == [255, 6])
            var product = b
            try product *= b
            #expect(product.values == [255, 25])
            #expect(try a.multiplied(by: b, as: Int32.self).values == [20000, 15])
        },
        "Div": { () throws in
            // 200 / 100, 3 / 5 and 200 / 3, 3 / 3, rounded.
            #expect(try (a / b).values == [2, 1] && (a / 3).values == [67, 1])
            var quotient = a
            try quotient /= b
            #expect(quotient.values == [2, 1])
            #expect(try near(a.divided(by: b, as: Float.self), [2, 0.6], 1e-6))
            #expect(throws: ImageError.divisionByZero) { try a / 0 }
        },
        "Neg": { () throws in
            #expect((-picture([[Int16(-5), 7, .min]])).values == [5, -7, .max])
            #expect((-a).values == [0, 0] && (-a.converted(to: Int16.self)).values == [-200, -3])
            var opposite = picture([[Float(2), -0.5]])
            opposite.negate()
            #expect(opposite.values == [-2, 0.5])
        },
        "And": { () throws in
            #expect(
                try (picture([[true, true, false]]) & picture([[true, false, false]])).values == [true, false, false])
        },
        "Or": { () throws in
            #expect(
                try (picture([[true, true, false]]) | picture([[true, false, false]])).values == [true, true, false])
        },
        "SetTo": { () throws in
            var image = a
            image.fill(7)
            #expect(image.values == [7, 7])
        },
    ]

    static let values: [String: Call] = [
        "ChangeColorSpace": { () throws in
            var image = Image<UInt8>(
                axes: [.y, .x, .channel], sizes: [1, 2, 3], color: .rgb, domain: .integer(bits: 8))
            for (x, pixel) in [[255, 0, 10], [20, 30, 40]].enumerated() {
                for c in 0..<3 { image[0, x, c] = UInt8(pixel[c]) }
            }
            #expect(try image.converted(to: .bgr).values == [10, 0, 255, 40, 30, 20])
            // 0.299 · 255 + 0.114 · 10 = 77.4; 0.299 · 20 + 0.587 · 30 + 0.114 · 40 = 28.2.
            #expect(try image.converted(to: .gray).values == [77, 28])
        },
        "GammaContrast": { () throws in
            // 255 · 0.2² = 10.2; of 16 bits 65535 · (40000 / 65535)² = 24414.4.
            #expect(try bytes([0, 51, 255]).gammaCorrected(2).values == [0, 10, 255])
            var wide = picture([[UInt16(40000)]])
            wide.domain = .integer(bits: 16)
            #expect(try wide.gammaCorrected(2).values == [24414])
        },
        "Normalize": { () throws in
            #expect(try bytes([10, 20]).normalized(mean: [10], standardDeviation: [5]).values == [0, 2])
        },
        "ScaleTo": { () throws in
            #expect(try bytes([10, 20, 30]).scaled(to: 0...1, as: Float.self).values == [0, 0.5, 1])
            #expect(try bytes([10, 20, 30]).scaled(to: 100...200).values == [100, 150, 200])
        },
        "ScaleFromTo": { () throws in
            #expect(try bytes([0, 51, 255]).scaled(from: 0...255, to: 50...100).values == [50, 60, 100])
        },
        "DrawEllipse": { () throws in
            var image = Image<UInt8>(axes: [.y, .x], sizes: [10, 12], color: .gray)
            try image.drawEllipse(center: Point(x: 6, y: 5), radiusX: 4, radiusY: 2, values: [9], thickness: nil)
            // Every pixel whose center is inside, and none outside.
            for y in 0..<10 {
                for x in 0..<12 {
                    let (u, v) = ((Double(x) - 5.5) / 4, (Double(y) - 4.5) / 2)
                    let square = u * u + v * v
                    if abs(square - 1) > 0.1 { #expect(image[y, x] == (square < 1 ? 9 : 0), "\(x), \(y)") }
                }
            }
        },
        "DropColorChannel": { () throws in
            let image = a.adding(.channel, at: 2)
            #expect(image.sizes == [1, 2, 1])
            let flat = try image.droppingChannelAxis()
            #expect(flat.sizes == [1, 2] && flat.values == [200, 3])
        },
    ]
}
