public import Formats

/// The regions that a structured report measures; planar and volumetric ROIs of PS3.16 TID 1410 and 1411.
///
/// A measurement group with spatial coordinates is one region; spatial coordinates outside of groups are regions of their
/// own. Coordinates of an image (SCOORD) go to the slice that is that image, coordinates of the patient (SCOORD3D) to the
/// slice that they lie in. Circles, ellipses, ellipsoids and closed polylines are filled; where several of one region
/// overlap, their union counts.
public struct RegionReport: Sendable {
    /// One region.
    public struct Region: Sendable, Hashable {
        /// Its place in the report, from 1.
        public var number: Int
        /// A name that follows the thing through several objects; DCM 112039.
        public var trackingID: String?
        /// An identifier that follows the thing through several objects; DCM 112040.
        public var trackingUID: String?
        /// What it is; DCM 121071.
        public var finding: CodedConcept?
        /// What kind of thing it is.
        public var findingCategory: CodedConcept?
        /// Where in the body it is.
        public var findingSites: [CodedConcept]
        /// Its outlines; those that cannot be read are left out, see ``RegionReport/defects``.
        public var contours: [RegionContour]
        /// Segments of segmentations that stand for it.
        public var segments: [SegmentReference]
        /// The frame of reference of coordinates of the patient.
        public var frameOfReferenceUID: String?

        /// A region by its number.
        public init(number: Int, contours: [RegionContour] = []) {
            self.number = number
            self.contours = contours
            (findingSites, segments) = ([], [])
        }

        /// The name to show: the tracking identifier, else the finding.
        public var name: String { trackingID ?? finding?.meaning ?? "" }
    }

    /// Segments of another object.
    public struct SegmentReference: Sendable, Hashable {
        /// The segmentation.
        public var sopInstanceUID: String
        /// The segments' numbers.
        public var numbers: [Int]

        /// A reference by its parts.
        public init(sopInstanceUID: String, numbers: [Int]) {
            self.sopInstanceUID = sopInstanceUID
            self.numbers = numbers
        }
    }

    /// The file's path, or the name of its bytes.
    public let name: String
    /// The regions, in the order of the report.
    public internal(set) var regions: [Region]
    /// The images that coordinates were drawn on.
    public internal(set) var referencedInstanceUIDs: Set<String>
    /// What is wrong with the coordinates, whatever grid they are painted on.
    public internal(set) var defects: [RegionDefect]
    let limits: DecodeLimits

    /// Whether a file's SOP class is that of a structured report.
    public static func recognizes(_ header: DICOMHeader) -> Bool { NonImageObject.Kind(header) == .report }

    /// Reads a report.
    ///
    /// - Throws: ``FormatError`` when the file is no report, or goes beyond the limits.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        try self.init(DICOMHeader(path: path, limits: limits), limits: limits)
    }

    /// Takes a report from a header that was read already.
    ///
    /// - Throws: as ``init(path:limits:)``.
    public init(_ header: DICOMHeader, limits: DecodeLimits = .standard) throws(FormatError) {
        guard Self.recognizes(header) else {
            throw FormatError(
                .notRecognized, file: header.name, place: "SOP class", expected: "a structured report",
                found: header.dataSet.text(.sopClassUID) ?? "none")
        }
        var reader = ReportReader(limits: limits)
        try reader.read(header.dataSet)
        name = header.name
        self.limits = limits
        regions = reader.regions
        defects = RegionDefect.ofFile(header, isEmpty: reader.regions.isEmpty) + reader.defects.all
        referencedInstanceUIDs = Set(regions.flatMap(\.contours).flatMap(\.sources).map(\.sopInstanceUID))
    }
}
