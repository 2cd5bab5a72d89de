import Yams

/// What a parser of YAML did not like, in the words of this project's messages.
struct YAMLProblem {
    var line: Int?
    var column: Int?
    var expected = "YAML or JSON"
    var found = "an error"

    /// The problem that an error of the parser names.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - text: The text that was parsed.
    init(_ error: YamlError, text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            (line, column) = (mark.line, mark.column)
            tell(problem, while: context?.text)
        case .reader(let problem, let offset, _, _):
            locate(offset, in: text)
            tell(problem, while: nil)
        case .duplicatedKeysInMapping(let keys, let context):
            (line, column) = (context.mark.line, context.mark.column)
            found = "the key \(keys.map { "\($0)" }.joined(separator: ", ")) twice"
        default: found = "\(error)".split(separator: "\n").first.map(String.init) ?? found
        }
    }

    /// The error of a pipeline file.
    func error(file: String) -> AugmentError {
        .pipeline(place: Place(file: file, line: line, column: column), expected: expected, found: found)
    }

    /// The parser says "did not find expected X", "found X", "X is not allowed", and in what it found it: "while parsing Y".
    private mutating func tell(_ problem: String, while context: String?) {
        let place = context.flatMap(Self.construct).map { " in \($0)" } ?? ""
        if let rest = Self.after(
            ["did not find the expected ", "did not find expected ", "could not find expected "], problem)
        {
            expected = (rest == "node content" ? "a value" : rest == "key" ? "a key" : rest) + place
            found = "something else"
        } else if problem == "but found another document" {
            (expected, found) = ("one document", "another one")
        } else if let rest = Self.after(["but found ", "found "], problem) {
            found = rest + place
        } else if let rest = Self.after(["did not find "], problem) {
            (expected, found) = (rest + place, "something else")
        } else if problem == "mapping values are not allowed in this context" {
            found = "a colon where no key can be"
        } else if problem.contains(" not allowed") {
            found = problem.replacing(" are not allowed in this context", with: " where none are allowed")
                .replacing(" are not allowed", with: "")
        } else {
            found = problem + place
        }
    }

    private static func after(_ starts: [String], _ problem: String) -> String? {
        starts.first { problem.hasPrefix($0) }.map { String(problem.dropFirst($0.count)) }
    }

    /// "a flow sequence" of "while parsing a flow sequence".
    private static func construct(_ context: String) -> String? {
        after(["while parsing ", "while scanning "], context).flatMap { words in
            switch words {
            case "a flow node", "a block node", "a node", "for the next token": nil
            case "a flow sequence", "a block collection": "a list"
            case "a flow mapping", "a block mapping": "a map"
            default: words
            }
        }
    }

    private mutating func locate(_ offset: Int?, in text: String) {
        guard let offset else { return }
        let before = text.prefix(offset)
        line = 1 + before.count { $0.isNewline }
        column = 1 + before.reversed().prefix { !$0.isNewline }.count
    }
}
