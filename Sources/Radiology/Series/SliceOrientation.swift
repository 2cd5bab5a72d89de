/// The two directions in which a slice lies in patient space (LPS).
///
/// DICOM's Image Orientation (Patient) (0020,0037), PS3.3 C.7.6.2.1.1: the direction in which the column index grows
/// along a row, then the direction in which the row index grows down a column.
public struct SliceOrientation: Sendable, Hashable, Codable {
    /// Unit vector along which the column index (x) grows.
    public var x: SIMD3<Double>
    /// Unit vector along which the row index (y) grows.
    public var y: SIMD3<Double>

    /// An orientation by two unit vectors.
    public init(x: SIMD3<Double>, y: SIMD3<Double>) {
        self.x = x
        self.y = y
    }

    /// The direction cosines of a header, made exact unit vectors that are at right angles.
    ///
    /// Headers hold rounded cosines; the second vector gives up what it shares with the first.
    /// `nil` when there are not six finite numbers, a vector is not within 5 % of length 1, or the two are more than 3
    /// degrees away from a right angle.
    /// - Parameter cosines: Six numbers as in (0020,0037).
    public init?(cosines: [Double]) {
        guard cosines.count == 6, cosines.allSatisfy(\.isFinite) else { return nil }
        let first = SIMD3(cosines[0], cosines[1], cosines[2])
        let second = SIMD3(cosines[3], cosines[4], cosines[5])
        guard abs(first.length - 1) < 0.05, abs(second.length - 1) < 0.05, abs(first.dot(second)) < 0.05 else {
            return nil
        }
        x = first / first.length
        let upright = second - x * x.dot(second)
        y = upright / upright.length
    }

    /// The unit vector at right angles to the slice: x cross y.
    public var normal: SIMD3<Double> { x.cross(y) }

    /// The anatomical plane nearest to the slice: `axial`, `coronal` or `sagittal`, with `oblique` before it when it is more than
    /// 5 degrees off.
    public var plane: String {
        let normal = normal
        let parts = [("sagittal", abs(normal.x)), ("coronal", abs(normal.y)), ("axial", abs(normal.z))]
        let nearest = parts.reduce(parts[2]) { $1.1 > $0.1 ? $1 : $0 }
        // The cosine of 5 degrees.
        return nearest.1 < 0.99619 ? "oblique \(nearest.0)" : nearest.0
    }

    /// The largest angle in degrees, 0 to 180, between the axes of two orientations.
    public func degrees(to other: SliceOrientation) -> Double { max(x.degrees(to: other.x), y.degrees(to: other.y)) }
}
