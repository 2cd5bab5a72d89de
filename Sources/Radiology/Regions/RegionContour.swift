public import ImageCore

/// One outline of a region, as a structure set or a report has it.
public struct RegionContour: Sendable, Hashable {
    /// What an outline encloses.
    public enum Kind: Sendable, Hashable {
        /// The area within, which is combined with that of the region's other contours on the slice.
        case closed
        /// Nothing: a path.
        case open
        /// Nothing: single points.
        case points
        /// The volume of the ellipsoid whose axes end at six points, two after two.
        case ellipsoid
    }

    /// Where an outline lies.
    public enum Place: Sendable, Hashable {
        /// Points of the patient, LPS millimetres.
        case patient([SIMD3<Double>])
        /// Points of an image: columns, rows, the top-left corner of the first pixel at (0, 0).
        case image([Point])
    }

    /// What the outline encloses.
    public var kind: Kind
    /// The type as the file names it, such as `CLOSED_PLANAR` or `CIRCLE`.
    public var type: String
    /// Its points, the last not the first once more; circles and ellipses are polygons close to them.
    public var place: Place
    /// The images that it was drawn on.
    public var sources: [SegmentationSource]

    /// A contour by its parts.
    public init(kind: Kind, type: String, place: Place, sources: [SegmentationSource] = []) {
        self.kind = kind
        self.type = type
        self.place = place
        self.sources = sources
    }

    /// A closed contour of patient coordinates in millimetres.
    public init(closed points: [SIMD3<Double>], sources: [SegmentationSource] = []) {
        self.init(kind: .closed, type: "CLOSED_PLANAR", place: .patient(points), sources: sources)
    }

    /// Number of points.
    public var count: Int {
        switch place {
        case .patient(let points): points.count
        case .image(let points): points.count
        }
    }
}

extension RegionContour {
    /// Whether it encloses anything.
    var isPainted: Bool { kind == .closed || kind == .ellipsoid }

    /// Whether its points are those of the patient, not of an image.
    var isOfPatient: Bool { if case .patient = place { true } else { false } }
}

/// A region by its outlines, ready to be painted.
struct OutlinedRegion: Sendable {
    /// How several contours of one slice go together.
    enum Combination: Sendable {
        /// A voxel within an odd number of contours is inside, so that an inner one is a hole.
        case exclusive
        /// A voxel within any contour is inside.
        case union
    }

    var label: Int
    /// Name for messages.
    var name: String
    var contours: [RegionContour]
    var frameOfReferenceUID: String?
    var combination: Combination

    /// A defect of this region.
    func defect(_ kind: RegionDefect.Kind, _ severity: SeriesDefect.Severity, _ text: String) -> RegionDefect {
        RegionDefect(kind, severity, region: label, "region \(label) (\(name)): \(text)")
    }
}
