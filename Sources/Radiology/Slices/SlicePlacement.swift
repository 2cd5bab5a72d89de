import ImageCore
import ImageProcessing

/// How the slices of a source lie along z.
public enum SlicePlacement: Sendable, Hashable {
    /// Where the volume's geometry puts them.
    case grid
    /// Parallel, without one step: a point of each, in the order of the volume, LPS millimetres.
    ///
    /// The geometry's third axis is nominal then: slices are not cut along another axis, and not resampled along their own.
    case parallel([SIMD3<Double>])
    /// Not parallel, or nobody knows: slices are cut as they are stacked, and have no position.
    case stacked
}

extension SlicePlacement {
    /// Whether slices are cut from a volume turned to an orientation as from one of another.
    func allows(_ orientation: Orientation, of geometry: Geometry) -> Bool {
        guard let own = geometry.closestOrientation else { return self == .grid }
        switch self {
        case .grid: return true
        case .parallel: return own.z.axis == orientation.z.axis
        case .stacked: return own == orientation
        }
    }

    /// The placement after the volume was turned, which it ``allows(_:of:)``.
    func turned(from own: Orientation?, to orientation: Orientation) -> SlicePlacement {
        guard case .parallel(let points) = self, own?.z != orientation.z else { return self }
        return .parallel(points.reversed())
    }

    /// Where each slice lies along the normal of the slices, in millimetres; `nil` where nobody knows.
    func positions(_ geometry: Geometry?, depth: Int) -> [Double?] {
        guard let geometry else { return Array(repeating: nil, count: depth) }
        let normal = geometry.patientNormal
        switch self {
        case .grid: return (0..<depth).map { (normal * geometry.position(x: 0, y: 0, z: Double($0))).sum() }
        case .parallel(let points): return points.map { (normal * $0).sum() }
        case .stacked: return Array(repeating: nil, count: depth)
        }
    }
}

extension Geometry {
    /// The unit vector at right angles to the slices that leads to the left, the back or the head: which of the two is taken does
    /// not depend on where rows, columns and slices lead.
    fileprivate var patientNormal: SIMD3<Double> {
        let (a, b) = (direction.x, direction.y)
        let normal = SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
        let largest = (0..<3).max { abs(normal[$0]) < abs(normal[$1]) } ?? 2
        return normal[largest] < 0 ? -normal : normal
    }
}
