/// Why a volume's spacing, origin, direction, unit, scalar and padding are as they are.
public struct VolumeReasons: Sendable, Hashable {
    /// Where the distance of slices comes from.
    public enum Spacing: Sendable, Hashable {
        /// The span of the positions divided by the number of steps; largest deviation along the normal.
        case positions(maximumDeviationMillimetres: Double)
        /// There is one slice: its nominal thickness (0018,0050).
        case sliceThickness
        /// No single step: the median distance stands for all; the slices have their own positions.
        case nominal
        /// Resampled to the smallest distance.
        case resampled
        /// Nothing known: 1 mm stands for it.
        case unknown
    }

    /// Where the origin comes from.
    public enum Origin: String, Sendable, Hashable {
        /// Image Position (Patient) of the first slice.
        case imagePosition
        /// Computed: the corner of the grid that resampling made.
        case resampled
        /// No file has a position: zero stands for it.
        case unknown
    }

    /// Where the name of the space comes from.
    public enum FrameOfReference: String, Sendable, Hashable {
        /// Frame of Reference UID (0020,0052), which all slices have in common.
        case frameOfReferenceUID
        /// No file names one.
        case unknown
    }

    /// Where the directions come from.
    public enum Direction: String, Sendable, Hashable {
        /// Image Orientation (Patient), z along the normal.
        case orientation
        /// Image Orientation (Patient), z along the step between slices, which leans away from the normal.
        case sheared
        /// Image Orientation (Patient) of the first slice; the others differ.
        case firstSlice
        /// No file has an orientation: identity stands for it.
        case unknown
    }

    /// Where the unit comes from.
    public enum Unit: String, Sendable, Hashable {
        /// Rescale Type (0028,1054).
        case rescaleType
        /// CT without Rescale Type: Hounsfield units, PS3.3 C.8.2.1.
        case computedTomography
        /// Units (0054,1001).
        case unitsTag
        /// Measurement Units Code Sequence (0040,08EA) of the real world value map.
        case realWorldUnits
        /// Converted from the unit of the file with ``Volume/suv``.
        case converted
        /// Slopes differ in their type from frame to frame, or no tag names one.
        case noTag
    }

    /// Why the samples have their type.
    public enum Scalar: String, Sendable, Hashable {
        /// Every slope and intercept is whole, and all possible results fit the type.
        case wholeNumbers
        /// CT with whole slopes: Int16, which its bits could pass, but no value does.
        case hounsfieldInRange
        /// A slope or an intercept has a fraction.
        case fractions
        /// The values of a modality table, or a table of real world values with fractions.
        case table
        /// The colors of a palette.
        case palette
        /// As stored: color, or floating-point pixel data.
        case stored
    }

    /// How stored values became samples.
    public enum Values: String, Sendable, Hashable {
        /// As they are stored: no file has a slope, an intercept or a table.
        case stored
        /// Rescale Slope and Intercept (0028,1053 and 1052), frame by frame.
        case rescaled
        /// Modality LUT Sequence (0028,3000).
        case table
        /// Philips' private scale, as the caller wished.
        case philipsScale
        /// Real World Value Mapping Sequence (0040,9096): as the caller wished, or because nothing else scales the values.
        case realWorld
        /// Palette Color Lookup Tables (0028,1201 to 1203).
        case palette
    }

    /// What became of padding (0028,0120).
    public enum Padding: Sendable, Hashable {
        /// No file declares padding.
        case none
        /// Stored values in the range were replaced by the value.
        case filled(stored: ClosedRange<Int>, value: Double)
        /// Rescaled like any other value, as the caller wished.
        case rescaled(stored: ClosedRange<Int>)
    }

    /// Where the distance of slices comes from.
    public var spacing = Spacing.unknown
    /// What the distance of pixels in a slice was measured on; `nil` when it is not known.
    public var inPlaneSpacing: DICOMPixelSpacing.Kind?
    /// Where the origin comes from.
    public var origin = Origin.unknown
    /// Where the name of the space comes from.
    public var frameOfReference = FrameOfReference.unknown
    /// Where the directions come from.
    public var direction = Direction.unknown
    /// Where the unit comes from.
    public var unit = Unit.noTag
    /// How stored values became samples.
    public var values = Values.stored
    /// The unit of a Real World Value Mapping Sequence (0040,9096) that did not count, empty where it names none or several;
    /// `nil` without such a map.
    public var unusedRealWorldUnit: String?
    /// Why the samples have their type.
    public var scalar = Scalar.stored
    /// What became of padding; that of the first slice that declares it.
    public var padding = Padding.none

    /// Nothing known.
    public init() {}
}
