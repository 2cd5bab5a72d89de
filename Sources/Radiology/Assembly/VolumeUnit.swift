/// What one unit of a volume's values means.
public enum VolumeUnit: Sendable, Hashable {
    /// Hounsfield units: water is 0, air is −1000.
    case hounsfield
    /// Standardized uptake value by body weight, in g/ml.
    case suvBodyWeight
    /// Activity concentration in Bq/ml.
    case becquerelsPerMillilitre
    /// A unit by the name that the file gives it: Rescale Type (0028,1054), Units (0054,1001), or a code of UCUM.
    case named(String)
    /// The file names none.
    case unspecified

    /// A short name: `HU`, `SUVbw`, `BQML`, the file's own, or `unspecified`.
    public var name: String {
        switch self {
        case .hounsfield: "HU"
        case .suvBodyWeight: "SUVbw"
        case .becquerelsPerMillilitre: "BQML"
        case .named(let name): name
        case .unspecified: "unspecified"
        }
    }
}

extension VolumeUnit {
    /// The unit that a file's tags give, and which tag decided.
    ///
    /// CT values are Hounsfield units unless Rescale Type says otherwise (PS3.3 C.8.2.1.1.5: HU is assumed where the type
    /// is absent), except in localizers and secondary pictures. PET has Units (PS3.3 C.8.9.1.1.3).
    static func named(
        modality: String?, rescaleType: String?, units: String?, imageType: [String], hasRescale: Bool
    ) -> (unit: VolumeUnit, reason: VolumeReasons.Unit) {
        if modality == "PT" || modality == "NM", let units {
            return (unit(ofPET: units), .unitsTag)
        }
        if let rescaleType, rescaleType != "US" {
            return (rescaleType == "HU" ? .hounsfield : .named(rescaleType), .rescaleType)
        }
        if modality == "CT", rescaleType == nil, hasRescale { return (.hounsfield, .computedTomography) }
        return (.unspecified, .noTag)
    }

    /// The unit by its UCUM code.
    init(ucum code: String) {
        switch code {
        case "[hnsf'U]": self = .hounsfield
        case "Bq/ml", "Bq/mL": self = .becquerelsPerMillilitre
        case "g/ml{SUVbw}", "g/mL{SUVbw}": self = .suvBodyWeight
        default: self = .named(code)
        }
    }

    private static func unit(ofPET units: String) -> VolumeUnit {
        switch units {
        case "BQML": .becquerelsPerMillilitre
        case "GML": .suvBodyWeight
        default: .named(units)
        }
    }
}
