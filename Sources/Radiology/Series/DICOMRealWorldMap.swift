import Formats

/// A map from stored values to real ones that names their unit: Real World Value Mapping, PS3.3 C.7.6.16.2.11.
public struct DICOMRealWorldMap: Sendable, Hashable {
    /// How a value is found.
    public enum Mapping: Sendable, Hashable {
        /// `stored × slope + intercept`: (0040,9225), (0040,9224).
        case linear(slope: Double, intercept: Double)
        /// The entry of a table (0040,9212) that begins with the value of this stored one; there is none outside.
        case table(first: Int, values: [Double])
    }

    /// How a value is found.
    public var mapping: Mapping
    /// The unit's code, by UCUM: `mm2/s`, `Bq/ml`, `1` for numbers without one.
    public var unit: String?
    /// LUT Label (0040,9210).
    public var label: String?

    /// A map by its parts.
    public init(_ mapping: Mapping, unit: String? = nil, label: String? = nil) {
        self.mapping = mapping
        self.unit = unit
        self.label = label
    }

    /// The entries, where it is a table.
    var table: (first: Int, values: [Double])? {
        if case .table(let first, let values) = mapping { (first, values) } else { nil }
    }

    /// The linear map; `nil` for a table.
    var rescale: DICOMRescale? {
        guard case .linear(let slope, let intercept) = mapping else { return nil }
        return DICOMRescale(slope: slope, intercept: intercept, type: unit)
    }
}

extension DICOMRealWorldMap {
    /// The first map of a sequence: others give the same values in further units.
    ///
    /// - Returns: `nil` where there is none, or one without slope and table.
    init?(_ item: DICOMDataSet?, isSigned: Bool) {
        guard let item else { return nil }
        unit = item.items(.measurementUnitsCodeSequence).first?.text(.codeValue)
        label = item.text(.lutLabel)
        let entries = item.doubles(.realWorldValueLUTData)
        if let first = item.integer(.realWorldValueFirstValueMapped), !entries.isEmpty {
            // The attribute is US or SS: without VRs, or with the wrong one, the pixels' own representation counts.
            let start = isSigned && first > 0x7FFF ? first - 0x10000 : !isSigned && first < 0 ? first + 0x10000 : first
            mapping = .table(first: start, values: entries)
        } else if let slope = item.double(.realWorldValueSlope), slope != 0 {
            mapping = .linear(slope: slope, intercept: item.double(.realWorldValueIntercept) ?? 0)
        } else {
            return nil
        }
    }
}

extension DICOMFrameFacts {
    /// Whether the modality's own rescaling says nothing: none, or the identity of type `US` (unspecified) that
    /// PS3.3 C.7.6.16.2.9b demands of objects whose values are only real world ones.
    var hasPlainRescale: Bool {
        guard modalityTableBits == nil, !hasUnknownValues else { return false }
        return rescale.map { $0.slope == 1 && $0.intercept == 0 && $0.type == "US" } ?? true
    }
}
