import Formats

/// Something about the regions of an object that a user has to know before trusting a label volume made of them.
public struct RegionDefect: Sendable, Hashable, Codable {
    /// What is wrong; the set can grow.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A contour whose numbers are not points: an odd count, something that is no finite number.
        case invalidContour
        /// A contour with another number of points than it declares; the points that are there are used.
        case pointCount
        /// A closed contour of fewer than three points: it encloses nothing.
        case tooFewPoints
        /// A contour that lies more than half a step from every slice, or has no position and refers to an image that the
        /// grid does not have.
        case noSlice
        /// A contour that refers to an image that the grid does not have; its position, which fits a slice, counts.
        case unknownImage
        /// A contour that refers to one slice and lies nearer to another; the reference counts.
        case contradictoryPlace
        /// A contour in a second plane within one slice; only the plane nearest to the slice is painted.
        case secondPlane
        /// The same contour twice on one slice, from any start and in either direction, points within 0.01 mm; it counts
        /// once, since two would cancel.
        case duplicateContour
        /// Slices between others of a region that have no contour.
        case skippedSlices
        /// Contours in planes that are not parallel to the slices; voxels within half a plane's distance are tested.
        case obliquePlanes
        /// Contours whose planes are parallel neither to the slices nor to each other; they are not painted.
        case notPlanar
        /// A contour of a type that the standard does not have; it is filled.
        case unknownType
        /// Open contours and points, which enclose nothing.
        case notFilled
        /// A region without contours, or without any that can be read.
        case noContours
        /// A region whose contours hold no voxel's center, or a segment that no pixel belongs to.
        case noVoxels
        /// A region in another frame of reference than the grid's: it is left out (`error`), or painted (`warning`) where each
        /// of its contours lies on the image of the grid that it refers to.
        case frameOfReference
        /// Region numbers that cannot be labels; regions are numbered from 1 in the order of the file.
        case renumbered
        /// Contours of a region that the list of regions does not have, or values of a label map that are no segment's.
        case unlistedRegion
        /// Several regions of the list have one number.
        case duplicateNumber
        /// Fractions of a segment above the largest that the file declares; they count as inside.
        case fractionAboveMaximum
        /// A segmentation that describes, or has pixels for, more frames than it declares; the declared number is read.
        case surplusFrames
        /// Two frames of a segmentation show one segment on one slice and differ; their union counts, in a label map the
        /// later frame.
        case conflictingFrames
        /// A series that the object refers to neither by its images nor by its UID; their frame of reference is the same.
        case otherSeries
        /// A segmentation on its own grid, because none of the series at hand fits it.
        case ownGrid
        /// Slices without a common step: the affine and the millilitres of the label volumes are nominal.
        case nominalGeometry
        /// A region that is given by a segment of another object, which is not at hand.
        case missingSegment
        /// An object without any region.
        case noRegions
        /// A file that was cut or damaged: regions may be missing.
        case damagedFile
        /// More work than the limits allow.
        case tooLarge
    }

    /// What is wrong.
    public var kind: Kind
    /// How bad it is; for an `error`, a part of the region is missing.
    public var severity: SeriesDefect.Severity
    /// The label of the region; `nil` where the whole object is meant.
    public var region: Int?
    /// How often it occurs in the region.
    public var count: Int
    /// One sentence for people, about the first occurrence.
    public var message: String

    /// A defect by its parts.
    public init(
        _ kind: Kind, _ severity: SeriesDefect.Severity, region: Int? = nil, count: Int = 1, _ message: String
    ) {
        self.kind = kind
        self.severity = severity
        self.region = region
        self.count = count
        self.message = message
    }
}

/// Collects defects, one per kind and region however often it occurs.
struct RegionDefects {
    private var places: [Key: Int] = [:]
    private(set) var all: [RegionDefect] = []

    private struct Key: Hashable {
        var kind: RegionDefect.Kind
        var region: Int?
    }

    init(_ defects: [RegionDefect] = []) {
        for defect in defects { add(defect) }
    }

    mutating func add(_ defect: RegionDefect) {
        let key = Key(kind: defect.kind, region: defect.region)
        if let place = places[key] {
            all[place].count += defect.count
            all[place].severity = max(all[place].severity, defect.severity)
        } else {
            places[key] = all.count
            all.append(defect)
        }
    }
}

extension RegionDefect {
    /// What the header and the number of regions say before any contour is looked at.
    static func ofFile(_ header: DICOMHeader, isEmpty: Bool) -> [RegionDefect] {
        var defects: [RegionDefect] = []
        if header.isDamaged {
            let problem = header.problems.last ?? "it is damaged"
            defects.append(RegionDefect(.damagedFile, .error, "regions may be missing: \(problem)"))
        }
        if isEmpty { defects.append(RegionDefect(.noRegions, .note, "there are no regions")) }
        return defects
    }
}
