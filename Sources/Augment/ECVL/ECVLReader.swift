/// Turns lines of ECVL's text into steps.
///
/// ECVL counts in the numbers of 8-bit pictures until `AugToFloat32` or `AugDivBy255`, and afterwards in the numbers that
/// these gave. Here additive amounts count in the range from black to white, so that the same text serves 16 bits.
struct ECVLReader {
    let table: TransformTable
    /// What one of ECVL's numbers is in the unit of the transforms.
    var unit = 1.0 / 255
    /// Whether the image is made of floats by now.
    var isFloat = false

    typealias Body = [(String, PipelineValue)]

    init(_ table: TransformTable) { self.table = table }

    /// The steps of one line.
    mutating func steps(_ node: ECVLNode) throws(AugmentError) -> [Step] {
        var arguments = ECVLArguments(node)
        switch node.name {
        case "SequentialAugmentationContainer":
            try arguments.finish()
            return [Step(.sequence(try children(node)))]
        case "OneOfAugmentationContainer":
            let probability = try arguments.number("p", in: 0...1)
            try arguments.finish()
            guard !node.children.isEmpty else {
                throw .pipeline(place: node.place, expected: "at least one augmentation", found: "none")
            }
            // Each child is one choice, whatever it becomes.
            var choices: [Step] = []
            for child in node.children {
                let inner = try steps(child)
                choices.append(inner.count == 1 ? inner[0] : Step(.sequence(inner)))
            }
            let weights = [Double](repeating: 1, count: choices.count)
            return [Step(.oneOf(choices, weights: weights), probability: probability)]
        default:
            let result = try mapped(node, &arguments)
            try arguments.finish()
            return result
        }
    }

    private mutating func children(_ node: ECVLNode) throws(AugmentError) -> [Step] {
        var all: [Step] = []
        for child in node.children { all += try steps(child) }
        return all
    }

    /// A step of one transform.
    func step(
        _ name: String, _ body: Body, of node: ECVLNode, p: Double = 1
    ) throws(AugmentError) -> Step {
        guard let type = table[name] else {
            throw .pipeline(
                place: node.place, expected: "a table of transforms with \(name), which \(node.name) becomes",
                found: "none")
        }
        let entries = body.map { (key: $0.0, place: node.place, value: Self.placed($0.1, node.place)) }
        let parameters = PipelineValue(.map(entries), place: node.place)
        return Step(.transform(try type.init(parameters: parameters)), probability: p, place: node.place)
    }

    /// Values without a place have that of their line.
    private static func placed(_ value: PipelineValue, _ place: Place) -> PipelineValue {
        guard value.place == Place() else { return value }
        guard case .list(let values) = value.content else { return PipelineValue(value.content, place: place) }
        return PipelineValue(.list(values.map { placed($0, place) }), place: place)
    }
}

extension ECVLReader {
    /// All class names, for messages.
    static let names = [
        "AugRotate", "AugResizeDim", "AugResizeScale", "AugFlip", "AugMirror", "AugTranspose", "AugGaussianBlur",
        "AugAdditiveLaplaceNoise", "AugAdditivePoissonNoise", "AugGammaContrast", "AugBrightness", "AugCoarseDropout",
        "AugSalt", "AugPepper", "AugSaltAndPepper", "AugGridDistortion", "AugElasticTransform", "AugOpticalDistortion",
        "AugNormalize", "AugCenterCrop", "AugRandomCrop", "AugToFloat32", "AugDivBy255", "AugScaleTo",
        "AugScaleFromTo",
    ]

    private mutating func mapped(
        _ node: ECVLNode, _ arguments: inout ECVLArguments
    ) throws(AugmentError) -> [Step] {
        if let steps = try geometry(node, &arguments) { return steps }
        if let steps = try distortion(node, &arguments) { return steps }
        if let steps = try intensity(node, &arguments) { return steps }
        if let steps = try noise(node, &arguments) { return steps }
        if let steps = try preparation(node, &arguments) { return steps }
        let similar = Self.names.filter { $0.lowercased() == node.name.lowercased() }
        let expected = similar.first ?? "one of \((Self.names + ECVLParser.containers).joined(separator: ", "))"
        throw .pipeline(place: node.place, expected: expected, found: "\"\(node.name)\"")
    }
}

extension Pipeline {
    /// Reads a pipeline from ECVL's text: the grammar of its AugmentationFactory, with every class of ECVL 1.0.3.
    ///
    /// Unknown names and keys are errors. What ECVL does otherwise than it says is not repeated: `p` of
    /// OneOfAugmentationContainer counts, labels are never interpolated, noise follows the seed, values are rounded.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - file: The name of the file, for messages.
    ///   - table: The transforms that the classes become.
    /// - Throws: ``AugmentError/pipeline(place:expected:found:)`` with line and column.
    public init(ecvl text: String, file: String = "", table: TransformTable = .builtIn) throws(AugmentError) {
        guard text.utf8.count <= PipelineText.limit else {
            throw .pipeline(
                place: Place(file: file), expected: "at most \(PipelineText.limit) bytes", found: "\(text.utf8.count)")
        }
        var parser = ECVLParser(text, file: file)
        let node = try parser.parse()
        var reader = ECVLReader(table)
        let steps = try reader.steps(node)
        // The outermost container is the pipeline itself.
        if steps.count == 1, steps[0].probability == 1, case .sequence(let inner) = steps[0].action {
            self.init(inner)
        } else {
            self.init(steps)
        }
    }
}
