import ImageCore
import ImageProcessing
import Testing

@Suite struct WindowTests {
    private static func row(_ values: [Int16]) -> Image<Int16> {
        Image(axes: [.x], sizes: [values.count]) { for i in 0..<$0.count { $0[i] = values[i] } }
    }

    @Test func `the functions of the standard`() throws {
        // The example of PS3.3 C.11.2.1.2.1: c 2048, w 4096 maps 0...4095 to the whole of the output.
        let linear = try #require(IntensityWindow(center: 2048, width: 4096))
        #expect(linear.shade(of: 0) == 0)
        #expect(linear.shade(of: 4095) == 1)
        #expect(linear.shade(of: 2047.5) == 0.5)
        // "Window Center = 0, Window Width = 1: y = ymin where x <= -0.5, otherwise ymax".
        let step = try #require(IntensityWindow(center: 0, width: 1))
        #expect([-1, -0.5, -0.4, 0, 1].map { step.shade(of: $0) } == [0, 0, 1, 1, 1])
        // "Window Center = 0, Window Width = 100: x <= -50 black, x > 49 white".
        let narrow = try #require(IntensityWindow(center: 0, width: 100))
        #expect([-50, 49, 50].map { narrow.shade(of: $0) } == [0, 1, 1])
        #expect(abs(narrow.shade(of: -49) - 1 / 99) < 1e-15)
        // LINEAR_EXACT: "Window Center = 2048, Window Width = 4096: y = x / 4096".
        let exact = try #require(IntensityWindow(center: 2048, width: 4096, function: .linearExact))
        #expect(exact.shade(of: 1024) == 0.25)
        #expect(exact.shade(of: 4096) == 1)
        let sigmoid = try #require(IntensityWindow(center: 40, width: 400, function: .sigmoid))
        #expect(sigmoid.shade(of: 40) == 0.5)
        #expect(abs(sigmoid.shade(of: 140) - 0.7310585786300049) < 1e-15)
        for function in [WindowFunction.linear, .linearExact, .sigmoid] {
            #expect(IntensityWindow(center: 0, width: 2, function: function)?.shade(of: .nan) == 0)
        }
    }

    @Test func `signed values become the bytes that pydicom gives`() throws {
        // pydicom 3.0.2: apply_windowing with center -600, width 1500, scaled to 0...255.
        let values: [Int16] = [-32768, -1350, -1349, -1000, -601, -600, -599, 0, 148, 149, 150, 32767]
        let shades = try Self.row(values).windowed(center: -600, width: 1500)
        let expected = values.map { value -> UInt8 in
            let x = Double(value)
            if x <= -600.5 - 749.5 { return 0 }
            if x > -600.5 + 749.5 { return 255 }
            return UInt8((((x + 600.5) / 1499 + 0.5) * 255).rounded())
        }
        #expect(shades.values == expected)
        #expect(shades.values == [0, 0, 0, 60, 127, 128, 128, 230, 255, 255, 255, 255])
        #expect(shades.domain == .integer(bits: 8))
        #expect(shades.color == .gray)
    }

    @Test func `a large image has the shades of a small one`() throws {
        let window = WindowPreset.mediastinum.window
        let large = Image<Int16>.randomVolume(depth: 2, height: 257, width: 260, in: .min ... .max, seed: 3)
        let shades = large.windowed(window)
        let small = large.cropped(.z, to: 0..<1).cropped(.y, to: 0..<20)
        #expect(shades.cropped(.z, to: 0..<1).cropped(.y, to: 0..<20).values == small.windowed(window).values)
        #expect(shades.values == large.converted(to: Double.self).windowed(window).values)
    }

    @Test func `other targets`() throws {
        let window = try #require(IntensityWindow(center: 50, width: 100, function: .linearExact))
        let row = Self.row([-10, 0, 25, 100])
        #expect(row.windowed(window, as: UInt16.self).values == [0, 0, 16384, 65535])
        #expect(row.windowed(window, as: Float.self).values == [0, 0, 0.25, 1])
        #expect(AnyImage.int16(row).windowed(window).values == [0, 0, 64, 255])
    }

    @Test func `windows without a width are refused`() {
        for width in [0, -1, 0.5, .nan, .infinity] {
            #expect(throws: ImageError.self) { try Self.row([1]).windowed(center: 0, width: width) }
        }
        #expect(IntensityWindow(center: .nan, width: 1) == nil)
        #expect(IntensityWindow(center: 0, width: 0.5, function: .linearExact) != nil)
    }

    @Test func `presets`() {
        #expect(WindowPreset(rawValue: "lung")?.window == IntensityWindow(center: -600, width: 1500))
        #expect(WindowPreset.mediastinum.window == IntensityWindow(center: 50, width: 350))
        for preset in WindowPreset.allCases {
            #expect(IntensityWindow(center: preset.center, width: preset.width) == preset.window)
        }
    }

    @Test func `percentiles are NumPy's`() throws {
        // NumPy 2: percentile([-5, 3, 3, 10, 2000], [0, 10, 50, 90, 100]).
        let row = Self.row([10, 3, -5, 2000, 3])
        let counted = try row.percentiles([0, 10, 50, 90, 100])
        for (found, expected) in zip(counted, [-5, -1.8, 3, 1204, 2000]) { #expect(abs(found - expected) < 1e-9) }
        #expect(try row.converted(to: Float.self).percentiles([0, 10, 50, 90, 100]) == counted)
        let mask = Image<Bool>(axes: [.x], sizes: [5]) { for i in 0..<5 { $0[i] = i < 2 } }
        #expect(try row.percentiles([0, 50, 100], where: mask) == [3, 6.5, 10])
        #expect(try Self.row([7]).percentiles([0, 33, 100]) == [7, 7, 7])
        #expect(throws: ImageError.emptyImage) { try Self.row([]).percentiles([50]) }
        #expect(throws: ImageError.self) { try row.percentiles([101]) }
        #expect(throws: ImageError.self) { try row.percentiles([50], where: Image<Bool>(axes: [.x], sizes: [4])) }
    }
}
