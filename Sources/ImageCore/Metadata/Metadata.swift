/// What a file says about an image beyond its samples: named values, iterated in the order of their names.
public struct Metadata: Sendable, Hashable {
    private var values: [String: MetadataValue] = [:]

    /// No entries.
    public init() {}

    /// One entry by its name.
    public subscript(name: String) -> MetadataValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// All entries, sorted by name.
    public var entries: [(name: String, value: MetadataValue)] {
        values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { values.isEmpty }
}

/// One value of an image's metadata.
public enum MetadataValue: Sendable, Hashable {
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number.
    case number(Double)
    /// Several numbers.
    case numbers([Double])
    /// A block of bytes, for example an ICC profile.
    case bytes([UInt8])
}

extension MetadataValue: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
}

extension MetadataValue: CustomStringConvertible {
    /// The value as a person would read it; bytes as their count.
    public var description: String {
        switch self {
        case .text(let text): text
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .numbers(let values): values.map { String($0) }.joined(separator: ", ")
        case .bytes(let bytes): "\(bytes.count) bytes"
        }
    }
}
