public import Formats

/// What a DICOM file holds: an image that can be part of a volume, or something else.
public enum DICOMContent: Sendable, Hashable {
    /// An image.
    case image(DICOMInstance)
    /// A segmentation, a structure set, a report …
    case object(NonImageObject)

    /// Reads the header of a file and keeps what matters.
    ///
    /// - Throws: ``FormatError`` for what is no DICOM, can't be read or goes beyond the limits.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        let source = try ByteSource(path: path)
        let header = try DICOMHeader(source: source, limits: limits)
        self = try Self.content(of: header, in: source, limits: limits)
    }

    /// What a header says.
    ///
    /// The file is not the header's source where the data set is deflated; the limits say how many frames a file may have.
    static func content(
        of header: DICOMHeader, in file: ByteSource, limits: DecodeLimits
    ) throws(FormatError) -> DICOMContent {
        if let kind = NonImageObject.Kind(header) { return .object(NonImageObject(header, kind: kind)) }
        var instance = try DICOMInstance(header, fileSize: file.count, limits: limits)
        instance.revision = file.revision
        return .image(instance)
    }
}

/// A DICOM file that is no image of a volume.
public struct NonImageObject: Sendable, Hashable, Codable {
    /// What the file holds.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Segmentation or label map.
        case segmentation
        /// Structure set of radiotherapy: contours.
        case structureSet
        /// Another object of radiotherapy: plan, record, beams.
        case radiotherapy
        /// Structured report.
        case report
        /// Presentation state.
        case presentationState
        /// Key object selection.
        case keyObjectSelection
        /// Directory of a medium.
        case directory
        /// Microscopy, tiled: a slide.
        case slide
        /// Waveform, encapsulated document, registration, raw data and others without pixels.
        case other
    }

    /// The path.
    public var path: String
    /// What the file holds.
    public var kind: Kind
    /// Modality (0008,0060).
    public var modality: String
    /// SOP class (0008,0016).
    public var sopClassUID: String
    /// SOP instance (0008,0018).
    public var sopInstanceUID: String
    /// Series (0020,000E).
    public var seriesInstanceUID: String
    /// Series description (0008,103E).
    public var seriesDescription: String?
    /// What tells that the file was cut.
    ///
    /// Attributes or pixels may be missing then; `nil` for nearly all.
    public var damage: String?

    /// The object of a header.
    init(_ header: DICOMHeader, kind: Kind) {
        let data = header.dataSet
        path = header.name
        self.kind = kind
        modality = data.text(.modality) ?? ""
        sopClassUID = data.text(.sopClassUID) ?? header.fileMeta.text(.mediaStorageSOPClassUID) ?? ""
        sopInstanceUID = data.text(.sopInstanceUID) ?? header.fileMeta.text(.mediaStorageSOPInstanceUID) ?? ""
        seriesInstanceUID = data.text(.seriesInstanceUID) ?? ""
        seriesDescription = data.text(.seriesDescription)
        damage = Self.damage(of: header, kind)
    }

    private static func damage(of header: DICOMHeader, _ kind: Kind) -> String? {
        if header.isDamaged { return header.problems.last }
        guard let place = header.pixelData else { return kind == .segmentation ? "no pixel data" : nil }
        guard place.isCut else { return nil }
        return "the file ends within the pixel data at offset \(place.offset)"
    }
}

extension NonImageObject.Kind {
    /// The kind of a file that is no image; `nil` for images.
    init?(_ header: DICOMHeader) {
        let uid = header.dataSet.text(.sopClassUID) ?? header.fileMeta.text(.mediaStorageSOPClassUID) ?? ""
        if uid == "1.2.840.10008.1.3.10" || header.dataSet.element(.directoryRecordSequence) != nil {
            self = .directory
            return
        }
        let storage = "1.2.840.10008.5.1.4.1.1."
        let number = uid.hasPrefix(storage) ? String(uid.dropFirst(storage.count)) : ""
        switch number {
        case "66.4", "66.7": self = .segmentation
        case "481.3": self = .structureSet
        case "88.59": self = .keyObjectSelection
        case "77.1.6": self = .slide
        case _ where number.hasPrefix("88."): self = .report
        case _ where number.hasPrefix("11."): self = .presentationState
        case _ where Self.hasPixels(header): return nil
        case _ where number.hasPrefix("481."): self = .radiotherapy
        default: self = .other
        }
    }

    private static func hasPixels(_ header: DICOMHeader) -> Bool {
        header.dataSet.integer(.rows) ?? 0 > 0 && header.dataSet.integer(.columns) ?? 0 > 0
    }
}

extension DICOMContent {
    /// Why a file is not what it seems: an image class without rows and columns, or a header that breaks off before
    /// anything told what the file holds.
    ///
    /// Such a file may be a slice of a volume, which must not be missing without a word.
    func failure(of header: DICOMHeader) -> FormatError? {
        guard case .object(let object) = self, object.kind == .other,
            header.isDamaged || header.dataSet.elements.isEmpty || NonImageObject.isImageClass(object.sopClassUID)
        else { return nil }
        let reason = header.isDamaged ? header.problems.last : nil
        return FormatError(
            header.isDamaged ? .truncated : .corrupt, file: header.name, place: "(0028,0010)",
            expected: "the rows and columns of an image", found: reason ?? "none")
    }
}

extension NonImageObject {
    /// Whether a SOP class holds images of bulk pixels: PS3.4, table B.5-1.
    static func isImageClass(_ uid: String) -> Bool {
        let storage = "1.2.840.10008.5.1.4.1.1."
        guard uid.hasPrefix(storage) else { return false }
        let numbers = uid.dropFirst(storage.count).split(separator: ".")
        // Not MR spectroscopy; 9 and others beside the list are waveforms, documents, registrations.
        let families: Set<Substring> = ["1", "2", "3", "4", "5", "6", "7", "12", "13", "20", "128", "130"]
        return numbers.first.map(families.contains) ?? false && numbers != ["4", "2"]
    }
}
