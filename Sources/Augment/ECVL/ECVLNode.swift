import ImageProcessing

/// One line of ECVL's text, with the lines inside where it is a container.
struct ECVLNode {
    /// A value with its place.
    struct Argument {
        let key: String
        let place: Place
        let value: ECVLValue
        let valuePlace: Place
    }

    let name: String
    let place: Place
    var arguments: [Argument] = []
    var children: [ECVLNode] = []
}

/// What the text can say for a key.
enum ECVLValue: Equatable {
    case number(Double)
    case range(Double, Double)
    case vector([Double])
    case text(String)

    /// The value in a few words.
    var summary: String {
        switch self {
        case .number(let number): number.shortText
        case .range(let a, let b): "[\(a.shortText),\(b.shortText)]"
        case .vector(let values): "(" + values.map(\.shortText).joined(separator: ",") + ")"
        case .text(let text): "\"\(text)\""
        }
    }
}

/// Reads ECVL's text into lines: names, keys, values and containers that end with `end`.
///
/// The grammar is that of ECVL 1.0.3's AugmentationFactory; comments, blanks at the end of lines and line ends of
/// Windows are accepted as well.
struct ECVLParser {
    static let containers = ["SequentialAugmentationContainer", "OneOfAugmentationContainer"]
    /// The deepest nesting.
    private static let depthLimit = 64

    private let file: String
    private let text: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var column = 1

    init(_ text: String, file: String) {
        self.file = file
        // A line may end in CR LF.
        self.text = Array(text.unicodeScalars).filter { $0 != "\r" && $0 != "\u{FEFF}" }
    }

    /// Whether a text is ECVL's: its first word is the name of a class.
    static func matches(_ text: String) -> Bool {
        var parser = ECVLParser(text, file: "")
        parser.skipLines()
        let name = parser.word()
        let isClass = name.hasPrefix("Aug") && name.dropFirst(3).first?.isUppercase == true
        return (containers.contains(name) || isClass || name.hasSuffix("AugmentationContainer")) && parser.peek != ":"
    }

    /// The one augmentation of the text.
    mutating func parse() throws(AugmentError) -> ECVLNode {
        skipLines()
        let node = try node(depth: 0)
        skipLines()
        guard peek == nil else { throw unexpected("the end of the text") }
        return node
    }

    private mutating func node(depth: Int) throws(AugmentError) -> ECVLNode {
        let place = place
        guard depth < Self.depthLimit else {
            throw .pipeline(place: place, expected: "at most \(Self.depthLimit) levels", found: "more")
        }
        let name = word()
        guard !name.isEmpty else { throw unexpected("the name of an augmentation") }
        guard name != "end" else {
            throw .pipeline(place: place, expected: "the name of an augmentation", found: "\"end\"")
        }
        var node = ECVLNode(name: name, place: place)
        while let argument = try argument() {
            guard !node.arguments.contains(where: { $0.key == argument.key }) else {
                throw .pipeline(
                    place: argument.place, expected: "each key once", found: "\"\(argument.key)\" twice")
            }
            node.arguments.append(argument)
        }
        guard Self.containers.contains(name) else { return node }
        while true {
            skipLines()
            guard peek != nil else { throw unexpected("\"end\" of \(name) in line \(place.line ?? 0)") }
            let start = self
            if word() == "end" {
                try endLine()
                return node
            }
            self = start
            node.children.append(try self.node(depth: depth + 1))
        }
    }

    private mutating func argument() throws(AugmentError) -> ECVLNode.Argument? {
        skipBlanks()
        if peek == nil || peek == "\n" || peek == "#" {
            try endLine()
            return nil
        }
        let place = place
        let key = word()
        guard !key.isEmpty else { throw unexpected("a key") }
        skipBlanks()
        try take("=", "\"=\" after \(key)")
        skipBlanks()
        let valuePlace = self.place
        return ECVLNode.Argument(key: key, place: place, value: try value(), valuePlace: valuePlace)
    }

    private mutating func value() throws(AugmentError) -> ECVLValue {
        switch peek {
        case "[":
            let place = place
            let numbers = try numbers(from: "[", to: "]")
            guard numbers.count == 2, numbers[0] <= numbers[1] else {
                let found = "[" + numbers.map(\.shortText).joined(separator: ",") + "]"
                throw .pipeline(place: place, expected: "[lower,upper]", found: found)
            }
            return .range(numbers[0], numbers[1])
        case "(": return .vector(try numbers(from: "(", to: ")"))
        case "\"":
            advance()
            var text = ""
            while let next = peek, next != "\"", next != "\n" {
                text.unicodeScalars.append(next)
                advance()
            }
            try take("\"", "a quotation mark")
            return .text(text)
        default: return .number(try number())
        }
    }

    private mutating func numbers(from open: Unicode.Scalar, to close: Unicode.Scalar) throws(AugmentError) -> [Double]
    {
        try take(open, "\"\(open)\"")
        skipBlanks()
        var numbers = [try number()]
        skipBlanks()
        while peek == "," {
            advance()
            skipBlanks()
            numbers.append(try number())
            skipBlanks()
        }
        try take(close, "\",\" or \"\(close)\"")
        return numbers
    }

    private mutating func number() throws(AugmentError) -> Double {
        let place = place
        var text = ""
        while let next = peek, "+-.eE0123456789".unicodeScalars.contains(next) {
            text.unicodeScalars.append(next)
            advance()
        }
        guard let number = Double(text), number.isFinite else {
            if text.isEmpty { throw unexpected("a number, [a,b], (a,b) or \"word\"") }
            throw .pipeline(place: place, expected: "a number", found: "\"\(text)\"")
        }
        return number
    }
}

extension ECVLParser {
    private var place: Place { Place(file: file, line: line, column: column) }
    private var peek: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func advance() {
        guard index < text.count else { return }
        if text[index] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        index += 1
    }

    private mutating func word() -> String {
        var word = ""
        while let next = peek, next.properties.isAlphabetic || next == "_" || ("0"..."9").contains(next) {
            word.unicodeScalars.append(next)
            advance()
        }
        return word
    }

    private mutating func skipBlanks() {
        while peek == " " || peek == "\t" { advance() }
    }

    /// Skips blank lines, blanks and comments.
    private mutating func skipLines() {
        while let next = peek {
            switch next {
            case " ", "\t", "\n": advance()
            case "#": while peek != nil, peek != "\n" { advance() }
            default: return
            }
        }
    }

    private mutating func endLine() throws(AugmentError) {
        skipBlanks()
        if peek == "#" { while peek != nil, peek != "\n" { advance() } }
        guard peek == nil || peek == "\n" else { throw unexpected("the end of the line") }
        advance()
    }

    private mutating func take(_ wanted: Unicode.Scalar, _ expected: String) throws(AugmentError) {
        guard peek == wanted else { throw unexpected(expected) }
        advance()
    }

    private func unexpected(_ expected: String) -> AugmentError {
        var rest = self
        let word = rest.word()
        let sign = peek.map { $0 == "\n" ? "the end of the line" : "\"\($0)\"" } ?? "the end of the text"
        let found = word.isEmpty ? sign : "\"\(word)\""
        return .pipeline(place: place, expected: expected, found: found)
    }
}
