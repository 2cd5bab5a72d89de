public import ImageCore

/// The map from voxel indices to space as NIfTI has it: right, anterior, superior, in millimetres.
///
/// Voxel (i, j, k) has its center at `columns.0 · i + columns.1 · j + columns.2 · k + translation`. Unlike DICOM's axes
/// the columns need not be perpendicular.
public struct NIfTIAffine: Sendable, Hashable {
    /// The step in space from one voxel to the next along i.
    public var i: SIMD3<Double>
    /// The step along j.
    public var j: SIMD3<Double>
    /// The step along k.
    public var k: SIMD3<Double>
    /// The center of voxel (0, 0, 0).
    public var translation: SIMD3<Double>

    /// A map by its steps.
    public init(i: SIMD3<Double>, j: SIMD3<Double>, k: SIMD3<Double>, translation: SIMD3<Double>) {
        self.i = i
        self.j = j
        self.k = k
        self.translation = translation
    }

    /// The map of a geometry in LPS, millimetres: x and y change their sign.
    public init(_ geometry: Geometry) {
        let flip = SIMD3<Double>(-1, -1, 1)
        let (spacing, direction) = (geometry.spacingMillimetres, geometry.direction)
        self.init(
            i: direction.x * spacing.x * flip, j: direction.y * spacing.y * flip, k: direction.z * spacing.z * flip,
            translation: geometry.originMillimetres * flip)
    }

    /// The same map as a geometry in LPS; `nil` when it does not span space or holds a number that is not finite.
    ///
    /// The directions of a sheared map are unit vectors that are not perpendicular; positions stay exact.
    public var geometry: Geometry? {
        guard isInvertible else { return nil }
        let flip = SIMD3<Double>(-1, -1, 1)
        let lengths = SIMD3(i.length, j.length, k.length)
        return Geometry(
            spacingMillimetres: lengths, originMillimetres: translation * flip + 0,
            direction: Direction(
                x: i * flip / lengths.x + 0, y: j * flip / lengths.y + 0, z: k * flip / lengths.z + 0))
    }

    /// Whether two steps are further from perpendicular than a cosine of 10⁻⁴, so that neither a qform nor DICOM's
    /// orientation can hold the map.
    public var isSheared: Bool { isSheared(beyond: Self.shearTolerance) }

    /// Headers round: directions whose cosine is not above it count as perpendicular.
    static let shearTolerance = 1e-4

    /// Whether the cosine between two directions is above a tolerance.
    func isSheared(beyond tolerance: Double) -> Bool {
        let (a, b, c) = (i / i.length, j / j.length, k / k.length)
        return [a.dot(b), a.dot(c), b.dot(c)].contains { abs($0) > tolerance }
    }

    /// The 4 × 4 matrix, row by row.
    public var matrix: [Double] {
        (0..<3).flatMap { [i[$0], j[$0], k[$0], translation[$0]] } + [0, 0, 0, 1]
    }

    /// A map by the first three rows of its matrix.
    ///
    /// - Precondition: 12 numbers or more.
    public init(rows: [Double]) {
        func column(_ index: Int) -> SIMD3<Double> { SIMD3(rows[index], rows[4 + index], rows[8 + index]) }
        self.init(i: column(0), j: column(1), k: column(2), translation: column(3))
    }

    /// The map with every length multiplied by a factor: the unit of the file in millimetres.
    func scaled(by factor: Double) -> NIfTIAffine {
        NIfTIAffine(i: i * factor, j: j * factor, k: k * factor, translation: translation * factor)
    }

    /// The place of a voxel by its three indices.
    func place(_ index: [Double]) -> SIMD3<Double> { i * index[0] + j * index[1] + k * index[2] + translation }

    /// The steps and the origin as a person reads them.
    var words: String {
        func text(_ vector: SIMD3<Double>) -> String {
            let numbers = [vector.x, vector.y, vector.z].map { (($0 * 1e4).rounded() / 1e4 + 0).shortest }
            return "(\(numbers.joined(separator: ", ")))"
        }
        return "steps \(text(i)), \(text(j)), \(text(k)) from \(text(translation)) mm, RAS"
    }

    /// Whether the map spans space and all its numbers are finite.
    var isInvertible: Bool {
        let determinant = i.dot(j.cross(k))
        return determinant.isFinite && determinant != 0 && matrix.allSatisfy(\.isFinite)
            && i.length.isNormal && j.length.isNormal && k.length.isNormal
    }
}

extension SIMD3<Double> {
    var length: Double { (self * self).sum().squareRoot() }
    fileprivate func dot(_ other: Self) -> Double { (self * other).sum() }
    fileprivate func cross(_ b: Self) -> Self {
        SIMD3(y * b.z - z * b.y, z * b.x - x * b.z, x * b.y - y * b.x)
    }
}
