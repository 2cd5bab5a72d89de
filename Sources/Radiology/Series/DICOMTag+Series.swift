import Formats

/// Attributes that sorting looks at and the table of standard tags does not name.
extension DICOMTag {
    /// CodeValue.
    static let codeValue = DICOMTag(0x0008, 0x0100)
    /// NominalScannedPixelSpacing.
    static let nominalScannedPixelSpacing = DICOMTag(0x0018, 0x2010)
    /// RegionSpatialFormat.
    static let regionSpatialFormat = DICOMTag(0x0018, 0x6012)
    /// PhysicalUnitsXDirection.
    static let physicalUnitsXDirection = DICOMTag(0x0018, 0x6024)
    /// PhysicalUnitsYDirection.
    static let physicalUnitsYDirection = DICOMTag(0x0018, 0x6026)
    /// PhysicalDeltaX.
    static let physicalDeltaX = DICOMTag(0x0018, 0x602C)
    /// PhysicalDeltaY.
    static let physicalDeltaY = DICOMTag(0x0018, 0x602E)
    /// PulseSequenceName.
    static let pulseSequenceName = DICOMTag(0x0018, 0x9005)
    /// DiffusionGradientDirectionSequence.
    static let diffusionGradientDirectionSequence = DICOMTag(0x0018, 0x9076)
    /// InversionTimes.
    static let inversionTimes = DICOMTag(0x0018, 0x9079)
    /// MRTimingAndRelatedParametersSequence.
    static let mrTimingAndRelatedParametersSequence = DICOMTag(0x0018, 0x9112)
    /// CardiacSynchronizationSequence.
    static let cardiacSynchronizationSequence = DICOMTag(0x0018, 0x9118)
    /// MRImageFrameTypeSequence.
    static let mrImageFrameTypeSequence = DICOMTag(0x0018, 0x9226)
    /// CTReconstructionSequence.
    static let ctReconstructionSequence = DICOMTag(0x0018, 0x9314)
    /// CTImageFrameTypeSequence.
    static let ctImageFrameTypeSequence = DICOMTag(0x0018, 0x9329)
    /// PETFrameTypeSequence.
    static let petFrameTypeSequence = DICOMTag(0x0018, 0x9751)
    /// XAXRFFramePixelDataPropertiesSequence.
    static let xaFramePixelDataPropertiesSequence = DICOMTag(0x0028, 0x9443)
    /// NominalCardiacTriggerDelayTime.
    static let nominalCardiacTriggerDelayTime = DICOMTag(0x0020, 0x9153)
    /// FrameAcquisitionNumber.
    static let frameAcquisitionNumber = DICOMTag(0x0020, 0x9156)
    /// DimensionIndexPointer.
    static let dimensionIndexPointer = DICOMTag(0x0020, 0x9165)
    /// NominalPercentageOfCardiacPhase.
    static let nominalPercentageOfCardiacPhase = DICOMTag(0x0020, 0x9241)
    /// MeasurementUnitsCodeSequence.
    static let measurementUnitsCodeSequence = DICOMTag(0x0040, 0x08EA)
    /// LUTLabel.
    static let lutLabel = DICOMTag(0x0040, 0x9210)
    /// RealWorldValueLUTData.
    static let realWorldValueLUTData = DICOMTag(0x0040, 0x9212)
    /// RealWorldValueFirstValueMapped.
    static let realWorldValueFirstValueMapped = DICOMTag(0x0040, 0x9216)
    /// DetectorVector.
    static let detectorVector = DICOMTag(0x0054, 0x0020)
    /// DetectorInformationSequence.
    static let detectorInformationSequence = DICOMTag(0x0054, 0x0022)
    /// SliceVector.
    static let sliceVector = DICOMTag(0x0054, 0x0080)
    /// DoseUnits.
    static let doseUnits = DICOMTag(0x3004, 0x0002)
    /// DoseGridScaling.
    static let doseGridScaling = DICOMTag(0x3004, 0x000E)
    /// GridFrameOffsetVector.
    static let gridFrameOffsetVector = DICOMTag(0x3004, 0x000C)
}
