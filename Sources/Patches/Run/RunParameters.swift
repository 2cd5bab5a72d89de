import FoundationEssentials

/// A JSON value of any kind, to compare two and to name what differs.
enum JSONValue: Decodable, Hashable, CustomStringConvertible {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The value in a file's bytes; ``null`` when there is none.
    init(_ bytes: [UInt8]) { self = (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) ?? .null }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else if let value = try? container.decode([String: JSONValue].self) {
            self = .object(value)
        } else {
            self = .null
        }
    }

    /// The value in a few words.
    var description: String {
        switch self {
        case .null: "nothing"
        case .bool(let value): String(value)
        case .number(let value): decimal(value)
        case .text(let value): "\"\(value)\""
        case .list(let values): values.isEmpty ? "nothing" : "\(values.count) entries"
        case .object(let values): values.isEmpty ? "nothing" : "\(values.count) other entries"
        }
    }
}

/// The parameters of two runs, side by side.
enum RunParameters {
    /// Paths are as they were typed, and say the same in many ways; each slide's record knows its annotation file.
    private static let ignored: Set<String> = ["annotations"]

    /// The first parameter that differs, by name.
    static func difference(
        _ found: JSONValue, _ wanted: JSONValue
    ) -> (key: String, found: JSONValue, wanted: JSONValue)? {
        guard case .object(let found) = found, case .object(let wanted) = wanted else {
            return ("the file", found, wanted)
        }
        for key in Set(found.keys).union(wanted.keys).subtracting(ignored).sorted() where found[key] != wanted[key] {
            return (key, found[key] ?? .null, wanted[key] ?? .null)
        }
        return nil
    }
}
