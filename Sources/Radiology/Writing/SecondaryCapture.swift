public import Formats
public import ImageCore

/// Writes pictures as DICOM Secondary Capture: gray with 8 or 16 bits, masks, or RGB; one picture or many frames.
///
/// An image with the axes y and x (and channel) becomes a Secondary Capture Image; one with a further axis a Multi-frame
/// Grayscale Byte, Grayscale Word or True Color Secondary Capture Image, whose frames are pages. The identifiers
/// follow from the pixels and the facts: the same input gives the same bytes. That a study was de-identified is not taken over:
/// nobody knows what the picture shows.
///
/// ```swift
/// let capture = SecondaryCapture(study: try StudyFacts(DICOMHeader(path: "scan/1.dcm")), burnedInAnnotation: false)
/// try capture.write(AnyImage(picture), to: "picture.dcm")
/// ```
public struct SecondaryCapture: Sendable, Hashable {
    /// Patient and study.
    public var study: StudyFacts
    /// Who makes it, when, and what its series is called.
    public var origin: ObjectOrigin
    /// (0008,0060).
    public var modality = "OT"
    /// How the picture became digital: `WSD` (made by a workstation), `SD` (scanned), `DF` (digitized film) …;
    /// (0008,0064).
    public var conversionType = "WSD"
    /// What was done to get the picture; (0008,2111).
    public var derivationDescription: String?
    /// Whether text that identifies the patient is part of the pixels; (0028,0301).
    ///
    /// `nil` leaves it open, which a picture may, and frames may not: PS3.3 C.7.6.1 and C.8.6.3.
    public var burnedInAnnotation: Bool?

    /// A capture of a study.
    public init(study: StudyFacts, origin: ObjectOrigin = ObjectOrigin(), burnedInAnnotation: Bool? = nil) {
        self.study = study
        self.origin = origin
        self.burnedInAnnotation = burnedInAnnotation
    }

    /// Writes a file, which appears under its name only when it is whole.
    ///
    /// - Throws: ``FormatError``: `invalidRequest` for an image without pixels, with more than 65535 rows or columns, or
    ///   of samples that Secondary Capture does not have, for facts that DICOM does not allow, and for frames without
    ///   ``burnedInAnnotation``, before a file is created; `inputOutput`.
    public func write(_ image: AnyImage, to path: String) throws(FormatError) {
        let frames = try PictureFrames(image, file: path)
        guard frames.count == nil || burnedInAnnotation != nil else {
            throw FormatError(
                .invalidRequest, file: path, place: "Burned In Annotation (0028,0301)",
                expected: "whether text in the frames identifies the patient, which several frames have to say",
                found: "nothing")
        }
        try frames.image.accept(WriteObject(dataSet: dataSet(frames, geometry: image.geometry), path: path))
    }

    private func dataSet(_ frames: PictureFrames, geometry: Geometry?) -> DICOMItem {
        var item = study.attributes
        item.merge(numberedOrigin.attributes(modality: modality))
        item.merge(frames.attributes)
        item.put(.conversionType, .cs, conversionType)
        item.put(.imageType, .cs, ["DERIVED", "SECONDARY"])
        item.put(.instanceNumber, .is, 1)
        item.put(.patientOrientation, .cs, .empty)
        item.put(.laterality, .cs, .empty)
        if let burnedInAnnotation { item.put(.burnedInAnnotation, .cs, burnedInAnnotation ? "YES" : "NO") }
        if let derivationDescription { item.put(.derivationDescription, .st, derivationDescription) }
        if let spacing = geometry?.spacingMillimetres { item.put(.pixelSpacing, .ds, [spacing.y, spacing.x]) }
        if let count = frames.count { item.merge(multiFrame(frames, count)) }
        let number = frames.count == nil ? "" : frames.isColor ? ".4" : frames.image.kind == .uint16 ? ".3" : ".2"
        item.put(.sopClassUID, .ui, "1.2.840.10008.5.1.4.1.1.7\(number)")
        let hash = hash(frames)
        item.put(.sopInstanceUID, .ui, hash.uid("instance"))
        item.put(.seriesInstanceUID, .ui, hash.uid("series"))
        return item
    }

    /// Multi-frame and SC Multi-frame Image modules; PS3.3 C.7.6.6 and C.8.6.3.
    private func multiFrame(_ frames: PictureFrames, _ count: Int) -> DICOMItem {
        var item = DICOMItem()
        item.put(.numberOfFrames, .is, count)
        item.put(.frameIncrementPointer, .at, .tags([.pageNumberVector]))
        item.put(.pageNumberVector, .is, .integers(Array(1...count)))
        guard !frames.isColor else { return item }
        item.put(.presentationLUTShape, .cs, "IDENTITY")
        item.put(.rescaleIntercept, .ds, [0])
        item.put(.rescaleSlope, .ds, [1])
        item.put(.rescaleType, .lo, "US")
        return item
    }

    private var numberedOrigin: ObjectOrigin { origin.numbered(after: study.seriesNumber) }

    private func hash(_ frames: PictureFrames) -> DICOMUIDHash {
        var hash = DICOMUIDHash("secondary capture", study.studyInstanceUID, modality, conversionType)
        numberedOrigin.combine(into: &hash)
        hash.combine(derivationDescription ?? "")
        let annotation = burnedInAnnotation.map { $0 ? 1 : 0 } ?? 2
        for number in [frames.rows, frames.columns, frames.count ?? 0, annotation] {
            hash.combine(number)
        }
        return frames.image.accept(HashSamples(hash: hash))
    }
}
