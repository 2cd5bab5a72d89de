public import ImageCore

/// The grid that regions are painted on: equal, parallel slices, each at its own place.
///
/// Nothing is assumed about the distances between slices: a stack with gaps, with changing spacing or sheared by a tilted
/// gantry has its slices where they are. A grid without orientation or spacing (a radiograph) is matched by SOP instance
/// UIDs alone.
public struct SliceGrid: Sendable, Hashable {
    /// One slice.
    public struct Slice: Sendable, Hashable {
        /// Center of the first pixel, LPS; (0020,0032).
        public var originMillimetres: SIMD3<Double>?
        /// The SOP instance whose frame the slice is; empty when it comes from nowhere.
        public var sopInstanceUID: String
        /// Number of the frame in its instance, from 0.
        public var frame: Int

        /// A slice by its parts.
        public init(originMillimetres: SIMD3<Double>?, sopInstanceUID: String = "", frame: Int = 0) {
            self.originMillimetres = originMillimetres
            self.sopInstanceUID = sopInstanceUID
            self.frame = frame
        }
    }

    /// Pixels down a column.
    public var rows: Int
    /// Pixels along a row.
    public var columns: Int
    /// How every slice lies.
    public var orientation: SliceOrientation?
    /// Distance between pixels.
    public var spacing: DICOMPixelSpacing?
    /// The slices, in the order of the volume's z axis.
    public var slices: [Slice]
    /// The frame of reference that positions refer to; (0020,0052).
    public var frameOfReferenceUID: String?
    /// How far from a single slice something still lies in it, both ways together; where a grid has several slices, their
    /// distances count.
    public var thicknessMillimetres: Double?
    /// The affine of all slices where it is known better than the slices tell it.
    var knownGeometry: Geometry?
    /// The affine that files get where the slices have no single step: that of the volume on this grid, wrong for some slices.
    public internal(set) var nominalGeometry: Geometry?

    /// A grid by its parts.
    public init(
        rows: Int, columns: Int, orientation: SliceOrientation?, spacing: DICOMPixelSpacing?, slices: [Slice],
        frameOfReferenceUID: String? = nil, thicknessMillimetres: Double? = nil
    ) {
        self.rows = rows
        self.columns = columns
        self.orientation = orientation
        self.spacing = spacing
        self.slices = slices
        self.frameOfReferenceUID = frameOfReferenceUID
        self.thicknessMillimetres = thicknessMillimetres
    }

    /// The grid of a volume with one step between slices; the slices have no SOP instance UIDs.
    ///
    /// - Parameters:
    ///   - geometry: Where the volume lies. The z direction need not be at right angles to the slices.
    ///   - sizes: Slices, rows, columns.
    public init(_ geometry: Geometry, sizes: (z: Int, y: Int, x: Int)) {
        let step = geometry.direction.z * geometry.spacingMillimetres.z
        self.init(
            rows: sizes.y, columns: sizes.x,
            orientation: SliceOrientation(x: geometry.direction.x, y: geometry.direction.y),
            spacing: DICOMPixelSpacing(
                xMillimetres: geometry.spacingMillimetres.x, yMillimetres: geometry.spacingMillimetres.y),
            slices: (0..<sizes.z).map { Slice(originMillimetres: geometry.originMillimetres + step * Double($0)) },
            frameOfReferenceUID: geometry.frameOfReference, thicknessMillimetres: geometry.spacingMillimetres.z)
        knownGeometry = geometry
    }

    /// Pixels of one slice.
    public var pixelsPerSlice: Int { rows * columns }
}
