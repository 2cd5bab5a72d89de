public import Formats
import ImageCore

/// What is known of an acquisition, as the JSON file beside a NIfTI file that the Brain Imaging Data Structure describes.
///
/// Names and units are those of BIDS 1.9: seconds where DICOM has milliseconds, tesla, degrees, millimetres. What the file
/// does not say is left out, and so is what DICOM's own attributes do not tell for certain: the polarity of phase encoding
/// and the times of single slices. Names, dates, places and identifiers are never taken over.
public struct BIDSSidecar: Sendable, Encodable {
    private var values: [String: Value] = [:]

    private enum Value: Sendable, Encodable {
        case text(String)
        case number(Double)
        case integer(Int)
        case texts([String])
        case numbers([Double])
        case integers([Int])
        case places([[Int]])
        case positions([[Double]?])
        case flag(Bool)
        case choices(VolumeChoices)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .texts(let values): try container.encode(values)
            case .numbers(let values): try container.encode(values)
            case .integers(let values): try container.encode(values)
            case .places(let values): try container.encode(values)
            case .positions(let values): try container.encode(values)
            case .flag(let value): try container.encode(value)
            case .choices(let value): try container.encode(value)
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The entries that a header gives, the unit and the spacing of a volume, and what was chosen for it and why, as
    /// `ConversionChoices`, which is no name of BIDS; identifiers stand there as `known`.
    ///
    /// Further names that are none of BIDS: `ConversionPolicy` where one is given, `ConversionDefects` (the kinds of what was
    /// noticed in the series, whatever its weight), `InsertedSlices` (indices from 0 of slices that are put in, or
    /// interpolated where a neighbor is missing, in any volume), for several volumes `InsertedSlicesByVolume` (the same for
    /// each of them, in the order of the file) and, without a common step, `SlicePositions` (LPS, mm).
    public init(_ dataSet: DICOMDataSet, volume: Volume, policy: VolumePolicy? = nil) {
        addTables(FlattenedHeader(dataSet))
        addTime(dataSet)
        addPhaseEncoding(FlattenedHeader(dataSet))
        if volume.modality == "PT" { addTracer(dataSet, volume) }
        switch volume.unit {
        case .unspecified: break
        case .becquerelsPerMillilitre: values["Units"] = .text("Bq/mL")
        case .suvBodyWeight: values["Units"] = .text("g/mL")
        case .hounsfield, .named: values["Units"] = .text(volume.unit.name)
        }
        if volume.image.depth > 1, let spacing = volume.geometry?.spacingMillimetres.z {
            // Nanometres are noise of the positions.
            values["SpacingBetweenSlices"] = .number((spacing * 1e6).rounded() / 1e6)
        }
        values["SliceTiming"] = volume.sliceTimesSeconds.map { .numbers($0.map { ($0 * 1e6).rounded() / 1e6 }) }
        values["ConversionSoftware"] = .text("Tessera")
        values["ConversionChoices"] = .choices(VolumeChoices(volume).anonymous)
        values["ConversionPolicy"] = policy.map { .text($0.rawValue) }
        addDoubts(volume)
    }

    /// What a reader of the values must not trust.
    ///
    /// Messages may name files and identifiers, so that only kinds are told.
    private mutating func addDoubts(_ volume: Volume) {
        let kinds = Set(volume.defects.map(\.kind.rawValue)).sorted()
        if !kinds.isEmpty { values["ConversionDefects"] = .texts(kinds) }
        if let valid = volume.validity?.contiguous() {
            let depth = volume.slices.count
            let inserted = Set(valid.samples.indices.lazy.filter { !valid.samples[$0] }.map { $0 % max(depth, 1) })
            if !inserted.isEmpty { values["InsertedSlices"] = .integers(inserted.sorted()) }
            if !inserted.isEmpty, !volume.axes.isEmpty {
                values["InsertedSlicesByVolume"] = .places(Self.absent(valid))
            }
        }
        guard !volume.isGridExact else { return }
        values["SlicePositions"] = .positions(
            volume.slices.map { slice in slice.positionMillimetres.map { [$0.x, $0.y, $0.z] } })
    }

    /// For each volume of a series of several, in the order of the file, the indices of the slices that no file has.
    private static func absent(_ valid: Image<Bool>) -> [[Int]] {
        let depth = max(valid.sizes.last ?? 1, 1)
        return stride(from: 0, to: valid.samples.count, by: depth).map { start in
            (0..<depth).filter { !valid.samples[start + $0] }
        }
    }

    /// Writes the entries as one object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in values { try container.encode(value, forKey: Key(stringValue: name)) }
    }

    private mutating func addTables(_ source: FlattenedHeader) {
        for (name, tags) in Self.texts { values[name] = source.texts(tags).map { .text($0.joined(separator: "\\")) } }
        for (name, tags) in Self.lists { values[name] = source.texts(tags).map { .texts($0) } }
        for (name, tags, scale) in Self.numbers { values[name] = source.number(tags).map { .number($0 / scale) } }
        for (name, tags) in Self.integers { values[name] = source.number(tags).map { .integer(Int($0)) } }
    }

    private mutating func addTime(_ dataSet: DICOMDataSet) {
        let time =
            dataSet.text(DICOMTag(0x0008, 0x0032))
            ?? dataSet.text(DICOMTag(0x0008, 0x002A)).map { String($0.dropFirst(8)) }
        values["AcquisitionTime"] = time.flatMap(Self.clock).map { .text($0) }
    }

    /// The axis of phase encoding: i runs along the rows of a volume, j along its columns.
    private mutating func addPhaseEncoding(_ source: FlattenedHeader) {
        let tags = [DICOMTag(0x0018, 0x1312), DICOMTag(0x0018, 0x9034)]
        guard let text = source.texts(tags)?.first else { return }
        let isColumn = text.hasPrefix("COL")
        guard isColumn || text == "ROW" else { return }
        values["InPlanePhaseEncodingDirectionDICOM"] = .text(isColumn ? "COL" : "ROW")
        values["PhaseEncodingAxis"] = .text(isColumn ? "j" : "i")
    }

    private mutating func addTracer(_ dataSet: DICOMDataSet, _ volume: Volume) {
        if let drug = dataSet.items(DICOMTag(0x0054, 0x0016)).first {
            let source = FlattenedHeader(drug)
            values["TracerName"] = drug.text(DICOMTag(0x0018, 0x0031)).map { .text($0) }
            values["RadionuclideHalfLife"] = source.number([DICOMTag(0x0018, 0x1075)]).map { .number($0) }
            if let dose = source.number([DICOMTag(0x0018, 0x1074)]), dose > 0 {
                values["InjectedRadioactivity"] = .number(dose / 1e6)
                values["InjectedRadioactivityUnits"] = .text("MBq")
            }
        }
        let correction = dataSet.text(DICOMTag(0x0054, 0x1102))
        values["ImageDecayCorrected"] = correction.map { .flag($0 != "NONE") }
        if volume.axes.isEmpty, let duration = FlattenedHeader(dataSet).number([DICOMTag(0x0018, 0x1242)]) {
            values["FrameDuration"] = .numbers([duration / 1000])
        }
    }

    /// `HHMMSS.F` as `HH:MM:SS.F`.
    private static func clock(_ text: String) -> String? {
        guard ClockTime.secondsOfDay(text) != nil, text.utf8.count >= 6, !text.contains(":") else { return nil }
        return "\(text.prefix(2)):\(text.dropFirst(2).prefix(2)):\(text.dropFirst(4))"
    }
}
