extension NIfTIAffine {
    /// The qform of a header ("method 2" of nifti1.h).
    ///
    /// - Parameters:
    ///   - quaternion: b, c, d of the rotation, then the offsets along x, y, z.
    ///   - pixdim: Handedness (below 0: k is mirrored), then the distances along i, j, k.
    init(quaternion: [Double], pixdim: [Double]) {
        var (b, c, d) = (quaternion[0], quaternion[1], quaternion[2])
        var a = 1 - (b * b + c * c + d * d)
        if a < 1e-7 {
            // A turn of 180 degrees, or numbers that were rounded.
            let scale = 1 / (b * b + c * c + d * d).squareRoot()
            (a, b, c, d) = (0, b * scale, c * scale, d * scale)
        } else {
            a = a.squareRoot()
        }
        let handedness: Double = pixdim[0] < 0 ? -1 : 1
        let distance = (1...3).map { pixdim[$0] > 0 ? pixdim[$0] : 1 }
        self.init(
            i: SIMD3(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)) * distance[0],
            j: SIMD3(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)) * distance[1],
            k: SIMD3(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - c * c - b * b)
                * (distance[2] * handedness),
            translation: SIMD3(quaternion[3], quaternion[4], quaternion[5]))
    }

    /// The rotation as b, c, d of a unit quaternion with a ≥ 0, and the handedness that goes with it.
    ///
    /// Meaningless for a sheared map.
    var rotation: (b: Double, c: Double, d: Double, handedness: Double) {
        let lengths = [i, j, k].map { ($0 * $0).sum().squareRoot() }
        let (x, y) = (i / lengths[0], j / lengths[1])
        var z = k / lengths[2]
        let determinant =
            x.x * (y.y * z.z - y.z * z.y) - x.y * (y.x * z.z - y.z * z.x) + x.z * (y.x * z.y - y.y * z.x)
        let handedness: Double = determinant < 0 ? -1 : 1
        z *= handedness
        let trace = x.x + y.y + z.z
        var q: SIMD4<Double>
        if trace > 0 {
            q = SIMD4(trace + 1, y.z - z.y, z.x - x.z, x.y - y.x)
        } else if x.x >= y.y && x.x >= z.z {
            q = SIMD4(y.z - z.y, 1 + x.x - y.y - z.z, x.y + y.x, x.z + z.x)
        } else if y.y >= z.z {
            q = SIMD4(z.x - x.z, x.y + y.x, 1 + y.y - x.x - z.z, y.z + z.y)
        } else {
            q = SIMD4(x.y - y.x, x.z + z.x, y.z + z.y, 1 + z.z - x.x - y.y)
        }
        q /= (q * q).sum().squareRoot()
        if q.x < 0 { q = -q }
        return (q.y, q.z, q.w, handedness)
    }
}
