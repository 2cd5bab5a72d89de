/// A linear map from stored values to real ones: `stored × slope + intercept`.
public struct DICOMRescale: Sendable, Hashable, Codable {
    /// What a stored value is multiplied with; (0028,1053).
    public var slope: Double
    /// What is then added; (0028,1052).
    public var intercept: Double
    /// What the result is: `HU`, `US`, an UCUM code …; (0028,1054), or the unit's code of a ``DICOMRealWorldMap``.
    public var type: String?

    /// A map by its parts.
    public init(slope: Double = 1, intercept: Double = 0, type: String? = nil) {
        self.slope = slope
        self.intercept = intercept
        self.type = type
    }
}

/// A window for display, in values after rescaling; PS3.3 C.11.2.1.2.
public struct DICOMWindow: Sendable, Hashable, Codable {
    /// The window's center; (0028,1050).
    public var center: Double
    /// The window's width; (0028,1051).
    public var width: Double
    /// `LINEAR`, `LINEAR_EXACT` or `SIGMOID`; `nil` stands for `LINEAR`; (0028,1056).
    public var function: String?

    /// A window by its parts.
    public init(center: Double, width: Double, function: String? = nil) {
        self.center = center
        self.width = width
        self.function = function
    }
}

/// What is known of one frame: where it lies, how its values are meant, and what may vary within a series.
///
/// A single-frame file has one. In a multi-frame file the shared, then the frame's own functional groups count
/// (PS3.3 C.7.6.16), before the attributes of the data set.
public struct DICOMFrameFacts: Sendable, Hashable {
    /// Number of the frame in its file, or of the tile in a mosaic, from 0.
    public var frame: Int
    /// Center of the first pixel, LPS; (0020,0032).
    public var positionMillimetres: SIMD3<Double>?
    /// Whether the position was computed from the spacing between slices or an offset vector rather than given.
    public var hasDerivedPosition = false
    /// How the slice lies; (0020,0037).
    public var orientation: SliceOrientation?
    /// Distance between pixels.
    public var spacing: DICOMPixelSpacing?
    /// Nominal thickness, as recorded; never used for geometry; (0018,0050).
    public var sliceThicknessMillimetres: Double?
    /// Rescale slope and intercept; `nil` where the file has none.
    public var rescale: DICOMRescale?
    /// Bits of the entries of the Modality LUT Sequence (0028,3000) where it takes the place of slope and intercept.
    public var modalityTableBits: Int?
    /// The first map of the Real World Value Mapping Sequence (0040,9096).
    public var realWorldValue: DICOMRealWorldMap?
    /// Philips' private scale: slope (2005,100E), intercept (2005,100D); real value = (stored − intercept) / slope.
    public var philipsScale: DICOMRescale?
    /// Windows for display.
    public var windows: [DICOMWindow] = []
    /// Image type, four values or so: `ORIGINAL`, `PRIMARY`, `AXIAL` …; (0008,0008) or (0008,9007).
    public var imageType: [String] = []
    /// Convolution kernel of a reconstruction, with several values joined: (0018,1210).
    public var convolutionKernel: String?
    /// Peak kilovoltage of the X-ray tube (0018,0060), as the file has it.
    public var tubeVoltage: String?
    /// How the patient lies in the scanner, as in `HFS` for head first and supine; (0018,5100).
    public var patientPosition: String?
    /// Name of the pulse sequence: (0018,0024) or (0018,9005).
    public var sequenceName: String?
    /// Attributes that should be numbers and are not; what they would say is `nil` above.
    public var invalidNumbers: [DICOMInvalidNumber] = []
    /// What may vary along a further axis.
    public var varying = DICOMVaryingFacts()

    /// Facts of a frame of which nothing is known.
    public init(frame: Int = 0) { self.frame = frame }
}

/// Attributes of a frame that may vary within a series and then make a further axis.
public struct DICOMVaryingFacts: Sendable, Hashable {
    /// Instance number (0020,0013).
    public var instanceNumber: Int?
    /// Acquisition number (0020,0012).
    public var acquisitionNumber: Int?
    /// Seconds since midnight of the frame's acquisition: (0018,9074), (0008,002A) or (0008,0032).
    ///
    /// In a ``DICOMSeries`` they count from the midnight before its first acquisition, beyond 86,400 on the days after it.
    public var acquisitionTimeSeconds: Double?
    /// The day of the acquisition, counted from 1 March of year 0: the date of those, or (0008,0022).
    public var acquisitionDay: Int?
    /// Seconds since midnight of the content: (0008,0033); in a series as for the acquisition.
    public var contentTimeSeconds: Double?
    /// The day of the content: (0008,0023).
    public var contentDay: Int?
    /// Temporal position: index (0020,9128) or identifier (0020,0100).
    public var temporalPosition: Int?
    /// Milliseconds after the trigger: (0020,9153), (0018,1060).
    public var triggerTimeMilliseconds: Double?
    /// Milliseconds from the start of the series to the middle of a PET frame: (0054,1300).
    public var frameReferenceTimeMilliseconds: Double?
    /// Part of the heart's cycle: (0020,9241).
    public var cardiacPhasePercent: Double?
    /// Echo number (0018,0086).
    public var echoNumber: Int?
    /// Echo time: (0018,9082) or (0018,0081).
    public var echoTimeMilliseconds: Double?
    /// Inversion time: (0018,0082) or (0018,9079).
    public var inversionTimeMilliseconds: Double?
    /// Flip angle in degrees (0018,1314).
    public var flipAngleDegrees: Double?
    /// Diffusion b-value in s/mm²: (0018,9087) or the vendor's attribute.
    public var bValue: Double?
    /// Direction of the diffusion gradient: (0018,9089) or the vendor's attribute.
    public var diffusionDirection: SIMD3<Double>?
    /// Energy window, detector, phase, rotation, R-R interval, time slot … of nuclear medicine: the frame's value of
    /// each vector that the Frame Increment Pointer (0028,0009) names, slices left out.
    public var nuclearIndices: [Int] = []
    /// Stack (0020,9056) of a multi-frame file.
    public var stackID: String?
    /// Number in the stack, from 1 (0020,9057).
    public var inStackPosition: Int?
    /// Dimension index values (0020,9157) of the dimensions that are not the slice's place or stack.
    public var dimensionIndices: [Int] = []
    /// Milliseconds from the first frame of a cine, by Frame Time (0018,1063) or Frame Time Vector (0018,1065).
    public var cineTimeMilliseconds: Double?

    /// Facts of which nothing is known.
    public init() {}
}
