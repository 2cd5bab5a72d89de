public import Formats
public import ImageCore

/// A DICOM structure set of radiotherapy: regions of interest by their contours; PS3.3 A.19.
///
/// Opening it reads all contours. ``labels(on:)`` paints them on the grid of the images that they were drawn on:
///
/// - a contour goes to the slice that it refers to, else to the nearest one within half a slice;
/// - a voxel is inside when its center is, a center on a left or top side included;
/// - contours of one region on one slice cancel each other where they overlap (XOR), so that inner ones are holes;
/// - planes at an angle to the slices are sampled at the center of every voxel.
public struct StructureSet: Sendable {
    /// One region of interest.
    public struct Region: Sendable, Hashable {
        /// Its number in the file; (3006,0022).
        public var number: Int
        /// Its name; (3006,0026).
        public var name: String
        /// What the name leaves open; (3006,0028).
        public var details: String?
        /// The color to show it in; (3006,002A).
        public var color: RGBColor?
        /// What it is for: `ORGAN`, `GTV`, `EXTERNAL` …; (3006,00A4).
        public var interpretedType: String?
        /// What the observer called it; (3006,0085).
        public var observationLabel: String?
        /// What it is, as a term; (3006,0086).
        public var identification: CodedConcept?
        /// How it was made: `MANUAL`, `AUTOMATIC` …; (3006,0036).
        public var generationAlgorithm: String?
        /// The frame of reference of its points; (3006,0024).
        public var frameOfReferenceUID: String?
        /// Its outlines; those that cannot be read are left out, see ``StructureSet/defects``.
        public var contours: [RegionContour]

        /// A region by number and name.
        public init(number: Int, name: String, contours: [RegionContour] = []) {
            self.number = number
            self.name = name
            self.contours = contours
        }
    }

    /// The file's path, or the name of its bytes.
    public let name: String
    /// The structure set's label; (3006,0002).
    public let label: String?
    /// The regions, in the order of the file.
    public internal(set) var regions: [Region]
    /// The frame of reference of the file; (0020,0052), or that of the first referenced frame of reference.
    public let frameOfReferenceUID: String?
    /// The series that the structure set refers to; (0020,000E) within (3006,0014).
    public let referencedSeriesUIDs: [String]
    /// The images that it lists and those that its contours refer to.
    public internal(set) var referencedInstanceUIDs: Set<String>
    /// What is wrong with the contours, whatever grid they are painted on.
    public internal(set) var defects: [RegionDefect]
    let limits: DecodeLimits

    static let sopClass = "1.2.840.10008.5.1.4.1.1.481.3"

    /// Whether a file's SOP class is that of a structure set.
    public static func recognizes(_ header: DICOMHeader) -> Bool {
        header.dataSet.text(.sopClassUID) == sopClass
    }

    /// Reads a structure set.
    ///
    /// - Throws: ``FormatError`` when the file is no structure set, or goes beyond the limits.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        try self.init(DICOMHeader(path: path, limits: limits), limits: limits)
    }

    /// Takes a structure set from a header that was read already.
    ///
    /// - Throws: as ``init(path:limits:)``.
    public init(_ header: DICOMHeader, limits: DecodeLimits = .standard) throws(FormatError) {
        let data = header.dataSet
        guard Self.recognizes(header) else {
            throw FormatError(
                .notRecognized, file: header.name, place: "SOP class", expected: "a structure set",
                found: data.text(.sopClassUID) ?? "none")
        }
        name = header.name
        self.limits = limits
        label = data.text(.structureSetLabel)
        let frames = data.items(.referencedFrameOfReferenceSequence)
        let series = frames.flatMap { $0.items(.rtReferencedStudySequence) }
            .flatMap { $0.items(.rtReferencedSeriesSequence) }
        frameOfReferenceUID =
            data.text(.frameOfReferenceUID) ?? frames.lazy.compactMap { $0.text(.frameOfReferenceUID) }.first
        referencedSeriesUIDs = series.compactMap { $0.text(.seriesInstanceUID) }
        referencedInstanceUIDs = Set(
            series.flatMap { $0.items(.contourImageSequence) }.compactMap { $0.text(.referencedSOPInstanceUID) })
        (regions, defects) = ([], [])
        try readRegions(data)
        defects = RegionDefect.ofFile(header, isEmpty: regions.isEmpty) + defects
    }

    /// A structure set by its regions.
    public init(name: String, regions: [Region], frameOfReferenceUID: String? = nil) {
        self.name = name
        self.regions = regions
        self.frameOfReferenceUID = frameOfReferenceUID
        (label, referencedSeriesUIDs, defects, limits) = (nil, [], [], .standard)
        referencedInstanceUIDs = Set(regions.flatMap(\.contours).flatMap(\.sources).map(\.sopInstanceUID))
    }
}
