import ImageProcessing

/// What a transform and its parameters are, made from its declaration: for lists and documentation.
public struct TransformDescription: Sendable, Encodable {
    /// One parameter.
    public struct Parameter: Sendable, Encodable {
        /// The key in a pipeline file.
        public let name: String
        /// What a value looks like.
        public let form: String
        /// What the numbers count.
        public let unit: ParameterUnit
        /// The smallest value that is allowed.
        public let minimum: Double?
        /// The largest value that is allowed.
        public let maximum: Double?
        /// The value where a file gives none.
        public let standard: PipelineValue
        /// What it does.
        public let summary: String

        private enum CodingKeys: String, CodingKey {
            case name, form, unit, minimum, maximum, summary
            case standard = "default"
        }

        /// The values that are allowed, as a list has them; empty where these are no numbers.
        public var range: String { minimum.flatMap { lower in maximum.map { (lower...$0).text } } ?? "" }
        /// The default, as a pipeline file has it.
        public var defaultText: String { standard.flowText }
    }

    /// The name in pipeline files.
    public let name: String
    /// What it does.
    public let summary: String
    /// The part of the list.
    public let group: TransformGroup
    /// Whether pictures are accepted.
    public let pictures: Bool
    /// Whether volumes are accepted.
    public let volumes: Bool
    /// Whether the image must be RGB.
    public let needsRGB: Bool
    /// The parameters in the order of the list.
    public let parameters: [Parameter]

    /// What it works on, in words.
    public var domainText: String {
        let shapes = pictures ? volumes ? "pictures, volumes" : "pictures" : "volumes"
        return needsRGB ? "RGB \(shapes)" : shapes
    }
}

extension Transform {
    /// What the transform and its parameters are.
    public static var description: TransformDescription {
        let (declaration, standard) = (declaration, Self())
        let parameters = declaration.parameters.map { parameter in
            TransformDescription.Parameter(
                name: parameter.name, form: parameter.form, unit: parameter.unit,
                minimum: parameter.allowed?.lowerBound, maximum: parameter.allowed?.upperBound,
                standard: parameter.write(standard), summary: parameter.summary)
        }
        return TransformDescription(
            name: declaration.name, summary: declaration.summary, group: declaration.group,
            pictures: declaration.domain.pictures, volumes: declaration.domain.volumes,
            needsRGB: declaration.domain.needsRGB, parameters: parameters)
    }
}

extension TransformTable {
    /// What the transforms are, in the order of the list.
    public var descriptions: [TransformDescription] { types.map { $0.description } }

    /// The list of all transforms as a table in Markdown, one section for each group.
    public var markdown: String {
        TransformGroup.allCases.compactMap { group in
            let members = descriptions.filter { $0.group == group }
            guard !members.isEmpty else { return nil }
            let rows = members.flatMap(Self.rows)
            let head = "| transform | parameter | value | unit | range | default |\n|---|---|---|---|---|---|\n"
            return "### \(group.rawValue)\n\n" + head + rows.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func rows(_ transform: TransformDescription) -> [String] {
        // `scripts/draw-transforms` makes the pictures; batches have none.
        let picture = transform.group == .batch ? "" : "![](images/transforms/\(transform.name).png) "
        let first = "| `\(transform.name)` | \(picture)| \(transform.summary) *\(transform.domainText)* | | | |"
        return [first]
            + transform.parameters.map { parameter in
                let unit = parameter.unit == .none ? "" : parameter.unit.words
                return "| | `\(parameter.name)` | \(parameter.summary) (\(parameter.form)) | \(unit) "
                    + "| \(parameter.range) | \(parameter.defaultText.isEmpty ? "" : "`\(parameter.defaultText)`") |"
            }
    }
}

extension ParameterUnit {
    /// The unit as a list has it.
    public var words: String {
        switch self {
        case .valueRange: "value range"
        case .degrees, .pixels, .millimetres, .fraction, .value, .factor, .count, .probability, .none: rawValue
        }
    }
}

extension PipelineValue {
    /// The value in one line as YAML has it.
    public var flowText: String {
        switch content {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): number.shortText
        case .text(let text): text
        case .list(let values): "[" + values.map(\.flowText).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\($0.key): \($0.value.flowText)" }.joined(separator: ", ") + "}"
        }
    }
}
