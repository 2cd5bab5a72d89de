public import Formats
import ImageProcessing

/// What becomes of a series that is no regular grid of slices.
///
/// | geometry | `faithful` | `strict` | `insertMissing` | `keepIrregular` | `resample` | `largestConsistent` |
/// |---|---|---|---|---|---|---|
/// | uniform, one slice | as it is | as it is | as it is | as it is | as it is | as it is |
/// | sheared | as it is, affine exact | error | as it is | as it is | resampled upright | as it is |
/// | gaps | missing slices put in, masked | error | put in, masked | kept, positions only | interpolated, masked | longest run |
/// | irregular | kept, positions only | error | error | kept | interpolated | longest run |
/// | a phase lacks slices, a slice has no known slope | put in, masked | error | put in, masked | put in, masked | interpolated, masked | longest run of all phases |
/// | not parallel, no positions | kept, positions only | error | error | kept | error | error |
///
/// "Positions only": ``Volume/isGridExact`` is `false`, ``Volume/slices`` have the places. No policy stretches slices
/// over a gap. Two different images at one place, or one UID for two contents, are errors under every policy but
/// `largestConsistent`, which takes the first image of each place and says so. A file whose pixel data was cut or is missing
/// is an error, but for `insertMissing`, `resample` and `largestConsistent`: its frames count as missing. Other defects of
/// severity `error` are errors under every policy.
public enum VolumePolicy: String, Sendable, Hashable, CaseIterable, Codable {
    /// Every slice stays at its place: gaps are filled and masked, irregular slices keep their own positions. The default.
    case faithful
    /// Anything but a regular, upright grid without warnings is an error.
    case strict
    /// Missing slices of a grid are put in with a value and masked; slices without a grid are an error.
    case insertMissing
    /// Slices are stacked as they are; gaps are told by their positions.
    case keepIrregular
    /// Linear interpolation to a regular, upright grid with the smallest distance found.
    case resample
    /// The longest run of slices with one step; the others are dropped, and a defect says which.
    case largestConsistent
}

/// How a volume is read.
public struct VolumeOptions: Sendable, Hashable {
    /// What becomes of padding pixels (0028,0120 and 0121).
    public enum Padding: Sendable, Hashable {
        /// They get a value in the volume's unit; `nil` is −1024 for Hounsfield units, and 0 otherwise.
        case fill(Double?)
        /// They are rescaled like any other value, as most readers do: −2000 becomes −3024.
        case rescaled
    }

    /// Which of a file's maps gives the values.
    public enum Values: String, Sendable, Hashable, CaseIterable {
        /// Slope and intercept (0028,1053 and 1052) or the modality table, as the standard has it. The default.
        case rescaled
        /// Philips MR: the values before they were scaled for storage, comparable between series, as `(stored · slope + intercept) /
        /// (slope · s)` with Philips' private scale slope s (2005,xx0E); Chenevert et al., Transl Oncol 2014, 7:65.
        ///
        /// An error for files without that attribute.
        case philipsScale
        /// The Real World Value Mapping Sequence (0040,9096), with its unit: PS3.3 C.7.6.16.2.11.
        ///
        /// ``rescaled`` takes it where no slice has another rescaling than none or the identity of type `US`, as in
        /// parametric maps. An error for files without it, and for stored values that its table has no entry for.
        case realWorld
    }

    /// What becomes of irregular series.
    public var policy = VolumePolicy.faithful
    /// The value of slices that are put in, in the volume's unit; `nil` is −1024 for Hounsfield units, and 0 otherwise.
    public var insertedValue: Double?
    /// Which of a file's maps gives the values.
    public var values = Values.rescaled
    /// Whether PALETTE COLOR becomes RGB; otherwise the volume has the indices.
    public var expandsPalette = true
    /// What becomes of padding pixels.
    public var padding = Padding.fill(nil)
    /// Whether PET volumes become SUV by body weight where their tags allow; an error says why where they don't.
    public var convertsToSUV = false
    /// Largest number of threads.
    public var workers: Int
    /// What a file may ask for.
    public var limits = DecodeLimits.standard

    /// The defaults, with a policy.
    public init(policy: VolumePolicy = .faithful) {
        self.policy = policy
        workers = processorCount
    }
}

extension VolumeOptions.Values {
    /// The linear map of a frame; `nil` where it has none.
    func map(_ facts: DICOMFrameFacts) -> DICOMRescale? {
        if self == .realWorld { return facts.realWorldValue?.rescale }
        guard self == .philipsScale, let scale = facts.philipsScale else { return facts.rescale }
        let rescale = facts.rescale ?? DICOMRescale()
        let slope = rescale.slope == 0 ? 1 : rescale.slope
        return DICOMRescale(slope: 1 / scale.slope, intercept: rescale.intercept / (slope * scale.slope))
    }
}

extension VolumeOptions {
    /// What stands for nothing in a unit.
    static func background(_ unit: VolumeUnit) -> Double { unit == .hounsfield ? -1024 : 0 }
}

extension FormatError.Code {
    /// The series can be read, and the policy does not allow to make a volume of it.
    public static let volumeRefused = Self(rawValue: "volume-refused")
}
