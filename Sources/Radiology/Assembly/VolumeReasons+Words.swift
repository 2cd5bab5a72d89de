extension VolumeReasons.Scalar {
    var words: String {
        switch self {
        case .wholeNumbers: "every slope and intercept is whole, and all possible results fit"
        case .hounsfieldInRange: "whole Hounsfield units; becomes int32 when a value passes 16 bits"
        case .fractions: "a slope or an intercept has a fraction, or results pass 32 bits"
        case .table: "the entries of the lookup table"
        case .palette: "the entries of the Palette Color Lookup Tables (0028,1201 to 1203)"
        case .stored: "as stored"
        }
    }
}

extension VolumeReasons.Unit {
    var words: String {
        switch self {
        case .rescaleType: "Rescale Type (0028,1054)"
        case .computedTomography: "CT without Rescale Type (0028,1054)"
        case .unitsTag: "Units (0054,1001)"
        case .realWorldUnits: "Measurement Units Code Sequence (0040,08EA) of the real world values"
        case .converted: "converted from Units (0054,1001)"
        case .noTag: "no attribute names one, or they differ"
        }
    }
}

extension VolumeReasons.Values {
    var words: String {
        switch self {
        case .stored: "as stored: no slope, intercept or table counts"
        case .rescaled: "Rescale Slope (0028,1053) and Intercept (0028,1052) of each slice"
        case .table: "Modality LUT Sequence (0028,3000)"
        case .realWorld: "Real World Value Mapping Sequence (0040,9096) of each slice"
        case .philipsScale: "Philips' private scale (2005,xx0E)"
        case .palette: "Palette Color Lookup Tables (0028,1201 to 1203)"
        }
    }
}

extension VolumeReasons.Padding {
    var choice: VolumeChoices.Choice {
        let tag = "Pixel Padding Value (0028,0120)"
        switch self {
        case .none: return VolumeChoices.Choice("none", "none", "no file has \(tag)")
        case .filled(let stored, let value):
            return VolumeChoices.Choice(short(value), "filled", "\(tag): stored \(Self.range(stored)) is replaced")
        case .rescaled(let stored):
            return VolumeChoices.Choice(
                Self.range(stored), "rescaled", "\(tag): stored \(Self.range(stored)) is rescaled like other values")
        }
    }

    private static func range(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
}

extension VolumeReasons.Spacing {
    var name: String {
        switch self {
        case .positions: "positions"
        case .sliceThickness: "sliceThickness"
        case .nominal: "nominal"
        case .resampled: "resampled"
        case .unknown: "unknown"
        }
    }

    var words: String {
        switch self {
        case .positions(let deviation):
            "Image Position (Patient) (0020,0032) of all slices; the largest deviation is \(short(deviation)) mm"
        case .sliceThickness: "Slice Thickness (0018,0050) of the only slice"
        case .nominal: "the median: the slices have no single step and keep their own positions"
        case .resampled: "resampled to the smallest distance"
        case .unknown: "nothing says it; 1 mm stands for it"
        }
    }
}

extension VolumeReasons.Origin {
    var words: String {
        switch self {
        case .imagePosition: "Image Position (Patient) (0020,0032) of the first slice"
        case .resampled: "the corner of the upright grid that resampling made around all slices"
        case .unknown: "no file has a position; zero stands for it"
        }
    }
}

extension VolumeReasons.FrameOfReference {
    var words: String {
        switch self {
        case .frameOfReferenceUID: "Frame of Reference UID (0020,0052) of all slices"
        case .unknown: "no file names one"
        }
    }
}

extension VolumeReasons.Direction {
    var words: String {
        switch self {
        case .orientation: "Image Orientation (Patient) (0020,0037), z along the normal"
        case .sheared: "Image Orientation (Patient) (0020,0037), z along the step between slices, which leans"
        case .firstSlice: "Image Orientation (Patient) (0020,0037) of the first slice; others differ"
        case .unknown: "no file has an orientation; identity stands for it"
        }
    }
}

extension DICOMPixelSpacing.Kind {
    var words: String {
        switch self {
        case .patient: "Pixel Spacing (0028,0030)"
        case .calibrated: "Pixel Spacing (0028,0030), by calibration"
        case .detector: "Imager Pixel Spacing (0018,1164): at the detector"
        case .unspecified: "Pixel Spacing (0028,0030) of a projection, calibrated or not"
        case .scanned: "Nominal Scanned Pixel Spacing (0018,2010)"
        case .ultrasound: "Sequence of Ultrasound Regions (0018,6011)"
        }
    }
}
