import Formats

/// What the standardized uptake value of a PET image rests on; slices of one stack have to agree.
public struct PositronFacts: Sendable, Hashable {
    /// Units (0054,1001); uptake values that are not by body weight have the name of their SUV Type (0054,1006).
    public var units: String?
    /// Decay Correction (0054,1102).
    public var decayCorrection: String?
    /// Patient's Weight (0010,1030).
    public var weightKilograms: Double?
    /// Radionuclide Total Dose (0018,1074).
    public var doseBecquerels: Double?
    /// Radionuclide Half Life (0018,1075).
    public var halfLifeSeconds: Double?
    /// Radiopharmaceutical Start DateTime (0018,1078), or its time alone (0018,1072), as it stands.
    public var start: String?

    /// Nothing known.
    public init() {}

    /// The facts of a PET image; `nil` for other modalities.
    init?(_ data: DICOMDataSet) {
        guard data.text(.modality) == "PT" else { return nil }
        units = data.positronUnits
        decayCorrection = data.text(DICOMTag(0x0054, 0x1102))
        weightKilograms = data.double(DICOMTag(0x0010, 0x1030))
        guard let drug = data.items(DICOMTag(0x0054, 0x0016)).first else { return }
        doseBecquerels = drug.double(DICOMTag(0x0018, 0x1074))
        halfLifeSeconds = drug.double(DICOMTag(0x0018, 0x1075))
        start = drug.text(DICOMTag(0x0018, 0x1078)) ?? drug.text(DICOMTag(0x0018, 0x1072))
    }

    /// Every fact with its name and how to write it; the unit first.
    static let attributes: [(name: String, value: @Sendable (PositronFacts?) -> String)] = [
        ("unit", { $0?.units ?? "none" }),
        ("decay correction", { $0?.decayCorrection ?? "none" }),
        ("patient's weight", { $0?.weightKilograms.map { short($0) } ?? "none" }),
        ("radionuclide dose", { $0?.doseBecquerels.map { short($0) } ?? "none" }),
        ("radionuclide half-life", { $0?.halfLifeSeconds.map { short($0) } ?? "none" }),
        ("radiopharmaceutical start", { $0?.start ?? "none" }),
    ]
}

extension DICOMDataSet {
    /// Units (0054,1001); where these are g/ml by another SUV Type (0054,1006) than body weight, as which they count without
    /// one (PS3.3 C.8.9.1), the name of that: `SUVlbm`, `SUVibw`.
    var positronUnits: String? {
        let units = text(DICOMTag(0x0054, 0x1001))
        guard units == "GML", let type = text(DICOMTag(0x0054, 0x1006)), type != "BW" else { return units }
        return "SUV\(type.lowercased())"
    }
}
