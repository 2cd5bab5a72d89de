import ImageCore
import TestSupport

/// A thorax of ellipsoids whose true masks are known: body, two lungs, trachea, table, vessels in the lungs, noise.
struct ThoraxPhantom {
    var depth = 40
    var height = 80
    var width = 100
    var spacing = SIMD3(4.0, 4.0, 6.0)
    /// How far the lungs reach towards the middle: negative lets them touch.
    var gap = 20.0
    var hasTable = true
    var hasLungs = true
    var noise = 30.0
    /// The slices that are scanned, from the bottom.
    var slices: Range<Int>?

    /// Where a voxel is, in millimetres from the middle of the whole thorax.
    private func place(_ z: Int, _ y: Int, _ x: Int) -> SIMD3<Double> {
        let middle = SIMD3(Double(width - 1), Double(height - 1), Double(depth - 1)) / 2
        return (SIMD3(Double(x), Double(y), Double(z)) - middle) * spacing
    }

    private func inside(_ p: SIMD3<Double>, center: SIMD3<Double>, radii: SIMD3<Double>) -> Bool {
        let q = (p - center) / radii
        return (q * q).sum() <= 1
    }

    func isBody(_ p: SIMD3<Double>) -> Bool {
        let q = SIMD3(p.x / 170, (p.y + 10) / 110, 0)
        return (q * q).sum() <= 1
    }

    /// 1 for the right lung (at smaller x in LPS), 2 for the left one.
    func lung(_ p: SIMD3<Double>) -> UInt8 {
        guard hasLungs, !isTrachea(p, wall: 3) else { return 0 }
        let (radii, offset) = (SIMD3(58.0, 75.0, 85.0), 58 + gap / 2)
        if inside(p, center: SIMD3(-offset, -10, -15), radii: radii) { return 1 }
        return inside(p, center: SIMD3(offset, -10, -15), radii: radii) ? 2 : 0
    }

    func isTrachea(_ p: SIMD3<Double>, wall: Double = 0) -> Bool {
        let (dx, dy) = (p.x, p.y + 5)
        return p.z > 20 && dx * dx + dy * dy <= (9 + wall) * (9 + wall)
    }

    private func value(_ p: SIMD3<Double>) -> Double {
        if isTrachea(p) { return -1000 }
        if lung(p) > 0 {
            // Vessels: thin rods along z.
            let (u, v) = ((p.x / 28).rounded() * 28, (p.y / 28).rounded() * 28)
            return abs(p.x - u) < 3 && abs(p.y - v) < 3 ? 40 : -850
        }
        if isBody(p) { return 30 }
        if hasTable && p.y > 118 && p.y < 128 && abs(p.x) < 190 { return 120 }
        return -1000
    }

    private func fill<Scalar: ImageScalar>(_ value: (SIMD3<Double>) -> Scalar) -> Image<Scalar> {
        let range = slices ?? 0..<depth
        var image = Image<Scalar>(axes: [.z, .y, .x], sizes: [range.count, height, width])
        for z in range {
            for y in 0..<height {
                for x in 0..<width { image[z - range.lowerBound, y, x] = value(place(z, y, x)) }
            }
        }
        image.geometry = Geometry(
            spacingMillimetres: spacing, originMillimetres: place(range.lowerBound, 0, 0))
        return image
    }

    /// The scan, in HU.
    var volume: Image<Int16> {
        var generator = SeededGenerator(seed: 7)
        var image = fill { p in
            let noise =
                noise * (Double.random(in: -1...1, using: &generator) + Double.random(in: -1...1, using: &generator))
            return Int16((value(p) + noise).rounded())
        }
        image.domain = .hounsfield
        return image
    }

    var body: Image<Bool> { fill { isBody($0) } }
    var lungs: Image<UInt8> { fill { lung($0) } }
    var trachea: Image<Bool> { fill { isBody($0) && isTrachea($0) } }
}

/// Twice the common part over the sum of both: Dice's coefficient.
func dice(_ a: Image<Bool>, _ b: Image<Bool>) throws -> Double {
    let both = try (a & b).trueCount
    return 2 * Double(both) / Double(max(1, a.trueCount + b.trueCount))
}
