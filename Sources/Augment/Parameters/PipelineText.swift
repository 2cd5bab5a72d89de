import Yams

/// Reads YAML, of which JSON is a part, into values with their places.
enum PipelineText {
    /// The most bytes that a pipeline file may have.
    static let limit = 1 << 20
    /// The deepest nesting of lists and maps.
    static let depthLimit = 64
    /// The most values that a file may hold, counted after aliases are followed: aliases of aliases grow without bound.
    static let countLimit = 100_000

    static func parse(_ text: String, file: String) throws(AugmentError) -> PipelineValue {
        let place = Place(file: file)
        guard text.utf8.count <= limit else {
            throw .pipeline(place: place, expected: "at most \(limit) bytes", found: "\(text.utf8.count)")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: withoutByteOrderMark(text))
        } catch let error as YamlError {
            throw YAMLProblem(error, text: text).error(file: file)
        } catch {
            throw .pipeline(place: place, expected: "YAML or JSON", found: "\(error)")
        }
        guard let node else { throw .pipeline(place: place, expected: "a pipeline", found: "an empty file") }
        var count = 0
        return try value(node, file: file, depth: 0, count: &count)
    }

    /// Editors of Windows begin a file with the mark, which Yams takes for a character of the first key.
    private static func withoutByteOrderMark(_ text: String) -> String {
        text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    private static func value(
        _ node: Node, file: String, depth: Int, count: inout Int
    ) throws(AugmentError) -> PipelineValue {
        let place = Place(file: file, line: node.mark?.line, column: node.mark?.column)
        guard depth < depthLimit else {
            throw .pipeline(place: place, expected: "at most \(depthLimit) levels", found: "more")
        }
        count += 1
        guard count <= countLimit else {
            throw .pipeline(place: place, expected: "at most \(countLimit) values", found: "more")
        }
        switch node {
        case .scalar(let scalar): return PipelineValue(content(of: scalar, node), place: place)
        case .sequence(let sequence):
            var values: [PipelineValue] = []
            for element in sequence { values.append(try value(element, file: file, depth: depth + 1, count: &count)) }
            return PipelineValue(.list(values), place: place)
        case .mapping(let mapping):
            var entries: [(key: String, place: Place, value: PipelineValue)] = []
            for (key, element) in mapping {
                let keyPlace = Place(file: file, line: key.mark?.line, column: key.mark?.column)
                guard let name = key.scalar?.string else {
                    throw .pipeline(place: keyPlace, expected: "a name as key", found: "a list or map")
                }
                entries.append((name, keyPlace, try value(element, file: file, depth: depth + 1, count: &count)))
            }
            return PipelineValue(.map(entries), place: place)
        case .alias: throw .pipeline(place: place, expected: "no aliases", found: "an alias")
        }
    }

    private static func content(of scalar: Node.Scalar, _ node: Node) -> PipelineValue.Content {
        let isText = scalar.tag == Tag(.str)
        guard !isText, scalar.style != .doubleQuoted, scalar.style != .singleQuoted else { return .text(scalar.string) }
        if node.null != nil { return .null }
        if let flag = node.bool { return .flag(flag) }
        if let number = node.float, number.isFinite { return .number(number) }
        return .text(scalar.string)
    }
}
