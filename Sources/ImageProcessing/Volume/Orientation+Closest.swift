import Glibc
public import ImageCore

extension Orientation {
    /// The orientation whose directions come closest to those of a volume; `nil` when the directions are not finite or one
    /// of them has no length.
    ///
    /// Of all orientations it is the one with the largest sum of cosines between each axis of the volume and its letter; of
    /// equally good ones the first in ``all``. For a volume along the axes of space it is exact.
    public init?(closestTo direction: Direction) {
        let axes = [direction.x, direction.y, direction.z].map(Self.normalized)
        guard let x = axes[0], let y = axes[1], let z = axes[2] else { return nil }
        var best: (orientation: Orientation, score: Double)?
        for candidate in Self.all {
            let score = dot(x, candidate.x.vector) + dot(y, candidate.y.vector) + dot(z, candidate.z.vector)
            // Scores that differ by rounding alone are equal.
            if score > (best?.score ?? -.infinity) + 1e-12 { best = (candidate, score) }
        }
        guard let best else { return nil }
        self = best.orientation
    }

    /// The largest angle, in degrees, between an axis of a volume and the direction that its letter names.
    ///
    /// 0 for a volume along the axes of space; NaN when a direction has no length.
    public func obliquityDegrees(of direction: Direction) -> Double {
        let axes = [direction.x, direction.y, direction.z].map(Self.normalized)
        return zip(axes, directions).reduce(0) { largest, pair in
            guard let axis = pair.0 else { return .nan }
            let cosine = dot(axis, pair.1.vector)
            let rest = axis - pair.1.vector * cosine
            // Unlike the arc cosine this is exact near 0.
            return max(largest, atan2(dot(rest, rest).squareRoot(), cosine) * 180 / .pi)
        }
    }

    private static func normalized(_ vector: SIMD3<Double>) -> SIMD3<Double>? {
        let length = dot(vector, vector).squareRoot()
        return length > 0 && length.isFinite ? vector / length : nil
    }
}

extension Geometry {
    /// The orientation that comes closest to the volume's own, see ``Orientation/init(closestTo:)``; `nil` where no place in
    /// space is known.
    public var closestOrientation: Orientation? { isPlaced ? Orientation(closestTo: direction) : nil }
}

private func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }
