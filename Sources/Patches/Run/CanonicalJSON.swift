import FoundationEssentials
import Formats

/// JSON whose bytes depend on the value alone: keys sorted, slashes plain, a line break at the end.
public enum CanonicalJSON {
    /// The bytes of a value.
    public static func encode(_ value: some Encodable, pretty: Bool = true) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        // Plain structures of numbers and texts always encode; infinities and NaN are written as texts.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(value) else { preconditionFailure("records are encodable") }
        return [UInt8](data) + (pretty ? [0x0A] : [])
    }

    /// The value in a file, or `nil` when the file does not exist or does not hold one.
    package static func decode<Value: Decodable>(_: Value.Type, from path: String) -> Value? {
        guard let bytes = try? ByteSource(path: path).all() else { return nil }
        return try? JSONDecoder().decode(Value.self, from: Data(bytes))
    }
}
