import ImageCore
import Testing

@testable import ImageProcessing

extension FromECVL {
    private static let square = bytes([1, 2], [3, 4])
    private static let six = bytes([1, 2, 3], [4, 5, 6])

    static let geometry: [String: Call] = [
        "ResizeDim": { () throws in
            let image = bytes([0, 2, 4, 6], [8, 10, 12, 14])
            let size = PixelSize(width: 2, height: 1)
            // The mean of four, halfway between them as well.
            #expect(try image.resized(to: size, interpolation: .area).values == [5, 9])
            #expect(try image.resized(to: size).values == [5, 9])
            let volume = try Image.stacked([image, image + 100], along: .z)
            let small = try volume.resized(width: 2, height: 1, depth: 1, interpolation: .linear, antialias: false)
            #expect(small.values == [55, 59])
        },
        "ResizeScale": { () throws in
            let image = bytes([0, 2, 4, 6], [8, 10, 12, 14])
            #expect(try image.resized(byX: 0.5, y: 0.5).values == [5, 9])
            #expect(try bytes([1, 2]).resized(byX: 2, y: 1, interpolation: .nearest).values == [1, 1, 2, 2])
        },
        "Flip2D": { () throws in
            #expect(six.flipped(.y).values == [4, 5, 6, 1, 2, 3])
            #expect(try six.mirrored(.y).values == [4, 5, 6, 1, 2, 3])
        },
        "Mirror2D": { () throws in
            #expect(six.flipped(.x).values == [3, 2, 1, 6, 5, 4])
            #expect(try six.mirrored(.x).values == [3, 2, 1, 6, 5, 4])
        },
        "Transpose": { () throws in
            let turned = try six.transposed()
            #expect(turned.sizes == [3, 2] && turned.values == [1, 4, 2, 5, 3, 6])
        },
        "Stack": { () throws in
            let stack = try Image.stacked([square, square + 4], along: .z)
            #expect(stack.axes == [.z, .y, .x] && stack.values == [1, 2, 3, 4, 5, 6, 7, 8])
        },
        "HConcat": { () throws in
            #expect(try Image.concatenated([square, square + 4], along: .x).values == [1, 2, 5, 6, 3, 4, 7, 8])
        },
        "VConcat": { () throws in
            let tall = try Image.concatenated([square, square + 4], along: .y)
            #expect(tall.sizes == [4, 2] && tall.values == [1, 2, 3, 4, 5, 6, 7, 8])
        },
        "CenterCrop": { () throws in
            let image = bytes([1, 2, 3], [4, 5, 6], [7, 8, 9])
            #expect(try image.centerCropped(to: PixelSize(width: 1, height: 3)).values == [2, 5, 8])
            let wide = try bytes([5]).centerCropped(to: PixelSize(width: 3, height: 1), padding: .constant(9))
            #expect(wide.values == [9, 5, 9])
        },
        "RandomCrop": { () throws in
            let image = bytes([1, 2, 3], [4, 5, 6], [7, 8, 9])
            #expect(image.cropped(to: PixelRect(x: 1, y: 0, width: 2, height: 2)).values == [2, 3, 5, 6])
        },
        "Pad": { () throws in
            let image = bytes([1, 2, 3])
            #expect(try image.padded(by: Padding(left: 1, right: 2)).values == [0, 1, 2, 3, 0, 0])
            #expect(
                try image.padded(by: Padding(left: 2, right: 2), border: .replicate).values == [1, 1, 1, 2, 3, 3, 3])
            #expect(try image.padded(by: Padding(left: 2, right: 2), border: .reflect).values == [2, 1, 1, 2, 3, 3, 2])
            #expect(
                try image.padded(by: Padding(left: 2, right: 2), border: .reflect101).values == [3, 2, 1, 2, 3, 2, 1])
            #expect(try image.padded(by: Padding(left: 2, right: 2), border: .wrap).values == [2, 3, 1, 2, 3, 1, 2])
        },
    ]

    /// Each pixel holds the coordinates of its center, 10 times y and x.
    private static let places: Image<Float> = {
        var image = Image<Float>(axes: [.y, .x], sizes: [6, 8], color: .gray)
        for y in 0..<6 { for x in 0..<8 { image[y, x] = 10 * (Float(y) + 0.5) + Float(x) + 0.5 } }
        return image
    }()

    static let warps: [String: Call] = [
        "Rotate2D": { () throws in
            #expect(try near(places.rotated(degrees: 180), places.flipped(.x).flipped(.y).values.map(\.doubleValue)))
            // A quarter about the pixel of column 3 and row 2, as OpenCV counts: what lay at its right lies below it.
            let turned = try places.rotated(degrees: 90, about: Point(x: 3.5, y: 2.5))
            #expect(abs(turned[2, 3] - places[2, 3]) < 1e-4 && abs(turned[4, 3] - places[2, 5]) < 1e-4)
            #expect(abs(turned[1, 4] - places[1, 2]) < 1e-4)
            // Twice as large: a pixel shows what lies half as far from the middle (4, 3).
            let large = try places.rotated(degrees: 0, scale: 2)
            #expect(abs(large[0, 0] - (10 * (3 - 1.25) + 4 - 1.75)) < 1e-4)
        },
        "RotateFullImage2D": { () throws in
            #expect(try six.rotatedWhole(degrees: 90).values == [4, 1, 5, 2, 6, 3])
            #expect(try six.rotatedWhole(degrees: 180).values == [6, 5, 4, 3, 2, 1])
            // A rectangle of 8 by 6 turned by 30°: 8 · 0.866 + 6 · 0.5 = 9.93 by 8 · 0.5 + 6 · 0.866 = 9.2.
            let turned = try places.rotatedWhole(degrees: 30)
            #expect(turned.width == 10 && turned.height == 10)
            #expect(abs(Double(turned[4, 4] + turned[5, 5]) / 2 - 34) < 1e-3)
            #expect(try six.rotatedWhole(degrees: 0, scale: 2).sizes == [4, 6])
            #expect(throws: ImageError.self) { try six.rotatedWhole(degrees: 30, scale: 0) }
        },
        "GridDistortion": { () throws in
            // Every point of the lattice moves by one pixel along x: each pixel shows its right neighbor.
            let size = SpatialSize(x: 8, y: 6)
            let lattice = try DisplacementLattice(
                covering: size, counts: SpatialSize(x: 3, y: 3),
                displacements: [SIMD3<Float>](repeating: SIMD3(1, 0, 0), count: 9))
            let moved = try places.warped(by: SpatialMap(outputSize: size, stages: [.lattice(lattice)]))
            for x in 0..<7 { #expect(abs(moved[2, x] - places[2, x + 1]) < 1e-4) }
        },
        "ElasticTransform": { () throws in
            // Places with half a pixel more along x, and a quarter less along y.
            var (x, y) = (Image<Float>(axes: [.y, .x], sizes: [2, 2]), Image<Float>(axes: [.y, .x], sizes: [2, 2]))
            for row in 0..<2 {
                for column in 0..<2 { (x[row, column], y[row, column]) = (Float(column) + 3, Float(row) + 2.25) }
            }
            let moved = try places.warped(by: SpatialMap(sourceX: x, y: y))
            #expect(near(moved, [25.5, 26.5, 35.5, 36.5]))
        },
        "OpticalDistortion": { () throws in
            let lens = RadialDistortion(center: SIMD2(4, 3), focalLength: SIMD2(8, 8), k1: 0.2)
            let map = SpatialMap(outputSize: SpatialSize(x: 8, y: 6), stages: [.radial(lens)])
            let moved = try places.warped(by: map)
            // (1.5, 0.5) from the middle, r² = 2.5 / 64: both grow by 1 + 0.2 r².
            let factor = 1 + 0.2 * 2.5 / 64
            #expect(abs(Double(moved[3, 5]) - (10 * (3 + 0.5 * factor) + 4 + 1.5 * factor)) < 1e-3)
        },
    ]
}
