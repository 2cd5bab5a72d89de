/// The keys of one line of ECVL's text: each is asked for once, and none may be left over.
struct ECVLArguments {
    private let node: ECVLNode
    private var asked: [String] = []

    init(_ node: ECVLNode) { self.node = node }

    private mutating func find(_ key: String) -> ECVLNode.Argument? {
        asked.append(key)
        return node.arguments.first { $0.key == key }
    }

    private mutating func required(_ key: String, _ form: String) throws(AugmentError) -> ECVLNode.Argument {
        if let found = find(key) { return found }
        try finish()
        throw .pipeline(place: node.place, expected: "\(key)=\(form) for \(node.name)", found: "none")
    }

    private static func unexpected(_ argument: ECVLNode.Argument, _ expected: String) -> AugmentError {
        .pipeline(
            place: argument.valuePlace, expected: "\(argument.key)=\(expected)", found: argument.value.summary)
    }

    /// Refuses keys that nobody asked for.
    func finish() throws(AugmentError) {
        for argument in node.arguments where !asked.contains(argument.key) {
            let known = asked.isEmpty ? "no keys" : "one of \(asked.joined(separator: ", "))"
            throw .pipeline(
                place: argument.place, expected: "\(known) for \(node.name)", found: "\"\(argument.key)\"")
        }
    }

    /// A range `[a,b]` that is drawn from, with its place, multiplied by a factor.
    mutating func range(_ key: String, times factor: Double = 1) throws(AugmentError) -> PipelineValue {
        let argument = try required(key, "[a,b]")
        guard case .range(let a, let b) = argument.value else { throw Self.unexpected(argument, "[a,b]") }
        if a == b { return PipelineValue(.number(a * factor), place: argument.valuePlace) }
        let ends = PipelineValue(
            .list([
                PipelineValue(.number(a * factor), place: argument.valuePlace),
                PipelineValue(.number(b * factor), place: argument.valuePlace),
            ]), place: argument.valuePlace)
        return PipelineValue(
            .map([(key: "uniform", place: argument.valuePlace, value: ends)]), place: argument.valuePlace)
    }

    /// The ends of a range.
    mutating func ends(_ key: String) throws(AugmentError) -> (lower: Double, upper: Double, place: Place) {
        let argument = try required(key, "[a,b]")
        guard case .range(let a, let b) = argument.value else { throw Self.unexpected(argument, "[a,b]") }
        return (a, b, argument.valuePlace)
    }

    /// A number; the default where there is none.
    mutating func number(
        _ key: String, standard: Double? = nil, in allowed: ClosedRange<Double> = -1e9...1e9
    ) throws(AugmentError) -> Double {
        guard let standard, node.arguments.allSatisfy({ $0.key != key }) else {
            let argument = try required(key, "number")
            guard case .number(let number) = argument.value, allowed.contains(number) else {
                throw Self.unexpected(argument, "number from \(allowed.text)")
            }
            return number
        }
        asked.append(key)
        return standard
    }

    /// A vector of numbers, or a single number as a vector of one.
    mutating func numbers(
        _ key: String, count: ClosedRange<Int>, isRequired: Bool = true
    ) throws(AugmentError) -> [Double]? {
        guard isRequired || node.arguments.contains(where: { $0.key == key }) else {
            asked.append(key)
            return nil
        }
        let argument = try required(key, "(a,b)")
        switch argument.value {
        case .vector(let values) where count.contains(values.count): return values
        case .number(let value) where count.contains(1): return [value]
        default:
            let text =
                count.lowerBound == count.upperBound
                ? "(\(count.lowerBound) numbers)" : "(\(count.lowerBound) to \(count.upperBound) numbers)"
            throw Self.unexpected(argument, text)
        }
    }

    /// One of several words, as another table has them.
    mutating func word(
        _ key: String, _ words: [(String, String)], standard: String
    ) throws(AugmentError) -> String {
        guard let argument = find(key) else { return standard }
        guard case .text(let text) = argument.value, let found = words.first(where: { $0.0 == text }) else {
            throw Self.unexpected(argument, words.map { "\"\($0.0)\"" }.joined(separator: ", "))
        }
        return found.1
    }
}
