import ImageProcessing

/// A value of a pipeline file: what JSON and the plain part of YAML can say, each with its place in the text.
public struct PipelineValue: Sendable {
    /// The value itself.
    public indirect enum Content: Sendable {
        case null
        case flag(Bool)
        case number(Double)
        case text(String)
        case list([PipelineValue])
        case map([(key: String, place: Place, value: PipelineValue)])
    }

    /// The value.
    public var content: Content
    /// Where it stands.
    public var place: Place

    /// A value by its parts.
    public init(_ content: Content, place: Place = Place()) {
        self.content = content
        self.place = place
    }

    /// A number.
    public static func number(_ value: Double) -> PipelineValue { PipelineValue(.number(value)) }
    /// A text.
    public static func text(_ value: String) -> PipelineValue { PipelineValue(.text(value)) }
    /// A flag.
    public static func flag(_ value: Bool) -> PipelineValue { PipelineValue(.flag(value)) }
    /// A list.
    public static func list(_ values: [PipelineValue]) -> PipelineValue { PipelineValue(.list(values)) }
    /// A map.
    public static func map(_ entries: [(String, PipelineValue)]) -> PipelineValue {
        PipelineValue(.map(entries.map { (key: $0.0, place: Place(), value: $0.1) }))
    }

    /// The error for a value of another kind or range.
    public func unexpected(_ expected: String) -> AugmentError {
        .pipeline(place: place, expected: expected, found: summary)
    }

    /// The value in a few words.
    var summary: String {
        switch content {
        case .null: "nothing"
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): number.shortText
        case .text(let text): "\"\(text)\""
        case .list(let values):
            values.count <= 8 && values.allSatisfy(\.isPlain) ? flowText : "a list of \(values.count)"
        case .map(let entries):
            entries.isEmpty ? "an empty map" : "a map with \(entries.map(\.key).joined(separator: ", "))"
        }
    }
}

extension PipelineValue {
    /// Whether it is a number, a flag or a text.
    fileprivate var isPlain: Bool {
        switch content {
        case .number, .flag, .text: true
        case .null, .list, .map: false
        }
    }
}

extension PipelineValue {
    /// The text with keys sorted and no blanks: the same for the same value, whatever the file looked like.
    var canonicalText: String {
        switch content {
        case .null: return "null"
        case .flag(let flag): return flag ? "true" : "false"
        case .number(let number): return number.shortText
        case .text(let text): return Self.quoted(text)
        case .list(let values): return "[" + values.map(\.canonicalText).joined(separator: ",") + "]"
        case .map(let entries):
            let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{" + sorted.map { "\(Self.quoted($0.key)):\($0.value.canonicalText)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
