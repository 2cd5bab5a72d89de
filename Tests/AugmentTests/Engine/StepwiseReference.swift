import Glibc
import ImageCore
import Testing

@testable import Augment

/// What a record does to a picture in RGB, step by step: each makes a new picture in `Double` by its own formula from the numbers drawn.
///
/// Nothing is joined, rounded or limited, and no map or operation of the library is used.
struct StepwiseReference {
    let record: Record
    private(set) var picture: DoublePicture

    init(_ record: Record, on image: Image<UInt8>) throws {
        (self.record, picture) = (record, DoublePicture(image))
        for step in record.steps { try apply(step) }
    }

    private mutating func apply(_ step: DrawnStep) throws {
        let values = step.values
        switch step.transform {
        case "rotate90":
            // Clockwise, as x towards y is where y leads down: what was on the left is on top.
            for _ in 0..<(Int(values["k"]) % 4) {
                let old = picture
                picture = DoublePicture(width: old.height, height: old.width) { x, y in old[y, old.height - 1 - x] }
            }
        case "flip":
            let (old, flags) = (picture, values.list("flip"))
            picture = DoublePicture(width: old.width, height: old.height) { x, y in
                old[flags[0] == 1 ? old.width - 1 - x : x, flags[1] == 1 ? old.height - 1 - y : y]
            }
        case "random_crop", "center_crop":
            let (old, start, size) = (
                picture, values.list("start").map { Int($0) }, values.list("size").map { Int($0) }
            )
            picture = DoublePicture(width: size[0], height: size[1]) { x, y in old[x + start[0], y + start[1]] }
        case "affine": turn(values)
        case "elastic": bend(values, LatticeNoise(key: draws(step).noiseKey(named: "displacements")))
        default: try color(step)
        }
    }

    private func draws(_ step: DrawnStep) -> Draws { record.key.draws(at: step.path).part(step.transform) }

    private mutating func color(_ step: DrawnStep) throws {
        let values = step.values
        switch step.transform {
        case "brightness": picture.change { ($0 * values["factor"]) + 255 * values["shift"] }
        case "rgb_shift":
            let shift = values.list("shift")
            picture.change { $0 + 255 * SIMD3(shift[0], shift[1], shift[2]) }
        case "color_jitter":
            try #require(values["brightness"] == 1 && values["contrast"] == 1 && values["hue"] == 0)
            picture.change { color in
                let luma = 0.2989 * color.x + 0.587 * color.y + 0.114 * color.z
                return SIMD3(repeating: luma) + (color - luma) * values["saturation"]
            }
        case "normalize":
            // The numbers of ImageNet.
            picture.change { ($0 / 255 - SIMD3(0.485, 0.456, 0.406)) / SIMD3(0.229, 0.224, 0.225) }
        default: Issue.record("no formula for \(step.transform)")
        }
    }

    /// A point p of the picture moves to c + R S Z (p − c) + t, about the center c: scaled by Z, sheared by S, turned by R.
    private mutating func turn(_ values: DrawnValues) {
        let old = picture
        func radians(_ name: String, _ index: Int) -> Double {
            let list = values.list(name)
            return (index < list.count ? list[index] : 0) * .pi / 180
        }
        let (c, s) = (cos(radians("rotate", 0)), sin(radians("rotate", 0)))
        let (lean, rise) = (tan(radians("shear", 0)), tan(radians("shear", 1)))
        let factors = values.list("scale")
        let (zx, zy) = (factors[0], factors.count > 1 ? factors[1] : factors[0])
        let (a, b) = ((c - s * rise) * zx, (c * lean - s) * zy)
        let (d, e) = ((s + c * rise) * zx, (s * lean + c) * zy)
        let determinant = a * e - b * d
        let (width, height) = (Double(old.width), Double(old.height))
        let (part, pixels) = (values.list("translate"), values.list("translate_pixels"))
        let (tx, ty) = (part[0] * width + pixels[0], part[1] * height + pixels[1])
        picture = DoublePicture(width: old.width, height: old.height) { x, y in
            let (u, v) = (Double(x) + 0.5 - width / 2 - tx, Double(y) + 0.5 - height / 2 - ty)
            return old.sampled(
                (e * u - b * v) / determinant + width / 2, (a * v - d * u) / determinant + height / 2)
        }
    }

    /// Cubic B-splines over 7 x 7 control points, 4 cells over the picture; the outer two layers stay.
    private mutating func bend(_ values: DrawnValues, _ noise: LatticeNoise) {
        let (old, limits, points) = (picture, values.list("max_displacement_pixels"), 7)
        func move(_ i: Int, _ j: Int, _ axis: Int) -> Double {
            guard (2..<5).contains(i), (2..<5).contains(j) else { return 0 }
            return limits[axis] * noise.uniform(point: j * points + i, axis: axis)
        }
        func weights(_ t: Double) -> [Double] {
            [
                (1 - t) * (1 - t) * (1 - t), 3 * t * t * t - 6 * t * t + 4, -3 * t * t * t + 3 * t * t + 3 * t + 1,
                t * t * t,
            ]
            .map { $0 / 6 }
        }
        let (cellX, cellY) = (Double(old.width) / 4, Double(old.height) / 4)
        picture = DoublePicture(width: old.width, height: old.height) { x, y in
            let (px, py) = (Double(x) + 0.5, Double(y) + 0.5)
            let (i, j) = (Int(px / cellX), Int(py / cellY))
            let (wx, wy) = (weights(px / cellX - Double(i)), weights(py / cellY - Double(j)))
            var (dx, dy) = (0.0, 0.0)
            for n in 0..<4 {
                for m in 0..<4 {
                    dx += wx[m] * wy[n] * move(i + m, j + n, 0)
                    dy += wx[m] * wy[n] * move(i + m, j + n, 1)
                }
            }
            return old.sampled(px + dx, py + dy)
        }
    }
}

/// A picture in RGB whose values are `Double`.
struct DoublePicture {
    let width: Int
    let height: Int
    private var pixels: [SIMD3<Double>]

    init(width: Int, height: Int, _ pixel: (Int, Int) -> SIMD3<Double>) {
        (self.width, self.height) = (width, height)
        pixels = (0..<width * height).map { pixel($0 % width, $0 / width) }
    }

    init(_ image: Image<UInt8>) {
        self.init(width: image.width, height: image.height) { x, y in
            SIMD3(Double(image[y, x, 0]), Double(image[y, x, 1]), Double(image[y, x, 2]))
        }
    }

    /// A pixel; black outside.
    subscript(x: Int, y: Int) -> SIMD3<Double> {
        x >= 0 && y >= 0 && x < width && y < height ? pixels[y * width + x] : .zero
    }

    /// Linear between the centers of pixels; the first pixel covers 0 to 1.
    func sampled(_ px: Double, _ py: Double) -> SIMD3<Double> {
        let (x, y) = (px - 0.5, py - 0.5)
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        let (i, j, u, v) = (Int(left), Int(top), x - left, y - top)
        let upper = self[i, j] * (1 - u) + self[i + 1, j] * u
        let lower = self[i, j + 1] * (1 - u) + self[i + 1, j + 1] * u
        return upper * (1 - v) + lower * v
    }

    mutating func change(_ body: (SIMD3<Double>) -> SIMD3<Double>) { pixels = pixels.map(body) }
}
