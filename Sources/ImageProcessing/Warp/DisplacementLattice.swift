public import ImageCore

/// Displacements at the points of a regular lattice; between the points a stage blends them, smoothly or linearly.
///
/// Point (i, j, k) lies at `origin + spacing ⊙ (i, j, k)`, in edge coordinates. Beyond the outermost points the displacement is theirs: the lattice
/// is continued by its own border.
public struct DisplacementLattice: Sendable, Hashable {
    /// Number of points along x, y and z; 1 along z for pictures.
    public let counts: SpatialSize
    /// Where the first point lies.
    public let origin: SIMD3<Double>
    /// Pixels from one point to the next along x, y and z.
    public let spacing: SIMD3<Double>
    /// By how many pixels each point moves; x changes fastest, z slowest.
    public let displacements: [SIMD3<Float>]

    /// A lattice by its parts.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` unless there is a point, one displacement for each, and a finite origin, spacing above 0 and
    ///   finite displacements.
    public init(
        counts: SpatialSize, origin: SIMD3<Double>, spacing: SIMD3<Double>, displacements: [SIMD3<Float>]
    ) throws(ImageError) {
        guard !counts.isEmpty else { throw .invalidArgument("expected a lattice with points, found \(counts)") }
        let (plane, overflow) = counts.x.multipliedReportingOverflow(by: counts.y)
        let (count, overflowAgain) = plane.multipliedReportingOverflow(by: counts.z)
        guard !overflow, !overflowAgain, displacements.count == count else {
            throw .invalidArgument("expected one displacement per point of \(counts), found \(displacements.count)")
        }
        guard origin.sum().isFinite, spacing.sum().isFinite, spacing.min() > 0 else {
            let found = "\(origin.placeText()) and \(spacing.placeText())"
            throw .invalidArgument("expected a finite origin and a spacing above 0, found \(found)")
        }
        guard displacements.allSatisfy({ $0.sum().isFinite }) else {
            throw .invalidArgument("expected finite displacements")
        }
        self.counts = counts
        self.origin = origin
        self.spacing = spacing
        self.displacements = displacements
    }

    /// A lattice whose outermost points lie on the outer edges of an extent; along an axis with one point, in its middle.
    ///
    /// - Parameters:
    ///   - size: The extent, in pixels.
    ///   - counts: Number of points along each axis.
    ///   - displacements: By how many pixels each point moves; x changes fastest.
    /// - Throws: ``ImageError/invalidArgument(_:)`` as for the parts.
    public init(
        covering size: SpatialSize, counts: SpatialSize, displacements: [SIMD3<Float>]
    ) throws(ImageError) {
        var (origin, spacing) = (SIMD3<Double>.zero, SIMD3<Double>.one)
        for axis in 0..<3 {
            let (length, count) = (Double(size[axis]), counts[axis])
            if count > 1 { spacing[axis] = length / Double(count - 1) } else { origin[axis] = length / 2 }
        }
        try self.init(counts: counts, origin: origin, spacing: spacing, displacements: displacements)
    }
}

extension DisplacementLattice: Codable {
    private enum Key: CodingKey { case counts, origin, spacing, displacements }

    /// Reads a lattice and checks it as the initializer does.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        try self.init(
            counts: values.decode(SpatialSize.self, forKey: .counts),
            origin: values.decode(SIMD3<Double>.self, forKey: .origin),
            spacing: values.decode(SIMD3<Double>.self, forKey: .spacing),
            displacements: values.decode([SIMD3<Float>].self, forKey: .displacements))
    }

    /// Writes all parts.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(counts, forKey: .counts)
        try values.encode(origin, forKey: .origin)
        try values.encode(spacing, forKey: .spacing)
        try values.encode(displacements, forKey: .displacements)
    }
}
