import ImageCore
import Testing

@testable import ImageProcessing

extension FromECVL {
    static let filters: [String: Call] = [
        "Filter2D": { () throws in
            // 1 · 1 + 2 · 10 + 3 · 100, not mirrored; 8 bits hold 255.
            let image = bytes([1, 10, 100])
            let kernel = try FilterKernel([[1, 2, 3]])
            #expect(try image.correlated(with: kernel, border: .replicate, as: Int16.self).values == [33, 321, 510])
            #expect(try image.correlated(with: kernel, border: .constant(0)).values == [32, 255, 210])
        },
        "SeparableFilter2D": { () throws in
            let image = bytes([1, 2, 3], [4, 5, 6], [7, 8, 9])
            // Rows: 1 · x₀ + 2 · x₁ + 1 · x₂; columns: the difference of the rows around.
            #expect(try image.correlated(rows: [1, 2, 1], columns: [-1, 0, 1])[1, 1] == 24)
            let lines: [(axis: Axis, weights: [Double])] = [(.y, [0, 0, 1])]
            #expect(try image.correlated(along: lines, border: .replicate).values == [4, 5, 6, 7, 8, 9, 7, 8, 9])
        },
        "GaussianBlur": { () throws in
            let image = picture([[Float(0), 0, 100, 0, 0]])
            // exp(−½) = 0.60653: weights of 0.27407, 0.45186, 0.27407.
            let wanted = [0, 27.4069, 45.1863, 27.4069, 0]
            #expect(try near(image.gaussianBlurred(width: 3, height: 1, sigmaX: 1), wanted, 1e-3))
            #expect(try near(image.gaussianBlurred(sigma: 1, along: [.x], reach: 1), wanted, 1e-3))
            #expect(try bytes([255, 255, 255]).gaussianBlurred(sigma: 0.5).values == [255, 255, 255])
        },
        "Morphology": { () throws in
            let image = bytes([0, 0, 0, 0], [0, 7, 0, 0], [0, 0, 0, 0])
            let element = try FlatElement.rectangle(width: 3, height: 1)
            #expect(try image.morphology(.dilate, by: element).values == [0, 0, 0, 0, 7, 7, 7, 0, 0, 0, 0, 0])
            #expect(try image.morphology(.open, by: element).values.allSatisfy { $0 == 0 })
            let full = bytes([5, 5, 5])
            #expect(try full.morphology(.erode, by: element).values == [5, 5, 5])
            #expect(try full.morphology(.erode, by: element, border: .extended(.constant(0))).values == [0, 5, 0])
            // Something here, nothing at the left.
            let left = try FlatElement([[true, false, false]])
            let here = try FlatElement([[false, true, false]])
            let starts = try picture([[false, true, true, false, true]]).hitOrMiss(here, miss: left)
            #expect(starts.values == [false, true, false, false, true])
        },
        "Inpaint": { () throws in
            var (hair, image) = (
                picture([[Bool]](repeating: [Bool](repeating: false, count: 9), count: 7)),
                Image<UInt8>(axes: [.y, .x], sizes: [7, 9], repeating: 90)
            )
            for y in 0..<7 { (hair[y, 4], image[y, 4]) = (true, 3) }
            #expect(try image.inpainted(hair).values.allSatisfy { $0 == 90 })
        },
        "SliceTimingCorrection": { () throws in
            // A signal that rises by 10 in each repetition: a slice taken a quarter of one late shows 2.5 too much.
            var series = Image<Float>(axes: [.time, .z, .y, .x], sizes: [40, 2, 1, 1])
            for t in 0..<40 { for z in 0..<2 { series[t, z, 0, 0] = 10 * (Float(t) + 0.25 + 0.5 * Float(z)) } }
            let found = try series.sliceTimesCorrected(order: .ascending, reference: 0.5)
            for z in 0..<2 { #expect(abs(found[20, z, 0, 0] - 205) < 0.5) }
        },
    ]

    private static let flat = Image<Float>(axes: [.y, .x], sizes: [200, 200], repeating: 100)
    private static let pixels = Image<UInt8>(
        axes: [.y, .x, .channel], sizes: [100, 100, 3], repeating: 90, color: .rgb, domain: .integer(bits: 8))

    static let noise: [String: Call] = [
        "AdditiveLaplaceNoise": { () throws in
            let found = spread(try flat.addingLaplaceNoise(deviation: 9, key: 1))
            // Of 40,000 numbers of variance 81 and kurtosis 6.
            #expect(abs(found.mean - 100) < 0.2 && abs(found.variance - 81) < 4)
            #expect(try flat.addingLaplaceNoise(deviation: 0, key: 1).values == flat.values)
        },
        "AdditivePoissonNoise": { () throws in
            let found = try Image<UInt16>(axes: [.y, .x], sizes: [200, 200], repeating: 50)
                .addingPoissonCounts(mean: 7, step: 2, key: 1)
            // 50 + 2 · 7, and a variance of 4 · 7.
            #expect(abs(spread(found).mean - 64) < 0.11 && abs(spread(found).variance - 28) < 1)
            #expect(found.values.allSatisfy { $0 >= 50 && $0 % 2 == 0 })
            #expect(try bytes([250, 251]).addingPoissonCounts(mean: 900, key: 1).values == [255, 255])
            #expect(throws: ImageError.self) { try flat.addingPoissonCounts(mean: -1, key: 1) }
        },
        "Salt": { () throws in
            let found = try pixels.addingSaltAndPepper(amount: 0.2, saltShare: 1, salt: 255, pepper: 0, key: 1)
            #expect(Set(found.values) == [90, 255])
            #expect(abs(found.values.filter { $0 == 255 }.count - 6000) < 500)
        },
        "Pepper": { () throws in
            let found = try pixels.addingSaltAndPepper(amount: 0.2, saltShare: 0, salt: 255, pepper: 0, key: 1)
            #expect(Set(found.values) == [90, 0])
        },
        "SaltAndPepper": { () throws in
            let found = try pixels.addingSaltAndPepper(amount: 0.2, salt: 255, pepper: 0, key: 1)
            func isGray(_ image: Image<UInt8>, _ y: Int, _ x: Int) -> Bool {
                image[y, x, 0] == image[y, x, 1] && image[y, x, 0] == image[y, x, 2]
            }
            #expect((0..<10_000).allSatisfy { isGray(found, $0 / 100, $0 % 100) })
            let colored = try pixels.addingSaltAndPepper(amount: 0.2, salt: 255, pepper: 0, perChannel: true, key: 1)
            // Of three samples with chances of 0.8, 0.1 and 0.1, all are alike in 0.514 of pixels.
            let gray = (0..<10_000).filter { isGray(colored, $0 / 100, $0 % 100) }.count
            #expect(abs(gray - 5140) < 200)
            #expect(abs(colored.values.filter { $0 != 90 }.count - 6000) < 300)
        },
    ]
}
