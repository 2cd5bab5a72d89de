public import Formats
import ImageCore

/// What is known of an acquisition, as the JSON file beside a NIfTI file that the Brain Imaging Data Structure describes.
///
/// Names and units are those of BIDS 1.9: seconds where DICOM has milliseconds, tesla, degrees, millimetres. What the file
/// does not say is left out. Names, dates and identifiers of the patient are never taken over.
public struct BIDSSidecar: Sendable, Encodable {
    private var values: [String: Value] = [:]

    private enum Value: Sendable, Encodable {
        case text(String)
        case number(Double)
        case integer(Int)
        case texts([String])
        case numbers([Double])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .texts(let values): try container.encode(values)
            case .numbers(let values): try container.encode(values)
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The entries that a header gives, and the unit of a volume.
    public init(_ dataSet: DICOMDataSet, volume: Volume) {
        for (name, tag) in Self.texts { values[name] = dataSet.text(tag).map { .text($0) } }
        for (name, tag) in Self.lists { values[name] = dataSet.texts(tag).map { .texts($0) } }
        for (name, tag, scale) in Self.numbers {
            values[name] = dataSet.double(tag).flatMap { $0.isFinite ? .number($0 / scale) : nil }
        }
        for (name, tag) in Self.integers { values[name] = dataSet.integer(tag).map { .integer($0) } }
        values["AcquisitionTime"] = dataSet.text(DICOMTag(0x0008, 0x0032)).flatMap(Self.clock).map { .text($0) }
        switch volume.unit {
        case .unspecified: break
        case .becquerelsPerMillilitre: values["Units"] = .text("Bq/mL")
        case .suvBodyWeight: values["Units"] = .text("g/mL")
        case .hounsfield, .named: values["Units"] = .text(volume.unit.name)
        }
        if let spacing = volume.geometry?.spacingMillimetres.z { values["SpacingBetweenSlices"] = .number(spacing) }
        values["SliceTiming"] = volume.sliceTimesSeconds.map { .numbers($0.map { ($0 * 1e6).rounded() / 1e6 }) }
        values["ConversionSoftware"] = .text("Tessera")
    }

    /// Writes the entries as one object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in values { try container.encode(value, forKey: Key(stringValue: name)) }
    }

    private static let texts: [(String, DICOMTag)] = [
        ("Modality", DICOMTag(0x0008, 0x0060)), ("Manufacturer", DICOMTag(0x0008, 0x0070)),
        ("ManufacturersModelName", DICOMTag(0x0008, 0x1090)), ("BodyPartExamined", DICOMTag(0x0018, 0x0015)),
        ("PatientPosition", DICOMTag(0x0018, 0x5100)), ("SoftwareVersions", DICOMTag(0x0018, 0x1020)),
        ("MRAcquisitionType", DICOMTag(0x0018, 0x0023)), ("SeriesDescription", DICOMTag(0x0008, 0x103E)),
        ("ProtocolName", DICOMTag(0x0018, 0x1030)), ("ScanningSequence", DICOMTag(0x0018, 0x0020)),
        ("SequenceVariant", DICOMTag(0x0018, 0x0021)), ("ScanOptions", DICOMTag(0x0018, 0x0022)),
        ("SequenceName", DICOMTag(0x0018, 0x0024)), ("ConvolutionKernel", DICOMTag(0x0018, 0x1210)),
        ("ReceiveCoilName", DICOMTag(0x0018, 0x1250)), ("DecayCorrection", DICOMTag(0x0054, 0x1102)),
        ("ReconstructionMethod", DICOMTag(0x0054, 0x1103)),
    ]

    private static let lists: [(String, DICOMTag)] = [("ImageType", DICOMTag(0x0008, 0x0008))]

    /// Name, tag, and how many units of DICOM make one of BIDS.
    private static let numbers: [(String, DICOMTag, Double)] = [
        ("RepetitionTime", DICOMTag(0x0018, 0x0080), 1000), ("EchoTime", DICOMTag(0x0018, 0x0081), 1000),
        ("InversionTime", DICOMTag(0x0018, 0x0082), 1000), ("FlipAngle", DICOMTag(0x0018, 0x1314), 1),
        ("MagneticFieldStrength", DICOMTag(0x0018, 0x0087), 1), ("SliceThickness", DICOMTag(0x0018, 0x0050), 1),
        ("ImagingFrequency", DICOMTag(0x0018, 0x0084), 1), ("PixelBandwidth", DICOMTag(0x0018, 0x0095), 1),
        ("SAR", DICOMTag(0x0018, 0x1316), 1), ("KVP", DICOMTag(0x0018, 0x0060), 1),
        ("FrameDuration", DICOMTag(0x0018, 0x1242), 1000),
    ]

    private static let integers: [(String, DICOMTag)] = [
        ("SeriesNumber", DICOMTag(0x0020, 0x0011)), ("AcquisitionNumber", DICOMTag(0x0020, 0x0012)),
        ("EchoNumber", DICOMTag(0x0018, 0x0086)), ("EchoTrainLength", DICOMTag(0x0018, 0x0091)),
    ]

    /// `HHMMSS.F` as `HH:MM:SS.F`.
    private static func clock(_ text: String) -> String? {
        guard ClockTime.secondsOfDay(text) != nil, text.utf8.count >= 6, !text.contains(":") else { return nil }
        return "\(text.prefix(2)):\(text.dropFirst(2).prefix(2)):\(text.dropFirst(4))"
    }
}
