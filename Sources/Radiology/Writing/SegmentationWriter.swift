public import Formats
public import ImageCore

/// Writes label maps as a DICOM segmentation: Segmentation Storage (binary) or Label Map Segmentation Storage.
///
/// Every frame lies at the place of its slice and names the image it was made of, where the grid knows it. Patient, study
/// and frame of reference come over from the source series. Slices in which a segment is nowhere are left out, as is
/// usual, unless they are asked for. The identifiers follow from the labels and the facts: the same input gives the
/// same bytes.
///
/// ```swift
/// let series = try VolumeReader(folder: "scan").series[0]
/// let grid = SliceGrid(series.stacks[0], of: series)
/// let liver = Segment(number: 1, label: "Liver", category: .anatomicalStructure, propertyType: .liver, algorithm: "Net 3")
/// let writer = SegmentationWriter(segments: [liver], source: try SourceSeries(series))
/// try writer.write(labels, on: grid, to: "liver.dcm")
/// ```
public struct SegmentationWriter: Sendable {
    /// How pixels say where a segment is.
    public enum Kind: Sendable, Hashable {
        /// One frame per segment and slice, one bit per pixel; segments may overlap. Every reader knows it.
        case binary
        /// One frame per slice, whose pixels are numbers of segments; smaller for many segments, and known to new
        /// readers only.
        case labelMap
    }

    /// What the labels stand for; numbers 1, 2, 3 … for binary segmentations, any from 1 to 65535 for label maps.
    public var segments: [Segment]
    /// The series that was segmented.
    public var source: SourceSeries
    /// Who makes it, when, and what its series is called.
    public var origin: ObjectOrigin
    /// How pixels say where a segment is.
    public var kind: Kind
    /// A name for programs: at most 16 capitals, digits, spaces and underscores; (0070,0080).
    public var contentLabel = "SEGMENTATION"
    /// What it shows; (0070,0081).
    public var contentDescription: String?
    /// Who made it; (0070,0084).
    public var contentCreatorName: String?
    /// Whether slices in which a segment is nowhere get a frame.
    public var keepsEmptyFrames = false

    /// A writer for segments of a series.
    public init(
        segments: [Segment], source: SourceSeries, kind: Kind = .binary, origin: ObjectOrigin = ObjectOrigin()
    ) {
        self.segments = segments
        self.source = source
        self.kind = kind
        self.origin = origin
    }

    /// Writes one label map, axes z, y, x.
    ///
    /// - Throws: as ``write(_:to:)``.
    public func write(_ labels: Image<UInt16>, on grid: SliceGrid, to path: String) throws(FormatError) {
        try write(LabelLayers(labels, on: grid), to: path)
    }

    /// Writes a file, which appears under its name only when it is whole.
    ///
    /// - Throws: ``FormatError``, before a file is created: `invalidRequest` for label maps that do not fit the grid, a grid
    ///   without geometry or of another frame of reference than the source, labels without a segment, segments without
    ///   codes, overlapping segments in a label map; `limitExceeded` for 4 GiB of pixels; `inputOutput`.
    public func write(_ layers: LabelLayers, to path: String) throws(FormatError) {
        if let frame = layers.grid.frameOfReferenceUID, frame != source.frameOfReferenceUID {
            throw FormatError(
                .invalidRequest, file: path, place: "grid", expected: "the frame of reference of \(source.path)",
                found: frame)
        }
        let content = try SegmentationContent(
            layers, segments: segments, kind: kind, keepsEmpty: keepsEmptyFrames, file: path)
        try checkSources(content, file: path)
        let isWide = segments.contains { $0.number > 255 }
        let bytes = kind == .binary ? content.packedBits() : content.labels(isWide: isWide)
        let item = dataSet(content, hash: hash(content, bytes), isWide: isWide)
        try DICOMEncoder().write(item, pixels: unsafe bytes.span.bytes, to: path)
    }

    private func checkSources(_ content: SegmentationContent, file: String) throws(FormatError) {
        for frame in content.frames {
            let uid = content.layers.grid.slices[frame.slice].sopInstanceUID
            guard uid.isEmpty || source.instances[uid] != nil else {
                throw FormatError(
                    .invalidRequest, file: file, place: "slice \(frame.slice + 1)",
                    expected: "an image of \(source.path)'s series",
                    found: uid)
            }
        }
    }

    private var numberedOrigin: ObjectOrigin { origin.numbered(after: source.study.seriesNumber) }

    private func hash(_ content: SegmentationContent, _ bytes: [UInt8]) -> DICOMUIDHash {
        var hash = DICOMUIDHash(
            "segmentation \(kind)", source.study.studyInstanceUID, source.seriesInstanceUID, contentLabel,
            contentDescription ?? "", contentCreatorName ?? "", "\(segments)")
        numberedOrigin.combine(into: &hash)
        hash.combine("\(content.layers.grid)")
        for frame in content.frames {
            hash.combine(frame.slice)
            hash.combine(frame.segment ?? 0)
        }
        hash.combine(bytes)
        return hash
    }
}

extension SegmentationWriter {
    private func dataSet(_ content: SegmentationContent, hash: DICOMUIDHash, isWide: Bool) -> DICOMItem {
        var item = source.study.attributes
        item.merge(source.study.deidentification)
        item.merge(numberedOrigin.attributes(modality: "SEG"))
        item.merge(source.common)
        item.merge(imageAttributes(content, isWide: isWide))
        item.put(.sopInstanceUID, .ui, hash.uid("instance"))
        item.put(.seriesInstanceUID, .ui, hash.uid("series"))
        item.put(.frameOfReferenceUID, .ui, source.frameOfReferenceUID)
        item.put(.segmentSequence, items: segmentItems)
        let groups = SegmentationGroups(content, source: source, kind: kind)
        item.merge(groups.dimensions(organization: hash.uid("dimensions")))
        item.put(.sharedFunctionalGroupsSequence, items: [groups.shared])
        item.put(.perFrameFunctionalGroupsSequence, items: groups.perFrame)
        let referenced = groups.referencedInstances
        if !referenced.isEmpty {
            item.put(.referencedSeriesSequence, items: [source.commonReference(to: referenced)])
        }
        return item
    }

    /// Image Pixel and Segmentation Image modules; PS3.3 C.8.20.2 and C.8.23.
    private func imageAttributes(_ content: SegmentationContent, isWide: Bool) -> DICOMItem {
        let bits = kind == .binary ? 1 : isWide ? 16 : 8
        var item = DICOMItem()
        item.put(.sopClassUID, .ui, "1.2.840.10008.5.1.4.1.1.66.\(kind == .binary ? 4 : 7)")
        item.put(.imageType, .cs, ["DERIVED", "PRIMARY"])
        item.put(.instanceNumber, .is, 1)
        item.put(.contentLabel, .cs, contentLabel)
        item.put(.contentDescription, .lo, contentDescription)
        item.put(.contentCreatorName, .pn, contentCreatorName)
        item.put(.samplesPerPixel, .us, 1)
        item.put(.photometricInterpretation, .cs, "MONOCHROME2")
        item.put(.numberOfFrames, .is, content.frames.count)
        item.put(.rows, .us, content.layers.grid.rows)
        item.put(.columns, .us, content.layers.grid.columns)
        item.put(.bitsAllocated, .us, bits)
        item.put(.bitsStored, .us, bits)
        item.put(.highBit, .us, bits - 1)
        item.put(.pixelRepresentation, .us, 0)
        item.put(.lossyImageCompression, .cs, "00")
        item.put(.segmentationType, .cs, kind == .binary ? "BINARY" : "LABELMAP")
        item.put(.segmentsOverlap, .cs, content.layers.layers.count > 1 ? "YES" : "NO")
        if kind == .labelMap { item.put(.pixelPaddingValue, .us, 0) }
        return item
    }

    /// The segments' items; a label map describes its background, too.
    private var segmentItems: [DICOMItem] {
        guard kind == .labelMap else { return segments.map(\.item) }
        let sorted = segments.sorted { $0.number < $1.number }
        let code = CodedConcept(value: "125040", scheme: "DCM", meaning: "Background")
        var background = Segment(number: 0, label: "Background")
        background.category = code
        background.propertyType = code
        background.algorithmType = sorted.first?.algorithmType
        background.algorithmName = sorted.first?.algorithmName
        return [background.item] + sorted.map(\.item)
    }
}
