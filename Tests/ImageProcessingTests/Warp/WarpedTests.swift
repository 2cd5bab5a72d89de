import ImageCore
import ImageProcessing
import TestSupport
import Testing

/// An image of random samples of any type: values of 7 bits, so that `Float` and `Int8` hold them, too.
func randomImage<Scalar: NumericScalar>(_ axes: [Axis], _ sizes: [Int], seed: UInt64) -> Image<Scalar> {
    var generator = SeededGenerator(seed: seed)
    return Image(axes: axes, sizes: sizes, color: .gray) {
        for i in 0..<$0.count { $0[i] = Scalar(saturating: Double.random(in: 0..<127, using: &generator).rounded()) }
    }
}

enum WarpTestError: Error { case wrongType }

@Suite struct WarpedTests {
    static let borders: [BorderMode] = [.constant(40), .replicate, .reflect, .reflect101, .wrap]
    static let interpolations: [Interpolation] = [.nearest, .linear, .cubic, .catmullRom, .lanczos4]

    /// A turn, a scale and a shift, so that a part of the result lies outside.
    static func turn(_ size: SpatialSize, to output: SpatialSize, degrees: SIMD3<Double>) -> SpatialMap {
        let back = AffineMap.translation(size.center - output.center)
        let turn = AffineMap.rotation(degrees: degrees, about: size.center)
        let scale = AffineMap.scale(SIMD3(1.23, 0.81, size.z == 1 ? 1 : 1.1), about: size.center)
        return SpatialMap(outputSize: output, pulling: .translation(SIMD3(0.37, -0.21, 0)) * scale * turn * back)
    }

    /// Compares every level with the reference, and threads with each other.
    private func check<Scalar: NumericScalar>(
        _ image: Image<Scalar>, by map: SpatialMap, _ interpolation: Interpolation, _ border: BorderMode,
        tolerance: Double = 0.01
    ) throws {
        let expected = image.referenceWarp(by: map, interpolation, border)
        let isNearest = interpolation == .nearest
        for level in KernelLevel.supported {
            let result = try AnyImage(image).rendered(
                map: map, interpolation: interpolation, border: border, operations: [], kind: .float32,
                axes: image.axes, workers: 1, level: level)
            guard case .float32(let floats) = result else { throw WarpTestError.wrongType }
            let worst = zip(floats.values, expected).map { abs(Double($0) - $1) }
            // A center may fall to either side of an edge.
            let failures = worst.count { !($0 < tolerance) }
            #expect(
                failures <= (isNearest ? expected.count / 100 : 0),
                "\(Scalar.kind) \(image.sizes) \(interpolation) \(border) \(level): \(failures) of \(expected.count)")
        }
        let one = try image.warped(by: map, interpolation: interpolation, border: border, workers: 1)
        let three = try image.warped(by: map, interpolation: interpolation, border: border, workers: 3)
        #expect(one == three)
        let rounded = zip(one.values, expected).count { abs($0.doubleValue - Scalar(saturating: $1).doubleValue) > 1 }
        #expect(rounded <= (isNearest ? expected.count / 100 : 0))
    }

    @Test(arguments: borders) func `pictures of every border and interpolation`(_ border: BorderMode) throws {
        let size = SpatialSize(x: 37, y: 29)
        let map = Self.turn(size, to: SpatialSize(x: 41, y: 35), degrees: SIMD3(0, 0, 25))
        for interpolation in Self.interpolations {
            let gray: Image<UInt8> = randomImage([.y, .x], [29, 37], seed: 1)
            try check(gray, by: map, interpolation, border)
            let color: Image<UInt8> = randomImage([.y, .x, .channel], [29, 37, 3], seed: 2)
            try check(color, by: map, interpolation, border)
        }
    }

    @Test(arguments: borders) func `volumes of every border and interpolation`(_ border: BorderMode) throws {
        let size = SpatialSize(x: 19, y: 13, z: 11)
        let map = Self.turn(size, to: SpatialSize(x: 23, y: 12, z: 9), degrees: SIMD3(15, -20, 25))
        for interpolation in Self.interpolations where interpolation != .lanczos4 {
            let volume: Image<Int16> = randomImage([.z, .y, .x], [11, 13, 19], seed: 3)
            try check(volume, by: map, interpolation, border)
        }
    }

    private func every<Scalar: NumericScalar>(_ type: Scalar.Type) throws {
        let size = SpatialSize(x: 31, y: 17)
        let map = Self.turn(size, to: size, degrees: SIMD3(0, 0, -33))
        let gray: Image<Scalar> = randomImage([.y, .x], [17, 31], seed: 4)
        try check(gray, by: map, .linear, .reflect101)
        try check(gray, by: map, .nearest, .constant(7))
        for channels in [2, 4, 5] {
            let color: Image<Scalar> = randomImage([.y, .x, .channel], [17, 31, channels], seed: 5)
            try check(color, by: map, .linear, .constant(7))
        }
        let planar: Image<Scalar> = randomImage([.channel, .y, .x], [3, 17, 31], seed: 6)
        try check(planar, by: map, .linear, .constant(7))
        let box = SpatialSize(x: 17, y: 9, z: 7)
        let volume: Image<Scalar> = randomImage([.z, .y, .x], [7, 9, 17], seed: 7)
        try check(volume, by: Self.turn(box, to: box, degrees: SIMD3(9, 8, 7)), .linear, .constant(3))
        try check(volume, by: Self.turn(box, to: box, degrees: SIMD3(9, 8, 7)), .catmullRom, .replicate)
    }

    @Test func `samples of every type`() throws {
        try every(UInt8.self)
        try every(Int8.self)
        try every(UInt16.self)
        try every(Int16.self)
        try every(UInt32.self)
        try every(Int32.self)
        try every(UInt64.self)
        try every(Int64.self)
        try every(Float16.self)
        try every(Float.self)
        try every(Double.self)
    }

    /// Wide enough for whole vectors of places whose neighbors all lie inside; signed types have negative samples.
    private func everyLayout<Scalar: NumericScalar>(_ type: Scalar.Type, _ interpolation: Interpolation) throws {
        func image(_ axes: [Axis], _ sizes: [Int]) -> Image<Scalar> {
            var generator = SeededGenerator(seed: 11)
            return Image(axes: axes, sizes: sizes, color: .gray) {
                for i in 0..<$0.count {
                    $0[i] = Scalar(saturating: Double.random(in: -100..<200, using: &generator).rounded())
                }
            }
        }
        let size = SpatialSize(x: 67, y: 21)
        let map = Self.turn(size, to: SpatialSize(x: 40, y: 15), degrees: SIMD3(0, 0, 8))
        try check(image([.y, .x], [21, 67]), by: map, interpolation, .constant(0))
        for channels in 2...5 {
            try check(image([.y, .x, .channel], [21, 67, channels]), by: map, interpolation, .replicate)
            try check(image([.channel, .y, .x], [channels, 21, 67]), by: map, interpolation, .replicate)
        }
        guard interpolation != .lanczos4 else { return }
        let box = SpatialSize(x: 53, y: 13, z: 12)
        let turn = Self.turn(box, to: SpatialSize(x: 33, y: 9, z: 8), degrees: SIMD3(5, 6, 7))
        try check(image([.z, .y, .x], [12, 13, 53]), by: turn, interpolation, .constant(5))
        try check(image([.z, .y, .x, .channel], [12, 13, 53, 3]), by: turn, interpolation, .constant(5))
    }

    @Test(arguments: [Interpolation.cubic, .catmullRom, .lanczos4])
    func `rows inside, of every type and layout`(_ interpolation: Interpolation) throws {
        try everyLayout(UInt8.self, interpolation)
        try everyLayout(Int8.self, interpolation)
        try everyLayout(UInt16.self, interpolation)
        try everyLayout(Int16.self, interpolation)
        try everyLayout(Int32.self, interpolation)
        try everyLayout(Float.self, interpolation)
    }

    @Test(arguments: [(1, 1), (1, 7), (7, 1), (2, 2), (2, 3), (13, 11), (3, 101)])
    func `sources of odd sizes`(_ width: Int, _ height: Int) throws {
        let map = Self.turn(SpatialSize(x: width, y: height), to: SpatialSize(x: 18, y: 3), degrees: SIMD3(0, 0, 40))
        for border in Self.borders {
            for interpolation in Self.interpolations {
                let gray: Image<UInt8> = randomImage([.y, .x], [height, width], seed: 8)
                try check(gray, by: map, interpolation, border)
                let color: Image<UInt8> = randomImage([.y, .x, .channel], [height, width, 3], seed: 8)
                try check(color, by: map, interpolation, border)
            }
        }
    }

    @Test func `views are followed where they lie`() throws {
        let whole: Image<UInt8> = randomImage([.y, .x, .channel], [40, 50, 3], seed: 9)
        let size = SpatialSize(x: 21, y: 17)
        let map = Self.turn(size, to: size, degrees: SIMD3(0, 0, 14))
        // The last pixel of the block is part of it: reads must not pass the end.
        let corner = whole.cropped(to: PixelRect(x: 29, y: 23, width: 21, height: 17))
        for view in [corner, corner.flipped(.x), corner.flipped(.y), corner.flipped(.x).flipped(.y)] {
            try check(view, by: map, .linear, .replicate)
            try check(view, by: map, .cubic, .constant(0))
            let moved = try view.warpedNearest(by: map)
            #expect(try moved == view.contiguous().warpedNearest(by: map))
        }
        let planes = try whole.rearranged(to: [.channel, .y, .x])
        let plane = planes.cropped(.channel, to: 1..<3).flipped(.x)
        try check(plane, by: Self.turn(SpatialSize(x: 50, y: 40), to: size, degrees: SIMD3(0, 0, 80)), .linear, .wrap)
    }

    @Test func `places that are far outside or nowhere show the border`() throws {
        let gray: Image<Float> = randomImage([.y, .x], [9, 8], seed: 10)
        let size = SpatialSize(x: 20, y: 3)
        for shift in [1e4, -1e4, 1e7, -1e12, 1e30] {
            let map = SpatialMap(outputSize: size, pulling: .translation(SIMD3(shift, 0, 0)))
            let fill = try gray.warped(by: map, border: .constant(-5))
            #expect(fill.values.allSatisfy { $0 == -5 })
            let edge = try gray.warped(by: map, border: .replicate)
            #expect((0..<3).allSatisfy { edge[$0, 4] == gray[$0, shift > 0 ? 7 : 0] })
            for border in Self.borders { _ = try gray.warped(by: map, interpolation: .cubic, border: border) }
        }
        let nowhere = SpatialMap(outputSize: size, pulling: AffineMap(x: SIMD4(.nan, 0, 0, 0), y: SIMD4(0, 1, 0, 0)))
        #expect(try gray.warped(by: nowhere, border: .constant(-5)).values.allSatisfy { $0 == -5 })
        #expect(try gray.warped(by: nowhere, border: .wrap).values.allSatisfy { $0 == 0 })
        #expect(try gray.warpedNearest(by: nowhere, border: .constant(9)).values.allSatisfy { $0 == 9 })
        let view = Homography(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0), w: SIMD3(-0.1, 0, 1))
        let behind = SpatialMap(outputSize: size, stages: [.perspective(view)])
        let seen = try gray.warped(by: behind, border: .constant(-5))
        #expect((10..<20).allSatisfy { seen[1, $0] == -5 })
    }

    @Test func `an identity and whole shifts change nothing`() throws {
        let color: Image<UInt8> = randomImage([.y, .x, .channel], [23, 31, 3], seed: 11)
        let size = SpatialSize(x: 31, y: 23)
        for interpolation in Self.interpolations where interpolation != .lanczos4 {
            #expect(try color.warped(by: SpatialMap(outputSize: size), interpolation: interpolation) == color)
            let crop = SpatialMap(outputSize: SpatialSize(x: 9, y: 8), pulling: .translation(SIMD3(4, 5, 0)))
            let part = color.cropped(to: PixelRect(x: 4, y: 5, width: 9, height: 8))
            #expect(try color.warped(by: crop, interpolation: interpolation).values == part.values)
        }
        let quarter = SpatialMap(
            outputSize: SpatialSize(x: 23, y: 31), pulling: .translation(SIMD3(0, 23, 0)) * .rotation(degrees: -90))
        let turned = try color.warped(by: quarter)
        for y in 0..<31 { for x in 0..<23 { #expect(turned[y, x, 1] == color[22 - x, y, 1]) } }
    }
}
