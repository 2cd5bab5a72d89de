import Formats

/// Attributes that are written or taken over, and that the table of standard tags does not name.
extension DICOMTag {
    /// TimezoneOffsetFromUTC (SH).
    static let timezoneOffsetFromUTC = DICOMTag(0x0008, 0x0201)
    /// InstanceCreationDate (DA).
    static let instanceCreationDate = DICOMTag(0x0008, 0x0012)
    /// InstanceCreationTime (TM).
    static let instanceCreationTime = DICOMTag(0x0008, 0x0013)
    /// ReferringPhysicianName (PN).
    static let referringPhysicianName = DICOMTag(0x0008, 0x0090)
    /// DerivationCodeSequence (SQ).
    static let derivationCodeSequence = DICOMTag(0x0008, 0x9215)
    /// PatientIdentityRemoved (CS).
    static let patientIdentityRemoved = DICOMTag(0x0012, 0x0062)
    /// DeidentificationMethod (LO).
    static let deidentificationMethod = DICOMTag(0x0012, 0x0063)
    /// DeidentificationMethodCodeSequence (SQ).
    static let deidentificationMethodCodeSequence = DICOMTag(0x0012, 0x0064)
    /// ScanOptions (CS).
    static let scanOptions = DICOMTag(0x0018, 0x0022)
    /// SoftwareVersions (LO).
    static let softwareVersions = DICOMTag(0x0018, 0x1020)
    /// PageNumberVector (IS).
    static let pageNumberVector = DICOMTag(0x0018, 0x2001)
    /// ContributingEquipmentSequence (SQ).
    static let contributingEquipmentSequence = DICOMTag(0x0018, 0xA001)
    /// PatientOrientation (CS).
    static let patientOrientation = DICOMTag(0x0020, 0x0020)
    /// Laterality (CS).
    static let laterality = DICOMTag(0x0020, 0x0060)
    /// PositionReferenceIndicator (LO).
    static let positionReferenceIndicator = DICOMTag(0x0020, 0x1040)
    /// DimensionOrganizationUID (UI).
    static let dimensionOrganizationUID = DICOMTag(0x0020, 0x9164)
    /// FunctionalGroupPointer (AT).
    static let functionalGroupPointer = DICOMTag(0x0020, 0x9167)
    /// DimensionOrganizationSequence (SQ).
    static let dimensionOrganizationSequence = DICOMTag(0x0020, 0x9221)
    /// DimensionDescriptionLabel (LO).
    static let dimensionDescriptionLabel = DICOMTag(0x0020, 0x9421)
    /// RecognizableVisualFeatures (CS).
    static let recognizableVisualFeatures = DICOMTag(0x0028, 0x0302)
    /// LongitudinalTemporalInformationModified (CS).
    static let longitudinalTemporalInformationModified = DICOMTag(0x0028, 0x0303)
    /// LossyImageCompressionRatio (DS).
    static let lossyImageCompressionRatio = DICOMTag(0x0028, 0x2112)
    /// LossyImageCompressionMethod (CS).
    static let lossyImageCompressionMethod = DICOMTag(0x0028, 0x2114)
    /// PurposeOfReferenceCodeSequence (SQ).
    static let purposeOfReferenceCodeSequence = DICOMTag(0x0040, 0xA170)
    /// SegmentsOverlap (CS).
    static let segmentsOverlap = DICOMTag(0x0062, 0x0013)
    /// ContentLabel (CS).
    static let contentLabel = DICOMTag(0x0070, 0x0080)
    /// ContentDescription (LO).
    static let contentDescription = DICOMTag(0x0070, 0x0081)
    /// ContentCreatorName (PN).
    static let contentCreatorName = DICOMTag(0x0070, 0x0084)
}
