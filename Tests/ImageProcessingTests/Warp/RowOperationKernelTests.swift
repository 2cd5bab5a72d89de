import ImageCore
import ImageProcessing
import TestSupport
import Testing

@Suite struct RowOperationKernelTests {
    private func render(
        _ image: AnyImage, _ operations: [RowOperation], kind: ScalarKind, axes: [Axis], _ level: KernelLevel
    ) throws -> AnyImage {
        try image.rendered(
            map: nil, interpolation: .linear, border: .constant(0), operations: operations, kind: kind, axes: axes,
            workers: 1, level: level)
    }

    private func colors(_ range: ClosedRange<Float>, seed: UInt64) -> Image<Float> {
        var generator = SeededGenerator(seed: seed)
        return Image(axes: [.y, .x, .channel], sizes: [7, 23, 3], color: .rgb) {
            for i in 0..<$0.count {
                // Whole numbers now and then: gray pixels and equal channels.
                let value = Float.random(in: range, using: &generator)
                $0[i] = i % 5 == 0 ? value.rounded() : i % 7 == 0 ? $0[max(0, i - 1)] : value
            }
        }
    }

    /// Compares every level with the meaning of the operations in `Double`.
    private func check(
        _ operations: [RowOperation], in range: ClosedRange<Float> = 0...255, tolerance: Double = 3e-4
    ) throws {
        let image = colors(range, seed: 1)
        let values = image.values
        for level in KernelLevel.supported {
            let result = try render(.float32(image), operations, kind: .float32, axes: image.axes, level)
            guard case .float32(let floats) = result else { throw WarpTestError.wrongType }
            let found = floats.values
            for i in stride(from: 0, to: values.count, by: 3) {
                var pixel = values[i..<i + 3].map(Double.init)
                for operation in operations { pixel = operation.applied(to: pixel) }
                for c in 0..<3 {
                    let error = abs(Double(found[i + c]) - pixel[c])
                    #expect(error < tolerance, "\(level) \(values[i..<i + 3]) \(found[i + c]) \(pixel[c])")
                }
            }
        }
    }

    @Test func `operations of every kind`() throws {
        let rows = [SIMD4(1.1, 0.1, -0.1, 3), SIMD4(0, 0.9, 0.1, -2), SIMD4(0.05, 0.05, 0.9, 1)]
        try check([.linear(scale: [1.5], bias: [-20])])
        try check([.linear(scale: [1.5, 0.5, 1], bias: [-20, 3, 4])], in: -1000...3000, tolerance: 1e-3)
        try check([.matrix(rows)])
        for exponent in [0.4, 1, 2.2, 0] { try check([.gamma(exponent: exponent, black: 0, white: 255)]) }
        try check([.gamma(exponent: 0.7, black: 20, white: 200)])
        for (hue, saturation, value) in [(20.0, 1.2, 0.9), (-175, 0.3, 1.4), (725, 0, 1), (0, 1, 1)] {
            try check([.hsv(hueDegrees: hue, saturation: saturation, value: value, white: 255)], tolerance: 1e-3)
        }
        let stain = [SIMD4(1.1, 0.02, -0.03, 0.01), SIMD4(0.03, 0.95, 0.01, -0.01), SIMD4(0, 0.02, 1.05, 0.02)]
        try check([.opticalDensity(stain, white: 255, floor: 1)], tolerance: 1e-3)
        let tables: [[Float]] = (0..<3).map { c in (0..<19).map { Float(($0 * (c + 3)) % 11) } }
        try check([.table(tables, lower: 10, upper: 240)])
        try check([.table([tables[0]], lower: -10, upper: 300)])
        try check([.table([[5]], lower: 0, upper: 1)])
        try check([.limits(lower: [20], upper: [100, 110, 120])])
        try check([.matrix(rows), .limits(lower: [0], upper: [255]), .gamma(exponent: 1.3, black: 0, white: 255)])
    }

    @Test func `operations that do not fit the channels are refused`() {
        let gray = AnyImage.float32(Image(axes: [.y, .x], sizes: [3, 3]))
        let wrong: [RowOperation] = [
            .matrix([.zero, .zero, .zero]), .linear(scale: [1, 2], bias: [0]), .table([], lower: 0, upper: 1),
            .hsv(hueDegrees: 0, saturation: 1, value: 1, white: 1), .table([[1], [1, 2]], lower: 0, upper: 1),
        ]
        for operation in wrong {
            #expect(throws: ImageError.self) {
                try render(gray, [operation], kind: .float32, axes: [.y, .x], .baseline)
            }
        }
    }

    /// Numbers around every edge of the types.
    private var edges: Image<Float> {
        var values: [Float] = [
            0, -0.0, 0.49999997, 0.5, -0.5, 1.5, 2.5, -2.5, 126.5, 127.4, -128.5, -129, 254.5, 255.5, 256,
        ]
        values += [65534.5, 65535.5, 32767.5, -32768.5, 1e6, -1e6, 8388607.5, 2147483648, -2147483648, 2147483520]
        values += [
            4294967296, 4294967040, 9.223372e18, -9.223372e18, 1.8446744e19, 1e30, -1e30, .nan, .infinity, -.infinity,
        ]
        values += [65504, 65519, 65520, 1e-8, 6e-8, 3e-5, -3e-5, 6.1e-5, 0.1, 1.0009766, 1.0004883, 1.0014648]
        return Image(axes: [.y, .x], sizes: [1, values.count]) { for i in 0..<values.count { $0[i] = values[i] } }
    }

    private func check<Scalar: NumericScalar>(conversionTo type: Scalar.Type) throws {
        let expected: Image<Scalar> = edges.converted()
        for level in KernelLevel.supported {
            for repeats in [1, 3] {
                let wide = try AnyImage(edges).rendered(
                    map: nil, interpolation: .nearest, border: .wrap, operations: [.linear(scale: [1], bias: [0])],
                    kind: Scalar.kind, axes: repeats == 1 ? [.y, .x] : [.y, .x, .channel], workers: 1, level: level)
                let found = wide.accept(Values<Scalar>())
                for (i, value) in expected.values.enumerated() {
                    let isSame = found[i] == value || (found[i] != found[i] && value != value)
                    #expect(isSame, "\(Scalar.kind) \(level) \(edges.values[i]): \(found[i]), expected \(value)")
                }
                // And back: what was stored is loaded.
                let back = try wide.rendered(
                    map: nil, interpolation: .nearest, border: .wrap, operations: [], kind: .float32, axes: [.y, .x],
                    workers: 1, level: level)
                let floats = expected.converted(to: Float.self)
                for (one, two) in zip(back.accept(Values<Float>()), floats.values) {
                    #expect(one == two || (one != one && two != two), "\(Scalar.kind) \(level)")
                }
            }
        }
    }

    @Test func `every type is stored and loaded as conversions say`() throws {
        try check(conversionTo: UInt8.self)
        try check(conversionTo: Int8.self)
        try check(conversionTo: UInt16.self)
        try check(conversionTo: Int16.self)
        try check(conversionTo: UInt32.self)
        try check(conversionTo: Int32.self)
        try check(conversionTo: UInt64.self)
        try check(conversionTo: Int64.self)
        try check(conversionTo: Float16.self)
        try check(conversionTo: Float.self)
        try check(conversionTo: Double.self)
    }

    @Test(arguments: 1...4) func `interleaved bytes are rounded, limited, and 0 for what is no number`(
        channels: Int
    ) throws {
        let numbers = edges.values + (0..<520).map { Float($0) / 2 - 2.25 } + (0..<260).map { Float($0) - 0.5 }
        // Rows of whole vectors and of less; each channel has the numbers in another order.
        for width in [3, 16, 37, 203] {
            let height = (numbers.count + width - 1) / width
            let planes = Image<Float>(axes: [.channel, .y, .x], sizes: [channels, height, width]) {
                for i in 0..<$0.count { $0[i] = numbers[(i * 7 + i / (width * height) * 31) % numbers.count] }
            }
            let values = planes.values
            for level in KernelLevel.supported {
                let bytes = try render(.float32(planes), [], kind: .uint8, axes: [.y, .x, .channel], level)
                    .accept(Values<UInt8>())
                for i in bytes.indices {
                    let value = values[i % channels * width * height + i / channels]
                    let expected =
                        value.isNaN ? 0 : UInt8(min(max(value.rounded(.toNearestOrAwayFromZero), 0), 255))
                    #expect(bytes[i] == expected, "\(level), \(width) wide: \(value)")
                }
            }
        }
    }

    @Test func `axes come in any order, interleaved bytes too`() throws {
        let color: Image<UInt8> = randomImage([.y, .x, .channel], [5, 37, 3], seed: 2)
        for level in KernelLevel.supported {
            let planar = try render(AnyImage(color), [], kind: .float32, axes: [.channel, .y, .x], level)
            let expected = try color.rearranged(to: [.channel, .y, .x]).converted(to: Float.self)
            #expect(planar.accept(Values<Float>()) == expected.values)
            let back = try render(planar, [], kind: .uint8, axes: [.y, .x, .channel], level)
            #expect(back.accept(Values<UInt8>()) == color.values)
            let odd = try render(planar, [], kind: .int16, axes: [.x, .channel, .y], level)
            #expect(odd.accept(Values<UInt8>()) == (try color.rearranged(to: [.x, .channel, .y])).values)
        }
        #expect(throws: ImageError.self) {
            try render(AnyImage(color), [], kind: .uint8, axes: [.y, .x], .baseline)
        }
    }
}

/// The samples of any image as one type.
private struct Values<Scalar: NumericScalar>: ImageVisitor {
    func visit<Source: ImageScalar>(_ image: Image<Source>) -> [Scalar] { image.converted(to: Scalar.self).values }
}
