import Formats

/// Turns what the JSON decoder throws into one line.
enum JSONFailure {
    static func error(_ error: any Error, file: String) -> FormatError {
        guard let error = error as? DecodingError else { return FormatError(.corrupt, file: file, found: "\(error)") }
        switch error {
        case .dataCorrupted(let context):
            let cause = context.underlyingError.map { ": \($0)" } ?? ""
            return FormatError(
                .corrupt, file: file, place: place(context.codingPath), found: line(context.debugDescription + cause))
        case .keyNotFound(let key, let context):
            return FormatError(
                .corrupt, file: file, place: place(context.codingPath), expected: "\"\(key.stringValue)\"",
                found: "none")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            return FormatError(
                .corrupt, file: file, place: place(context.codingPath), expected: name(of: type),
                found: "something else")
        @unknown default: return FormatError(.corrupt, file: file, found: line("\(error)"))
        }
    }

    /// The path as it is written in a program: `features[2].geometry`; positions are counted from 0 there.
    static func place(_ path: [any CodingKey]) -> String? {
        let text = path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text.isEmpty ? nil : text
    }

    private static func name(of type: any Any.Type) -> String {
        let text = "\(type)"
        if text.contains("Array") { return "a list" }
        if text.contains("Dictionary") { return "an object" }
        return ["String": "a text", "Double": "a number", "Int": "a whole number", "Bool": "true or false"][text]
            ?? text
    }

    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }.prefix(300))
    }
}
