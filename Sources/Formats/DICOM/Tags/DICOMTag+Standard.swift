/// The attributes of PS3.6 that the readers use, by their keywords.
extension DICOMTag {
    /// MediaStorageSOPClassUID (UI).
    public static let mediaStorageSOPClassUID = DICOMTag(0x0002, 0x0002)
    /// MediaStorageSOPInstanceUID (UI).
    public static let mediaStorageSOPInstanceUID = DICOMTag(0x0002, 0x0003)
    /// TransferSyntaxUID (UI).
    public static let transferSyntaxUID = DICOMTag(0x0002, 0x0010)
    /// DirectoryRecordSequence (SQ).
    public static let directoryRecordSequence = DICOMTag(0x0004, 0x1220)
    /// DirectoryRecordType (CS).
    public static let directoryRecordType = DICOMTag(0x0004, 0x1430)
    /// ReferencedFileID (CS).
    public static let referencedFileID = DICOMTag(0x0004, 0x1500)
    /// SpecificCharacterSet (CS).
    public static let specificCharacterSet = DICOMTag(0x0008, 0x0005)
    /// ImageType (CS).
    public static let imageType = DICOMTag(0x0008, 0x0008)
    /// SOPClassUID (UI).
    public static let sopClassUID = DICOMTag(0x0008, 0x0016)
    /// SOPInstanceUID (UI).
    public static let sopInstanceUID = DICOMTag(0x0008, 0x0018)
    /// StudyDate (DA).
    public static let studyDate = DICOMTag(0x0008, 0x0020)
    /// SeriesDate (DA).
    public static let seriesDate = DICOMTag(0x0008, 0x0021)
    /// AcquisitionDate (DA).
    public static let acquisitionDate = DICOMTag(0x0008, 0x0022)
    /// ContentDate (DA).
    public static let contentDate = DICOMTag(0x0008, 0x0023)
    /// AcquisitionDateTime (DT).
    public static let acquisitionDateTime = DICOMTag(0x0008, 0x002A)
    /// StudyTime (TM).
    public static let studyTime = DICOMTag(0x0008, 0x0030)
    /// SeriesTime (TM).
    public static let seriesTime = DICOMTag(0x0008, 0x0031)
    /// AcquisitionTime (TM).
    public static let acquisitionTime = DICOMTag(0x0008, 0x0032)
    /// ContentTime (TM).
    public static let contentTime = DICOMTag(0x0008, 0x0033)
    /// AccessionNumber (SH).
    public static let accessionNumber = DICOMTag(0x0008, 0x0050)
    /// Modality (CS).
    public static let modality = DICOMTag(0x0008, 0x0060)
    /// ConversionType (CS).
    public static let conversionType = DICOMTag(0x0008, 0x0064)
    /// Manufacturer (LO).
    public static let manufacturer = DICOMTag(0x0008, 0x0070)
    /// InstitutionName (LO).
    public static let institutionName = DICOMTag(0x0008, 0x0080)
    /// CodeValue (SH).
    public static let codeValue = DICOMTag(0x0008, 0x0100)
    /// CodingSchemeDesignator (SH).
    public static let codingSchemeDesignator = DICOMTag(0x0008, 0x0102)
    /// CodeMeaning (LO).
    public static let codeMeaning = DICOMTag(0x0008, 0x0104)
    /// LongCodeValue (UC).
    public static let longCodeValue = DICOMTag(0x0008, 0x0119)
    /// URNCodeValue (UR).
    public static let urnCodeValue = DICOMTag(0x0008, 0x0120)
    /// StudyDescription (LO).
    public static let studyDescription = DICOMTag(0x0008, 0x1030)
    /// SeriesDescription (LO).
    public static let seriesDescription = DICOMTag(0x0008, 0x103E)
    /// ManufacturerModelName (LO).
    public static let manufacturerModelName = DICOMTag(0x0008, 0x1090)
    /// ReferencedSeriesSequence (SQ).
    public static let referencedSeriesSequence = DICOMTag(0x0008, 0x1115)
    /// ReferencedImageSequence (SQ).
    public static let referencedImageSequence = DICOMTag(0x0008, 0x1140)
    /// ReferencedInstanceSequence (SQ).
    public static let referencedInstanceSequence = DICOMTag(0x0008, 0x114A)
    /// ReferencedSOPClassUID (UI).
    public static let referencedSOPClassUID = DICOMTag(0x0008, 0x1150)
    /// ReferencedSOPInstanceUID (UI).
    public static let referencedSOPInstanceUID = DICOMTag(0x0008, 0x1155)
    /// ReferencedFrameNumber (IS).
    public static let referencedFrameNumber = DICOMTag(0x0008, 0x1160)
    /// ReferencedSOPSequence (SQ).
    public static let referencedSOPSequence = DICOMTag(0x0008, 0x1199)
    /// DerivationDescription (ST).
    public static let derivationDescription = DICOMTag(0x0008, 0x2111)
    /// SourceImageSequence (SQ).
    public static let sourceImageSequence = DICOMTag(0x0008, 0x2112)
    /// AnatomicRegionSequence (SQ).
    public static let anatomicRegionSequence = DICOMTag(0x0008, 0x2218)
    /// FrameType (CS).
    public static let frameType = DICOMTag(0x0008, 0x9007)
    /// DerivationImageSequence (SQ).
    public static let derivationImageSequence = DICOMTag(0x0008, 0x9124)
    /// PatientName (PN).
    public static let patientName = DICOMTag(0x0010, 0x0010)
    /// PatientID (LO).
    public static let patientID = DICOMTag(0x0010, 0x0020)
    /// IssuerOfPatientID (LO).
    public static let issuerOfPatientID = DICOMTag(0x0010, 0x0021)
    /// PatientBirthDate (DA).
    public static let patientBirthDate = DICOMTag(0x0010, 0x0030)
    /// PatientSex (CS).
    public static let patientSex = DICOMTag(0x0010, 0x0040)
    /// PatientAge (AS).
    public static let patientAge = DICOMTag(0x0010, 0x1010)
    /// PatientSize (DS).
    public static let patientSize = DICOMTag(0x0010, 0x1020)
    /// PatientWeight (DS).
    public static let patientWeight = DICOMTag(0x0010, 0x1030)
    /// ContrastBolusAgent (LO).
    public static let contrastBolusAgent = DICOMTag(0x0018, 0x0010)
    /// BodyPartExamined (CS).
    public static let bodyPartExamined = DICOMTag(0x0018, 0x0015)
    /// ScanningSequence (CS).
    public static let scanningSequence = DICOMTag(0x0018, 0x0020)
    /// SequenceVariant (CS).
    public static let sequenceVariant = DICOMTag(0x0018, 0x0021)
    /// MRAcquisitionType (CS).
    public static let mrAcquisitionType = DICOMTag(0x0018, 0x0023)
    /// SequenceName (SH).
    public static let sequenceName = DICOMTag(0x0018, 0x0024)
    /// SliceThickness (DS).
    public static let sliceThickness = DICOMTag(0x0018, 0x0050)
    /// KVP (DS).
    public static let kvp = DICOMTag(0x0018, 0x0060)
    /// RepetitionTime (DS).
    public static let repetitionTime = DICOMTag(0x0018, 0x0080)
    /// EchoTime (DS).
    public static let echoTime = DICOMTag(0x0018, 0x0081)
    /// InversionTime (DS).
    public static let inversionTime = DICOMTag(0x0018, 0x0082)
    /// EchoNumbers (IS).
    public static let echoNumbers = DICOMTag(0x0018, 0x0086)
    /// MagneticFieldStrength (DS).
    public static let magneticFieldStrength = DICOMTag(0x0018, 0x0087)
    /// SpacingBetweenSlices (DS).
    public static let spacingBetweenSlices = DICOMTag(0x0018, 0x0088)
    /// EchoTrainLength (IS).
    public static let echoTrainLength = DICOMTag(0x0018, 0x0091)
    /// DeviceSerialNumber (LO).
    public static let deviceSerialNumber = DICOMTag(0x0018, 0x1000)
    /// ProtocolName (LO).
    public static let protocolName = DICOMTag(0x0018, 0x1030)
    /// TriggerTime (DS).
    public static let triggerTime = DICOMTag(0x0018, 0x1060)
    /// FrameTime (DS).
    public static let frameTime = DICOMTag(0x0018, 0x1063)
    /// FrameTimeVector (DS).
    public static let frameTimeVector = DICOMTag(0x0018, 0x1065)
    /// RadiopharmaceuticalStartTime (TM).
    public static let radiopharmaceuticalStartTime = DICOMTag(0x0018, 0x1072)
    /// RadionuclideTotalDose (DS).
    public static let radionuclideTotalDose = DICOMTag(0x0018, 0x1074)
    /// RadionuclideHalfLife (DS).
    public static let radionuclideHalfLife = DICOMTag(0x0018, 0x1075)
    /// RadiopharmaceuticalStartDateTime (DT).
    public static let radiopharmaceuticalStartDateTime = DICOMTag(0x0018, 0x1078)
    /// GantryDetectorTilt (DS).
    public static let gantryDetectorTilt = DICOMTag(0x0018, 0x1120)
    /// ImagerPixelSpacing (DS).
    public static let imagerPixelSpacing = DICOMTag(0x0018, 0x1164)
    /// ConvolutionKernel (SH).
    public static let convolutionKernel = DICOMTag(0x0018, 0x1210)
    /// ActualFrameDuration (IS).
    public static let actualFrameDuration = DICOMTag(0x0018, 0x1242)
    /// AcquisitionMatrix (US).
    public static let acquisitionMatrix = DICOMTag(0x0018, 0x1310)
    /// FlipAngle (DS).
    public static let flipAngle = DICOMTag(0x0018, 0x1314)
    /// PatientPosition (CS).
    public static let patientPosition = DICOMTag(0x0018, 0x5100)
    /// SequenceOfUltrasoundRegions (SQ).
    public static let sequenceOfUltrasoundRegions = DICOMTag(0x0018, 0x6011)
    /// FrameAcquisitionDateTime (DT).
    public static let frameAcquisitionDateTime = DICOMTag(0x0018, 0x9074)
    /// EffectiveEchoTime (FD).
    public static let effectiveEchoTime = DICOMTag(0x0018, 0x9082)
    /// DiffusionBValue (FD).
    public static let diffusionBValue = DICOMTag(0x0018, 0x9087)
    /// DiffusionGradientOrientation (FD).
    public static let diffusionGradientOrientation = DICOMTag(0x0018, 0x9089)
    /// MREchoSequence (SQ).
    public static let mrEchoSequence = DICOMTag(0x0018, 0x9114)
    /// MRDiffusionSequence (SQ).
    public static let mrDiffusionSequence = DICOMTag(0x0018, 0x9117)
    /// StudyInstanceUID (UI).
    public static let studyInstanceUID = DICOMTag(0x0020, 0x000D)
    /// SeriesInstanceUID (UI).
    public static let seriesInstanceUID = DICOMTag(0x0020, 0x000E)
    /// StudyID (SH).
    public static let studyID = DICOMTag(0x0020, 0x0010)
    /// SeriesNumber (IS).
    public static let seriesNumber = DICOMTag(0x0020, 0x0011)
    /// AcquisitionNumber (IS).
    public static let acquisitionNumber = DICOMTag(0x0020, 0x0012)
    /// InstanceNumber (IS).
    public static let instanceNumber = DICOMTag(0x0020, 0x0013)
    /// ImagePositionPatient (DS).
    public static let imagePositionPatient = DICOMTag(0x0020, 0x0032)
    /// ImageOrientationPatient (DS).
    public static let imageOrientationPatient = DICOMTag(0x0020, 0x0037)
    /// FrameOfReferenceUID (UI).
    public static let frameOfReferenceUID = DICOMTag(0x0020, 0x0052)
    /// TemporalPositionIdentifier (IS).
    public static let temporalPositionIdentifier = DICOMTag(0x0020, 0x0100)
    /// NumberOfTemporalPositions (IS).
    public static let numberOfTemporalPositions = DICOMTag(0x0020, 0x0105)
    /// SliceLocation (DS).
    public static let sliceLocation = DICOMTag(0x0020, 0x1041)
    /// ImageComments (LT).
    public static let imageComments = DICOMTag(0x0020, 0x4000)
    /// StackID (SH).
    public static let stackID = DICOMTag(0x0020, 0x9056)
    /// InStackPositionNumber (UL).
    public static let inStackPositionNumber = DICOMTag(0x0020, 0x9057)
    /// FrameContentSequence (SQ).
    public static let frameContentSequence = DICOMTag(0x0020, 0x9111)
    /// PlanePositionSequence (SQ).
    public static let planePositionSequence = DICOMTag(0x0020, 0x9113)
    /// PlaneOrientationSequence (SQ).
    public static let planeOrientationSequence = DICOMTag(0x0020, 0x9116)
    /// TemporalPositionIndex (UL).
    public static let temporalPositionIndex = DICOMTag(0x0020, 0x9128)
    /// DimensionIndexValues (UL).
    public static let dimensionIndexValues = DICOMTag(0x0020, 0x9157)
    /// DimensionIndexSequence (SQ).
    public static let dimensionIndexSequence = DICOMTag(0x0020, 0x9222)
    /// TemporalPositionTimeOffset (FD).
    public static let temporalPositionTimeOffset = DICOMTag(0x0020, 0x930D)
    /// DimensionOrganizationType (CS).
    public static let dimensionOrganizationType = DICOMTag(0x0020, 0x9311)
    /// SamplesPerPixel (US).
    public static let samplesPerPixel = DICOMTag(0x0028, 0x0002)
    /// PhotometricInterpretation (CS).
    public static let photometricInterpretation = DICOMTag(0x0028, 0x0004)
    /// PlanarConfiguration (US).
    public static let planarConfiguration = DICOMTag(0x0028, 0x0006)
    /// NumberOfFrames (IS).
    public static let numberOfFrames = DICOMTag(0x0028, 0x0008)
    /// FrameIncrementPointer (AT).
    public static let frameIncrementPointer = DICOMTag(0x0028, 0x0009)
    /// Rows (US).
    public static let rows = DICOMTag(0x0028, 0x0010)
    /// Columns (US).
    public static let columns = DICOMTag(0x0028, 0x0011)
    /// PixelSpacing (DS).
    public static let pixelSpacing = DICOMTag(0x0028, 0x0030)
    /// CorrectedImage (CS).
    public static let correctedImage = DICOMTag(0x0028, 0x0051)
    /// BitsAllocated (US).
    public static let bitsAllocated = DICOMTag(0x0028, 0x0100)
    /// BitsStored (US).
    public static let bitsStored = DICOMTag(0x0028, 0x0101)
    /// HighBit (US).
    public static let highBit = DICOMTag(0x0028, 0x0102)
    /// PixelRepresentation (US).
    public static let pixelRepresentation = DICOMTag(0x0028, 0x0103)
    /// SmallestImagePixelValue (US or SS).
    public static let smallestImagePixelValue = DICOMTag(0x0028, 0x0106)
    /// LargestImagePixelValue (US or SS).
    public static let largestImagePixelValue = DICOMTag(0x0028, 0x0107)
    /// PixelPaddingValue (US or SS).
    public static let pixelPaddingValue = DICOMTag(0x0028, 0x0120)
    /// PixelPaddingRangeLimit (US or SS).
    public static let pixelPaddingRangeLimit = DICOMTag(0x0028, 0x0121)
    /// BurnedInAnnotation (CS).
    public static let burnedInAnnotation = DICOMTag(0x0028, 0x0301)
    /// PixelSpacingCalibrationType (CS).
    public static let pixelSpacingCalibrationType = DICOMTag(0x0028, 0x0A02)
    /// WindowCenter (DS).
    public static let windowCenter = DICOMTag(0x0028, 0x1050)
    /// WindowWidth (DS).
    public static let windowWidth = DICOMTag(0x0028, 0x1051)
    /// RescaleIntercept (DS).
    public static let rescaleIntercept = DICOMTag(0x0028, 0x1052)
    /// RescaleSlope (DS).
    public static let rescaleSlope = DICOMTag(0x0028, 0x1053)
    /// RescaleType (LO).
    public static let rescaleType = DICOMTag(0x0028, 0x1054)
    /// WindowCenterWidthExplanation (LO).
    public static let windowCenterWidthExplanation = DICOMTag(0x0028, 0x1055)
    /// VOILUTFunction (CS).
    public static let voiLUTFunction = DICOMTag(0x0028, 0x1056)
    /// RedPaletteColorLookupTableDescriptor (US or SS).
    public static let redPaletteColorLookupTableDescriptor = DICOMTag(0x0028, 0x1101)
    /// GreenPaletteColorLookupTableDescriptor (US or SS).
    public static let greenPaletteColorLookupTableDescriptor = DICOMTag(0x0028, 0x1102)
    /// BluePaletteColorLookupTableDescriptor (US or SS).
    public static let bluePaletteColorLookupTableDescriptor = DICOMTag(0x0028, 0x1103)
    /// RedPaletteColorLookupTableData (OW).
    public static let redPaletteColorLookupTableData = DICOMTag(0x0028, 0x1201)
    /// GreenPaletteColorLookupTableData (OW).
    public static let greenPaletteColorLookupTableData = DICOMTag(0x0028, 0x1202)
    /// BluePaletteColorLookupTableData (OW).
    public static let bluePaletteColorLookupTableData = DICOMTag(0x0028, 0x1203)
    /// SegmentedRedPaletteColorLookupTableData (OW).
    public static let segmentedRedPaletteColorLookupTableData = DICOMTag(0x0028, 0x1221)
    /// SegmentedGreenPaletteColorLookupTableData (OW).
    public static let segmentedGreenPaletteColorLookupTableData = DICOMTag(0x0028, 0x1222)
    /// SegmentedBluePaletteColorLookupTableData (OW).
    public static let segmentedBluePaletteColorLookupTableData = DICOMTag(0x0028, 0x1223)
    /// LossyImageCompression (CS).
    public static let lossyImageCompression = DICOMTag(0x0028, 0x2110)
    /// ModalityLUTSequence (SQ).
    public static let modalityLUTSequence = DICOMTag(0x0028, 0x3000)
    /// LUTDescriptor (US or SS).
    public static let lutDescriptor = DICOMTag(0x0028, 0x3002)
    /// LUTExplanation (LO).
    public static let lutExplanation = DICOMTag(0x0028, 0x3003)
    /// LUTData (US or OW).
    public static let lutData = DICOMTag(0x0028, 0x3006)
    /// VOILUTSequence (SQ).
    public static let voiLUTSequence = DICOMTag(0x0028, 0x3010)
    /// PixelMeasuresSequence (SQ).
    public static let pixelMeasuresSequence = DICOMTag(0x0028, 0x9110)
    /// FrameVOILUTSequence (SQ).
    public static let frameVOILUTSequence = DICOMTag(0x0028, 0x9132)
    /// PixelValueTransformationSequence (SQ).
    public static let pixelValueTransformationSequence = DICOMTag(0x0028, 0x9145)
    /// XOffsetInSlideCoordinateSystem (DS).
    public static let xOffsetInSlideCoordinateSystem = DICOMTag(0x0040, 0x072A)
    /// YOffsetInSlideCoordinateSystem (DS).
    public static let yOffsetInSlideCoordinateSystem = DICOMTag(0x0040, 0x073A)
    /// ZOffsetInSlideCoordinateSystem (DS).
    public static let zOffsetInSlideCoordinateSystem = DICOMTag(0x0040, 0x074A)
    /// MeasurementUnitsCodeSequence (SQ).
    public static let measurementUnitsCodeSequence = DICOMTag(0x0040, 0x08EA)
    /// RealWorldValueMappingSequence (SQ).
    public static let realWorldValueMappingSequence = DICOMTag(0x0040, 0x9096)
    /// RealWorldValueIntercept (FD).
    public static let realWorldValueIntercept = DICOMTag(0x0040, 0x9224)
    /// RealWorldValueSlope (FD).
    public static let realWorldValueSlope = DICOMTag(0x0040, 0x9225)
    /// RelationshipType (CS).
    public static let relationshipType = DICOMTag(0x0040, 0xA010)
    /// ValueType (CS).
    public static let valueType = DICOMTag(0x0040, 0xA040)
    /// ConceptNameCodeSequence (SQ).
    public static let conceptNameCodeSequence = DICOMTag(0x0040, 0xA043)
    /// UID (UI).
    public static let uid = DICOMTag(0x0040, 0xA124)
    /// TextValue (UT).
    public static let textValue = DICOMTag(0x0040, 0xA160)
    /// ConceptCodeSequence (SQ).
    public static let conceptCodeSequence = DICOMTag(0x0040, 0xA168)
    /// MeasuredValueSequence (SQ).
    public static let measuredValueSequence = DICOMTag(0x0040, 0xA300)
    /// NumericValue (DS).
    public static let numericValue = DICOMTag(0x0040, 0xA30A)
    /// ContentSequence (SQ).
    public static let contentSequence = DICOMTag(0x0040, 0xA730)
    /// TotalPixelMatrixColumns (UL).
    public static let totalPixelMatrixColumns = DICOMTag(0x0048, 0x0006)
    /// TotalPixelMatrixRows (UL).
    public static let totalPixelMatrixRows = DICOMTag(0x0048, 0x0007)
    /// TotalPixelMatrixOriginSequence (SQ).
    public static let totalPixelMatrixOriginSequence = DICOMTag(0x0048, 0x0008)
    /// ImageOrientationSlide (DS).
    public static let imageOrientationSlide = DICOMTag(0x0048, 0x0102)
    /// PlanePositionSlideSequence (SQ).
    public static let planePositionSlideSequence = DICOMTag(0x0048, 0x021A)
    /// ColumnPositionInTotalImagePixelMatrix (SL).
    public static let columnPositionInTotalImagePixelMatrix = DICOMTag(0x0048, 0x021E)
    /// RowPositionInTotalImagePixelMatrix (SL).
    public static let rowPositionInTotalImagePixelMatrix = DICOMTag(0x0048, 0x021F)
    /// TotalPixelMatrixFocalPlanes (UL).
    public static let totalPixelMatrixFocalPlanes = DICOMTag(0x0048, 0x0303)
    /// RadiopharmaceuticalInformationSequence (SQ).
    public static let radiopharmaceuticalInformationSequence = DICOMTag(0x0054, 0x0016)
    /// NumberOfTimeSlots (US).
    public static let numberOfTimeSlots = DICOMTag(0x0054, 0x0071)
    /// NumberOfSlices (US).
    public static let numberOfSlices = DICOMTag(0x0054, 0x0081)
    /// SeriesType (CS).
    public static let seriesType = DICOMTag(0x0054, 0x1000)
    /// Units (CS).
    public static let units = DICOMTag(0x0054, 0x1001)
    /// DecayCorrection (CS).
    public static let decayCorrection = DICOMTag(0x0054, 0x1102)
    /// FrameReferenceTime (DS).
    public static let frameReferenceTime = DICOMTag(0x0054, 0x1300)
    /// SegmentationType (CS).
    public static let segmentationType = DICOMTag(0x0062, 0x0001)
    /// SegmentSequence (SQ).
    public static let segmentSequence = DICOMTag(0x0062, 0x0002)
    /// SegmentedPropertyCategoryCodeSequence (SQ).
    public static let segmentedPropertyCategoryCodeSequence = DICOMTag(0x0062, 0x0003)
    /// SegmentNumber (US).
    public static let segmentNumber = DICOMTag(0x0062, 0x0004)
    /// SegmentLabel (LO).
    public static let segmentLabel = DICOMTag(0x0062, 0x0005)
    /// SegmentDescription (ST).
    public static let segmentDescription = DICOMTag(0x0062, 0x0006)
    /// SegmentAlgorithmType (CS).
    public static let segmentAlgorithmType = DICOMTag(0x0062, 0x0008)
    /// SegmentAlgorithmName (LO).
    public static let segmentAlgorithmName = DICOMTag(0x0062, 0x0009)
    /// SegmentIdentificationSequence (SQ).
    public static let segmentIdentificationSequence = DICOMTag(0x0062, 0x000A)
    /// ReferencedSegmentNumber (US).
    public static let referencedSegmentNumber = DICOMTag(0x0062, 0x000B)
    /// RecommendedDisplayCIELabValue (US).
    public static let recommendedDisplayCIELabValue = DICOMTag(0x0062, 0x000D)
    /// MaximumFractionalValue (US).
    public static let maximumFractionalValue = DICOMTag(0x0062, 0x000E)
    /// SegmentedPropertyTypeCodeSequence (SQ).
    public static let segmentedPropertyTypeCodeSequence = DICOMTag(0x0062, 0x000F)
    /// SegmentationFractionalType (CS).
    public static let segmentationFractionalType = DICOMTag(0x0062, 0x0010)
    /// SegmentedPropertyTypeModifierCodeSequence (SQ).
    public static let segmentedPropertyTypeModifierCodeSequence = DICOMTag(0x0062, 0x0011)
    /// TrackingID (UT).
    public static let trackingID = DICOMTag(0x0062, 0x0020)
    /// TrackingUID (UI).
    public static let trackingUID = DICOMTag(0x0062, 0x0021)
    /// GraphicData (FL).
    public static let graphicData = DICOMTag(0x0070, 0x0022)
    /// GraphicType (CS).
    public static let graphicType = DICOMTag(0x0070, 0x0023)
    /// PresentationLUTShape (CS).
    public static let presentationLUTShape = DICOMTag(0x2050, 0x0020)
    /// StructureSetLabel (SH).
    public static let structureSetLabel = DICOMTag(0x3006, 0x0002)
    /// StructureSetName (LO).
    public static let structureSetName = DICOMTag(0x3006, 0x0004)
    /// ReferencedFrameOfReferenceSequence (SQ).
    public static let referencedFrameOfReferenceSequence = DICOMTag(0x3006, 0x0010)
    /// RTReferencedStudySequence (SQ).
    public static let rtReferencedStudySequence = DICOMTag(0x3006, 0x0012)
    /// RTReferencedSeriesSequence (SQ).
    public static let rtReferencedSeriesSequence = DICOMTag(0x3006, 0x0014)
    /// ContourImageSequence (SQ).
    public static let contourImageSequence = DICOMTag(0x3006, 0x0016)
    /// StructureSetROISequence (SQ).
    public static let structureSetROISequence = DICOMTag(0x3006, 0x0020)
    /// ROINumber (IS).
    public static let roiNumber = DICOMTag(0x3006, 0x0022)
    /// ReferencedFrameOfReferenceUID (UI).
    public static let referencedFrameOfReferenceUID = DICOMTag(0x3006, 0x0024)
    /// ROIName (LO).
    public static let roiName = DICOMTag(0x3006, 0x0026)
    /// ROIDescription (ST).
    public static let roiDescription = DICOMTag(0x3006, 0x0028)
    /// ROIDisplayColor (IS).
    public static let roiDisplayColor = DICOMTag(0x3006, 0x002A)
    /// ROIGenerationAlgorithm (CS).
    public static let roiGenerationAlgorithm = DICOMTag(0x3006, 0x0036)
    /// ROIContourSequence (SQ).
    public static let roiContourSequence = DICOMTag(0x3006, 0x0039)
    /// ContourSequence (SQ).
    public static let contourSequence = DICOMTag(0x3006, 0x0040)
    /// ContourGeometricType (CS).
    public static let contourGeometricType = DICOMTag(0x3006, 0x0042)
    /// NumberOfContourPoints (IS).
    public static let numberOfContourPoints = DICOMTag(0x3006, 0x0046)
    /// ContourData (DS).
    public static let contourData = DICOMTag(0x3006, 0x0050)
    /// RTROIObservationsSequence (SQ).
    public static let rtroiObservationsSequence = DICOMTag(0x3006, 0x0080)
    /// ReferencedROINumber (IS).
    public static let referencedROINumber = DICOMTag(0x3006, 0x0084)
    /// RTROIInterpretedType (CS).
    public static let rtroiInterpretedType = DICOMTag(0x3006, 0x00A4)
    /// SharedFunctionalGroupsSequence (SQ).
    public static let sharedFunctionalGroupsSequence = DICOMTag(0x5200, 0x9229)
    /// PerFrameFunctionalGroupsSequence (SQ).
    public static let perFrameFunctionalGroupsSequence = DICOMTag(0x5200, 0x9230)
    /// ExtendedOffsetTable (OV).
    public static let extendedOffsetTable = DICOMTag(0x7FE0, 0x0001)
    /// ExtendedOffsetTableLengths (OV).
    public static let extendedOffsetTableLengths = DICOMTag(0x7FE0, 0x0002)
    /// FloatPixelData (OF).
    public static let floatPixelData = DICOMTag(0x7FE0, 0x0008)
    /// DoubleFloatPixelData (OD).
    public static let doubleFloatPixelData = DICOMTag(0x7FE0, 0x0009)
    /// PixelData (OB or OW).
    public static let pixelData = DICOMTag(0x7FE0, 0x0010)
}
