public import Formats

/// A DICOM segmentation: which voxels belong to which segments; PS3.3 A.51 and A.94.
///
/// Opening it reads the header alone: what the segments are, and where each frame lies. The frames are decoded when a
/// volume is made (`labels(on:)`, `mask(of:on:)`, `fraction(of:on:)`), on the grid of the source series or on the
/// segmentation's own. Frames that the file leaves out are empty.
public struct Segmentation: Sendable {
    /// How pixels say where a segment is; (0062,0001).
    public enum Kind: Sendable, Hashable {
        /// One frame per segment and place; 1 is inside.
        case binary
        /// One frame per segment and place; the value divided by the maximum is a probability or an occupied part.
        case fractional(maximum: Int)
        /// One frame per place; the value is the number of the segment.
        case labelMap
    }

    /// The file's path, or the name of its bytes.
    public let name: String
    /// The SOP instance; (0008,0018).
    public let sopInstanceUID: String
    /// How pixels say where a segment is.
    public let kind: Kind
    /// What fractions mean: `PROBABILITY` or `OCCUPANCY`; (0062,0010).
    public let fractionalType: String?
    /// The segments, in the order of the file; of several with one number the first.
    public let segments: [Segment]
    /// Rows of a frame.
    public let rows: Int
    /// Columns of a frame.
    public let columns: Int
    /// Where the frames lie and which segment they show, in the order of the file.
    public let frames: [SegmentationFrame]
    /// The images that frames were derived from; frames refer to ranges of it.
    public let sources: [SegmentationSource]
    /// Distance between the pixels of a frame.
    public let spacing: DICOMPixelSpacing?
    /// Distance between slices as recorded; (0018,0088).
    public let spacingBetweenSlicesMillimetres: Double?
    /// Slice thickness as recorded; (0018,0050).
    public let sliceThicknessMillimetres: Double?
    /// The frame of reference of the positions; (0020,0052).
    public let frameOfReferenceUID: String?
    /// The series that the segmentation refers to; (0008,1115).
    public let referencedSeriesUIDs: [String]
    /// The matrix that tiles make, for segmentations of slides.
    public let matrix: TotalPixelMatrix?
    /// What is odd in the file, one sentence each.
    public let problems: [String]
    /// What is wrong with the frames, whatever grid they are painted on.
    public let defects: [RegionDefect]
    let pixels: SegmentationPixels
    let limits: DecodeLimits

    /// SOP classes of segmentations: the older one, and that of label maps.
    static let sopClasses: Set = ["1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7"]

    /// Whether a file's SOP class is that of a segmentation.
    public static func recognizes(_ header: DICOMHeader) -> Bool {
        header.dataSet.text(.sopClassUID).map { sopClasses.contains($0) } ?? false
    }

    /// Reads the header of a segmentation.
    ///
    /// - Throws: ``FormatError`` when the file is no segmentation, is cut off before its pixels, contradicts itself, or
    ///   has more frames or pixels than the limits allow.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        try self.init(DICOMHeader(path: path, limits: limits), limits: limits)
    }

    /// Takes a segmentation from a header that was read already.
    ///
    /// - Throws: as ``init(path:limits:)``.
    public init(_ header: DICOMHeader, limits: DecodeLimits = .standard) throws(FormatError) {
        let data = header.dataSet
        guard Self.recognizes(header) else {
            throw FormatError(
                .notRecognized, file: header.name, place: "SOP class", expected: "a segmentation",
                found: data.text(.sopClassUID) ?? "none")
        }
        name = header.name
        sopInstanceUID = data.text(.sopInstanceUID) ?? ""
        self.limits = limits
        pixels = try SegmentationPixels(header, limits: limits)
        (rows, columns) = (pixels.rows, pixels.columns)
        kind = try Self.kind(of: data, bits: pixels.bitsAllocated, file: header.name)
        fractionalType = data.text(.segmentationFractionalType)
        let listed = data.items(.segmentSequence).compactMap { Segment($0) }
        let distinct = Self.distinct(listed)
        segments = distinct.segments
        frameOfReferenceUID = data.text(.frameOfReferenceUID)
        referencedSeriesUIDs = data.items(.referencedSeriesSequence).compactMap { $0.text(.seriesInstanceUID) }
        matrix = TotalPixelMatrix(data)
        var groups = FunctionalGroups(data, isLabelMap: kind == .labelMap)
        try groups.readFrames(count: pixels.frameCount, segments: listed.map(\.number), matrix: matrix, of: header)
        frames = groups.frames
        sources = groups.sources
        spacing = groups.spacing
        spacingBetweenSlicesMillimetres = groups.spacingBetweenSlices
        sliceThicknessMillimetres = groups.sliceThickness
        problems = header.problems + groups.problems
        defects = distinct.defects + Self.surplus(described: groups.itemCount, of: pixels, header)
    }

    private static func kind(of data: DICOMDataSet, bits: Int, file: String) throws(FormatError) -> Kind {
        let type = data.text(.segmentationType)
        switch type {
        case "BINARY": return .binary
        case "LABELMAP": return .labelMap
        case "FRACTIONAL":
            guard let maximum = data.integer(.maximumFractionalValue), (1...255).contains(maximum) else {
                throw FormatError(
                    .corrupt, file: file, place: "Maximum Fractional Value", expected: "1 to 255",
                    found: data.text(.maximumFractionalValue) ?? "none")
            }
            guard bits > 1 else {
                throw FormatError(
                    .corrupt, file: file, place: "Bits Allocated", expected: "8 for fractions", found: "\(bits)")
            }
            return .fractional(maximum: maximum)
        default:
            throw FormatError(
                type == nil ? .corrupt : .unsupported, file: file, place: "Segmentation Type",
                expected: "BINARY, FRACTIONAL or LABELMAP", found: type ?? "none")
        }
    }
}
