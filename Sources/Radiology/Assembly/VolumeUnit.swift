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
    /// The unit that the tags of a stack's slices give, and which tag decided; none where slices are of different types.
    ///
    /// CT values are Hounsfield units unless Rescale Type says otherwise: the type may be absent only where it is HU
    /// (PS3.3 C.8.2.1). PET has Units (PS3.3 C.8.9.1.1.3).
    static func named(
        modality: String?, rescaleTypes: [String?], units: String?, hasRescale: Bool
    ) -> (unit: VolumeUnit, reason: VolumeReasons.Unit) {
        if modality == "PT" || modality == "NM", let units {
            return (unit(ofPET: units), .unitsTag)
        }
        let named = Set(rescaleTypes.map { $0 ?? (modality == "CT" ? "HU" : "US") })
        guard named.count == 1, let type = named.first, type != "US" else { return (.unspecified, .noTag) }
        guard rescaleTypes.contains(where: { $0 != nil }) else {
            return hasRescale ? (.hounsfield, .computedTomography) : (.unspecified, .noTag)
        }
        return (type == "HU" ? .hounsfield : .named(type), .rescaleType)
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
