import Formats

/// Attributes of contours and reports that the table of standard tags does not name.
extension DICOMTag {
    /// ReferencedContentItemIdentifier.
    static let referencedContentItemIdentifier = DICOMTag(0x0040, 0xDB73)
    /// ContourNumber.
    static let contourNumber = DICOMTag(0x3006, 0x0048)
    /// ROIObservationLabel.
    static let roiObservationLabel = DICOMTag(0x3006, 0x0085)
    /// RTROIIdentificationCodeSequence.
    static let rtroiIdentificationCodeSequence = DICOMTag(0x3006, 0x0086)
}
