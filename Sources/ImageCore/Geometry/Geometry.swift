/// Where the pixels of an image lie in physical space.
///
/// A pixel with index (i, j, k) along x, y, z has its center at
/// `origin + direction · (spacing ⊙ (i, j, k))`, in millimetres; for patients the space is DICOM's LPS.
public struct Geometry: Sendable, Hashable {
    /// Distance between the centers of neighbors along x, y, z.
    public var spacingMillimetres: SIMD3<Double>
    /// Center of the pixel with index (0, 0, 0).
    public var originMillimetres: SIMD3<Double>
    /// Unit vectors along which the x, y and z indices grow.
    public var direction: Direction
    /// Identifier of the space that origin and direction refer to, when a file names one.
    public var frameOfReference: String?
    /// Whether origin and direction are known; `false` where only the distances are, and origin and direction count along
    /// the indices of a file: then nothing can be turned to a direction of the body.
    public var isPlaced = true

    /// A geometry by its parts.
    public init(
        spacingMillimetres: SIMD3<Double>, originMillimetres: SIMD3<Double> = .zero, direction: Direction = .identity,
        frameOfReference: String? = nil
    ) {
        self.spacingMillimetres = spacingMillimetres
        self.originMillimetres = originMillimetres
        self.direction = direction
        self.frameOfReference = frameOfReference
    }

    /// A plane with a resolution in micrometres per pixel, its top-left corner at the origin of space.
    public init(mppX: Double, mppY: Double) {
        let spacing = SIMD3(mppX / 1000, mppY / 1000, 1)
        self.init(spacingMillimetres: spacing, originMillimetres: SIMD3(spacing.x / 2, spacing.y / 2, 0))
    }

    /// Micrometres per pixel along x and y.
    public var mpp: (x: Double, y: Double) { (spacingMillimetres.x * 1000, spacingMillimetres.y * 1000) }
}

/// Three unit vectors: the directions in space along which the x, y and z indices grow.
public struct Direction: Sendable, Hashable {
    /// Along x (columns).
    public var x: SIMD3<Double>
    /// Along y (rows).
    public var y: SIMD3<Double>
    /// Along z (slices).
    public var z: SIMD3<Double>

    /// A direction by its three vectors.
    public init(x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// Indices grow along the axes of space.
    public static let identity = Direction(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0), z: SIMD3(0, 0, 1))

    subscript(index: Int) -> SIMD3<Double> {
        get { index == 0 ? x : index == 1 ? y : z }
        set {
            switch index {
            case 0: x = newValue
            case 1: y = newValue
            default: z = newValue
            }
        }
    }
}
