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
    /// CTImageFrameTypeSequence.
    static let ctImageFrameTypeSequence = DICOMTag(0x0018, 0x9329)
    /// PETFrameTypeSequence.
    static let petFrameTypeSequence = DICOMTag(0x0018, 0x9751)
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
    /// DetectorVector.
    static let detectorVector = DICOMTag(0x0054, 0x0020)
    /// DetectorInformationSequence.
    static let detectorInformationSequence = DICOMTag(0x0054, 0x0022)
    /// SliceVector.
    static let sliceVector = DICOMTag(0x0054, 0x0080)
    /// GridFrameOffsetVector.
    static let gridFrameOffsetVector = DICOMTag(0x3004, 0x000C)
}

/// Private attributes of vendors, in the block that their files use.
extension DICOMTag {
    /// Siemens: NumberOfImagesInMosaic.
    static let siemensImagesInMosaic = DICOMTag(0x0019, 0x100A)
    /// Siemens: B_value.
    static let siemensBValue = DICOMTag(0x0019, 0x100C)
    /// Siemens: DiffusionGradientDirection.
    static let siemensDiffusionDirection = DICOMTag(0x0019, 0x100E)
    /// GE: diffusion direction, x.
    static let geDirectionX = DICOMTag(0x0019, 0x10BB)
    /// GE: diffusion direction, y.
    static let geDirectionY = DICOMTag(0x0019, 0x10BC)
    /// GE: diffusion direction, z.
    static let geDirectionZ = DICOMTag(0x0019, 0x10BD)
    /// Siemens: CSA image header.
    static let siemensCSAImageHeader = DICOMTag(0x0029, 0x1010)
    /// GE: four numbers, the first of which is the b-value.
    static let geBValue = DICOMTag(0x0043, 0x1039)
    /// United Imaging: b-value.
    static let uihBValue = DICOMTag(0x0065, 0x1009)
    /// United Imaging: diffusion direction.
    static let uihDiffusionDirection = DICOMTag(0x0065, 0x1037)
    /// Philips: diffusion b-factor.
    static let philipsBValue = DICOMTag(0x2001, 0x1003)
    /// Philips: scale intercept.
    static let philipsScaleIntercept = DICOMTag(0x2005, 0x100D)
    /// Philips: scale slope.
    static let philipsScaleSlope = DICOMTag(0x2005, 0x100E)
    /// Philips: diffusion direction, x.
    static let philipsDirectionX = DICOMTag(0x2005, 0x10B0)
    /// Philips: diffusion direction, y.
    static let philipsDirectionY = DICOMTag(0x2005, 0x10B1)
    /// Philips: diffusion direction, z.
    static let philipsDirectionZ = DICOMTag(0x2005, 0x10B2)
    /// Philips: the attributes of a single frame, per frame.
    static let philipsPerFrameSequence = DICOMTag(0x2005, 0x140F)
}
