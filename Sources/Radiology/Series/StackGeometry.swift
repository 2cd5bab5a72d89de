/// How the slices of a stack lie, computed from their positions alone.
///
/// Slice thickness, gantry tilt and "spacing between slices" of the headers are not looked at: the standard does not
/// mean them for computation.
public struct StackGeometry: Sendable, Hashable {
    /// How the slices lie to each other.
    ///
    /// Lengths are millimetres; distances count along the normal.
    public enum Kind: Sendable, Hashable {
        /// Every slice lies within the tolerance where an affine with one step puts it, the step is along the normal.
        case uniform(spacing: Double, maximumDeviation: Double)
        /// As `uniform`, but some places of the grid are empty.
        /// - missing: indices of the empty places in the full grid, from 0, in rising order.
        case uniformWithGaps(spacing: Double, maximumDeviation: Double, missing: [Int])
        /// The slices are parallel, their distances follow no single step; see ``StackGeometry/distances``.
        case irregular
        /// The slices are parallel and one step apart, but the step leans away from the normal: the gantry was tilted
        /// or the patient sheared. The affine with ``StackGeometry/step`` as its third column is exact.
        /// - tiltDegrees: angle between step and normal, above 0.
        /// - spacing: distance of neighbors along the normal; the length of the step is longer.
        /// - missing: indices of empty places in the full grid.
        case sheared(tiltDegrees: Double, spacing: Double, maximumDeviation: Double, missing: [Int])
        /// The slices have different orientations: rotating or radial slices.
        case notParallel
        /// There is one slice; it has a place but no step.
        case singleSlice
        /// At least one slice has no position or orientation.
        case unknown
    }

    /// How the slices lie to each other.
    public var kind: Kind
    /// The orientation of the first slice; that of every slice unless the kind is `notParallel` or `unknown`.
    public var orientation: SliceOrientation?
    /// Center of the first pixel of every slice, LPS, in the order of the stack; `nil` for slices without one.
    public var positionsMillimetres: [SIMD3<Double>?]
    /// Distance of every slice from the first along the normal, rising; empty when the kind is `notParallel` or `unknown`.
    public var distancesMillimetres: [Double]
    /// From one slice to the next place of the grid, LPS; `nil` when there is no single step.
    public var stepMillimetres: SIMD3<Double>?

    /// A geometry by its parts.
    public init(
        kind: Kind, orientation: SliceOrientation? = nil, positionsMillimetres: [SIMD3<Double>?] = [],
        distancesMillimetres: [Double] = [], stepMillimetres: SIMD3<Double>? = nil
    ) {
        self.kind = kind
        self.orientation = orientation
        self.positionsMillimetres = positionsMillimetres
        self.distancesMillimetres = distancesMillimetres
        self.stepMillimetres = stepMillimetres
    }

    /// Indices of the empty places of the grid; empty when there are none or there is no grid.
    public var missing: [Int] {
        switch kind {
        case .uniformWithGaps(_, _, let missing), .sheared(_, _, _, let missing): missing
        default: []
        }
    }

    /// Distance of neighbors along the normal where the slices form a grid.
    public var spacingMillimetres: Double? {
        switch kind {
        case .uniform(let spacing, _), .uniformWithGaps(let spacing, _, _), .sheared(_, let spacing, _, _): spacing
        default: nil
        }
    }
}

/// How far slices may be from the ideal before it counts.
public struct StackTolerance: Sendable, Hashable {
    /// Largest distance of a slice from where a regular step puts it, as a part of the step.
    public var relative = 0.01
    /// The same in millimetres; the larger of the two counts, but never more than a fifth of the step.
    ///
    /// Headers round to hundredths.
    public var millimetres = 0.01
    /// Largest distance from the common line across the slices (in their plane), in millimetres.
    public var inPlaneMillimetres = 0.1
    /// Largest distance along the normal of slices that count as being at one place, in millimetres; never more than a
    /// twentieth of the pixel spacing.
    public var samePlaceMillimetres = 0.01
    /// Largest angle between slices that count as parallel.
    public var degrees = 0.05
    /// Largest difference of two pixel spacings that count as equal, as a part of them.
    public var relativePixelSpacing = 1e-3

    /// The defaults.
    public init() {}

    /// The tolerances that apply when none are given.
    public static let standard = StackTolerance()
}
