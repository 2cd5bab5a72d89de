import Formats

/// Where one frame of a segmentation lies and what it shows.
public struct SegmentationFrame: Sendable, Hashable {
    /// The segment that the frame shows; `nil` in a label map, which shows all.
    public var segment: Int?
    /// Center of the first pixel, LPS; (0020,0032), or the slide's coordinates.
    public var positionMillimetres: SIMD3<Double>?
    /// How the frame lies.
    public var orientation: SliceOrientation?
    /// Row of the tile's first pixel in the total pixel matrix, from 0.
    public var matrixRow = 0
    /// Column of the tile's first pixel in the total pixel matrix, from 0.
    public var matrixColumn = 0
    /// Which entries of ``Segmentation/sources`` the frame was derived from.
    public var sources = 0..<0

    /// A frame of which nothing is known.
    public init() {}
}

/// An image that a frame was derived from; (0008,2112).
public struct SegmentationSource: Sendable, Hashable {
    /// The SOP instance.
    public var sopInstanceUID: String
    /// Number of the frame in it, from 0; `nil` where the whole image is meant.
    public var frame: Int?

    /// A source by its parts.
    public init(sopInstanceUID: String, frame: Int? = nil) {
        self.sopInstanceUID = sopInstanceUID
        self.frame = frame
    }
}

/// The plane that the tiles of a slide make together; PS3.3 C.8.12.14.
public struct TotalPixelMatrix: Sendable, Hashable {
    /// Rows; (0048,0007).
    public var rows: Int
    /// Columns; (0048,0006).
    public var columns: Int
    /// Planes of focus; (0048,0303).
    public var focalPlanes: Int
    /// Whether every tile is there, in a fixed order and without positions of its own; (0020,9311).
    public var isFull: Bool

    /// A matrix by its parts.
    public init(rows: Int, columns: Int, focalPlanes: Int = 1, isFull: Bool = false) {
        self.rows = rows
        self.columns = columns
        self.focalPlanes = focalPlanes
        self.isFull = isFull
    }

    /// The matrix of a data set; `nil` when it is no slide.
    init?(_ data: DICOMDataSet) {
        guard let rows = data.integer(.totalPixelMatrixRows), let columns = data.integer(.totalPixelMatrixColumns),
            rows > 0, columns > 0
        else { return nil }
        self.init(
            rows: rows, columns: columns, focalPlanes: max(1, data.integer(.totalPixelMatrixFocalPlanes) ?? 1),
            isFull: data.text(.dimensionOrganizationType) == "TILED_FULL")
    }
}
