public import Formats
public import ImageCore

/// How annotation files are read.
///
/// `unit`, `order`, `rows` and `hasHeader` are for tables (CSV, TXT), which seldom say what their numbers mean. The other
/// formats count level-0 pixels from the top-left corner of the slide.
public struct AnnotationOptions: Sendable, Hashable {
    /// What the numbers of a table count.
    public enum Unit: Sendable, Hashable {
        /// Pixels of level 0.
        case pixels
        /// Micrometres from the top-left corner of a slide with this resolution.
        case micrometres(mppX: Double, mppY: Double)
        /// Pixels of a level or picture that is this many times smaller than level 0.
        case pixelsAtDownsample(x: Double, y: Double)
    }

    /// Which of two coordinates comes first.
    public enum Order: String, Sendable, Hashable {
        /// Column, then row.
        case xy
        /// Row, then column.
        case yx
    }

    /// What one row of a table stands for.
    public enum Rows: String, Sendable, Hashable {
        /// A corner of a polygon.
        case vertices
        /// A place of its own.
        case points
        /// A box: left, top, width, height.
        case sizes
        /// A box: left, top, right, bottom.
        case corners
    }

    /// How much a file may ask for: `bytes` of file, `entries` (elements, features, rows, points), `nesting`.
    public var limits: DecodeLimits
    /// What the numbers of a table count; `nil`: what its header says, or else level-0 pixels, with a warning.
    public var unit: Unit?
    /// The order of coordinates in tables; `nil`: what the header says, or else an error.
    public var order: Order?
    /// What a row of a table stands for; `nil`: what the header says, or else an error.
    public var rows: Rows?
    /// Whether the first row of a table is a header; `nil`: it is when none of its fields is a number.
    public var hasHeader: Bool?
    /// Micrometres per level-0 pixel along x and y, for tables whose header says that they count micrometres.
    public var mpp: SIMD2<Double>?
    /// Level-0 position of QuPath's origin, added to GeoJSON coordinates.
    ///
    /// QuPath shows only the scanned bounds of some slides (MRXS, SCN, BIF): give `openslide.bounds-x` and `-y`.
    public var boundsOffset: Point

    /// Options by their parts.
    public init(
        limits: DecodeLimits = AnnotationOptions.standardLimits, unit: Unit? = nil, order: Order? = nil,
        rows: Rows? = nil, hasHeader: Bool? = nil, mpp: SIMD2<Double>? = nil, boundsOffset: Point = Point(x: 0, y: 0)
    ) {
        self.limits = limits
        self.unit = unit
        self.order = order
        self.rows = rows
        self.hasHeader = hasHeader
        self.mpp = mpp
        self.boundsOffset = boundsOffset
    }

    /// Files of up to 1 GiB with up to 67 million points, nested up to 64 deep.
    public static let standardLimits = DecodeLimits(bytes: 1 << 30, nesting: 64, entries: 1 << 26)
}
