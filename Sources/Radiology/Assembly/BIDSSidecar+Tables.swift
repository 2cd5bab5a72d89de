import Formats

/// The entries that are attributes with another name; the first attribute that is there counts.
extension BIDSSidecar {
    static let texts: [(String, [DICOMTag])] = [
        ("PhotometricInterpretation", [DICOMTag(0x0028, 0x0004)]),
        ("Modality", [DICOMTag(0x0008, 0x0060)]), ("Manufacturer", [DICOMTag(0x0008, 0x0070)]),
        ("ManufacturersModelName", [DICOMTag(0x0008, 0x1090)]), ("BodyPart", [DICOMTag(0x0018, 0x0015)]),
        ("PatientPosition", [DICOMTag(0x0018, 0x5100)]), ("SoftwareVersions", [DICOMTag(0x0018, 0x1020)]),
        ("MRAcquisitionType", [DICOMTag(0x0018, 0x0023)]), ("SeriesDescription", [DICOMTag(0x0008, 0x103E)]),
        ("ProtocolName", [DICOMTag(0x0018, 0x1030)]), ("ScanningSequence", [DICOMTag(0x0018, 0x0020)]),
        ("SequenceVariant", [DICOMTag(0x0018, 0x0021)]), ("ScanOptions", [DICOMTag(0x0018, 0x0022)]),
        ("SequenceName", [DICOMTag(0x0018, 0x0024), DICOMTag(0x0018, 0x9005)]),
        ("ConvolutionKernel", [DICOMTag(0x0018, 0x1210)]), ("ReceiveCoilName", [DICOMTag(0x0018, 0x1250)]),
        ("DecayCorrection", [DICOMTag(0x0054, 0x1102)]), ("ReconstructionMethod", [DICOMTag(0x0054, 0x1103)]),
        ("RandomsCorrectionMethod", [DICOMTag(0x0054, 0x1100)]),
        ("AttenuationCorrectionMethod", [DICOMTag(0x0054, 0x1101)]),
        ("ScatterCorrectionMethod", [DICOMTag(0x0054, 0x1105)]),
    ]

    static let lists: [(String, [DICOMTag])] = [("ImageType", [DICOMTag(0x0008, 0x0008)])]

    /// Name, attributes, and how many units of DICOM make one of BIDS.
    static let numbers: [(String, [DICOMTag], Double)] = [
        ("RepetitionTime", [DICOMTag(0x0018, 0x0080)], 1000),
        ("EchoTime", [DICOMTag(0x0018, 0x0081), DICOMTag(0x0018, 0x9082)], 1000),
        ("InversionTime", [DICOMTag(0x0018, 0x0082), DICOMTag(0x0018, 0x9079)], 1000),
        ("FlipAngle", [DICOMTag(0x0018, 0x1314)], 1), ("MagneticFieldStrength", [DICOMTag(0x0018, 0x0087)], 1),
        ("SliceThickness", [DICOMTag(0x0018, 0x0050)], 1),
        ("ImagingFrequency", [DICOMTag(0x0018, 0x0084), DICOMTag(0x0018, 0x9098)], 1),
        ("PixelBandwidth", [DICOMTag(0x0018, 0x0095)], 1), ("SAR", [DICOMTag(0x0018, 0x1316)], 1),
        ("PercentPhaseFOV", [DICOMTag(0x0018, 0x0094)], 1), ("PercentSampling", [DICOMTag(0x0018, 0x0093)], 1),
        ("KVP", [DICOMTag(0x0018, 0x0060)], 1), ("ExposureTime", [DICOMTag(0x0018, 0x1150)], 1000),
        ("XRayTubeCurrent", [DICOMTag(0x0018, 0x1151)], 1), ("XRayExposure", [DICOMTag(0x0018, 0x1152)], 1),
        ("DoseCalibrationFactor", [DICOMTag(0x0054, 0x1322)], 1),
    ]

    static let integers: [(String, [DICOMTag])] = [
        ("SeriesNumber", [DICOMTag(0x0020, 0x0011)]), ("AcquisitionNumber", [DICOMTag(0x0020, 0x0012)]),
        ("EchoNumber", [DICOMTag(0x0018, 0x0086)]), ("EchoTrainLength", [DICOMTag(0x0018, 0x0091)]),
        ("PhaseEncodingSteps", [DICOMTag(0x0018, 0x0089), DICOMTag(0x0018, 0x9231)]),
    ]
}
