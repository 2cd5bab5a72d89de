extension Step {
    /// The step that a pipeline file has: a name, or a map of one name to its parameters, among them `p`.
    init(_ value: PipelineValue, table: TransformTable) throws(AugmentError) {
        let (name, place, body) = try Self.header(value)
        let (probability, parameters) = try Self.split(body)
        if let kind = ContainerKind(rawValue: name) {
            guard kind != .perChannel || !table.isForBatch else {
                throw .pipeline(place: place, expected: "steps that mix samples", found: "\"per_channel\"")
            }
            self.init(
                try Self.container(kind, place, parameters, table), probability: probability)
            return
        }
        guard let type = table[name] else {
            let similar = table.types.map { $0.name }.filter { $0.hasPrefix(name.prefix(3)) }
            let hint = similar.isEmpty ? "" : ", for example \(similar.joined(separator: ", "))"
            throw .pipeline(place: place, expected: "the name of a transform or container\(hint)", found: "\"\(name)\"")
        }
        guard type is any BatchTransform.Type == table.isForBatch else {
            let (right, wrong) = table.isForBatch ? ("steps", "batch") : ("batch", "steps")
            throw .pipeline(place: place, expected: "\(name) below \(right)", found: "it below \(wrong)")
        }
        self.init(.transform(try type.init(parameters: parameters)), probability: probability, place: place)
    }

    private static func header(
        _ value: PipelineValue
    ) throws(AugmentError) -> (name: String, place: Place, body: PipelineValue) {
        switch value.content {
        case .text(let name): return (name, value.place, PipelineValue(.null, place: value.place))
        case .map(let entries) where entries.count == 1:
            return (entries[0].key, entries[0].place, entries[0].value)
        default: throw value.unexpected("a name, or one name with its parameters")
        }
    }

    /// Takes `p` out of the parameters.
    private static func split(
        _ body: PipelineValue
    ) throws(AugmentError) -> (probability: Double, parameters: PipelineValue) {
        guard case .map(var entries) = body.content else { return (1, body) }
        guard let i = entries.firstIndex(where: { $0.key == "p" }) else { return (1, body) }
        let probability = try entries[i].value.number(in: 0...1)
        entries.remove(at: i)
        return (probability, PipelineValue(.map(entries), place: body.place))
    }

    private static func container(
        _ kind: ContainerKind, _ place: Place, _ body: PipelineValue, _ table: TransformTable
    ) throws(AugmentError) -> Action {
        // Containers without parameters of their own may hold their steps directly.
        if case .list = body.content { return try action(kind, try list(body, table), [:], place) }
        guard case .map(let entries) = body.content else { throw body.unexpected("steps") }
        var others: [String: PipelineValue] = [:]
        var steps: [Step]?
        for (key, place, value) in entries {
            if key == "steps" {
                steps = try list(value, table)
            } else if key == kind.parameter?.name {
                others[key] = value
            } else {
                throw .pipeline(
                    place: place, expected: "steps, p\(kind.parameter.map { " or \($0.name)" } ?? "")",
                    found: "\"\(key)\"")
            }
        }
        guard let steps else { throw .pipeline(place: place, expected: "steps", found: "none") }
        return try action(kind, steps, others, place)
    }

    private static func action(
        _ kind: ContainerKind, _ steps: [Step], _ others: [String: PipelineValue], _ place: Place
    ) throws(AugmentError) -> Action {
        switch kind {
        case .sequence: return .sequence(steps)
        case .randomOrder: return .randomOrder(steps)
        case .perChannel: return .perChannel(steps)
        case .oneOf: return .oneOf(steps, weights: try weights(others["weights"], steps.count, place))
        case .someOf:
            let count = try others["count"]?.distribution(in: 0...Double(steps.count))
            return .someOf(steps, count: count ?? .fixed(Double(min(1, steps.count))))
        case .repeated:
            guard let count = others["count"] else { throw .pipeline(place: place, expected: "count", found: "none") }
            let action = Action.repeated(steps, count: try count.distribution(in: 0...100))
            try limit(Step(action).mostTransforms, place)
            return action
        }
    }

    /// What one sample may get; nested repeats would otherwise work for years.
    private static let mostTransforms = 10_000.0

    /// Refuses steps that come to too many transforms for a sample.
    static func limit(_ transforms: Double, _ place: Place) throws(AugmentError) {
        guard transforms > mostTransforms else { return }
        throw .pipeline(
            place: place, expected: "at most \(Int(mostTransforms)) transforms for a sample",
            found: transforms < 1e15 ? "up to \(Int(transforms))" : "more")
    }

    private static func weights(
        _ value: PipelineValue?, _ count: Int, _ place: Place
    ) throws(AugmentError) -> [Double] {
        guard count > 0 else { throw .pipeline(place: place, expected: "at least one step", found: "none") }
        guard let value else { return [Double](repeating: 1, count: count) }
        guard case .list(let values) = value.content, values.count == count else {
            throw value.unexpected("\(count) weights")
        }
        var weights: [Double] = []
        for value in values { weights.append(try value.number(in: 0...1e9)) }
        guard weights.contains(where: { $0 > 0 }) else { throw value.unexpected("a weight above 0") }
        return weights
    }

    static func list(_ value: PipelineValue, _ table: TransformTable) throws(AugmentError) -> [Step] {
        guard case .list(let values) = value.content else { throw value.unexpected("a list of steps") }
        var steps: [Step] = []
        for value in values { steps.append(try Step(value, table: table)) }
        return steps
    }
}

extension Step {
    /// The largest number of transforms that a sample can get from the step, a channel counted once.
    var mostTransforms: Double {
        let sum = { (steps: [Step]) in steps.reduce(0) { $0 + $1.mostTransforms } }
        switch action {
        case .transform: return 1
        case .sequence(let steps), .randomOrder(let steps), .someOf(let steps, _), .perChannel(let steps):
            return sum(steps)
        case .oneOf(let steps, _): return steps.map(\.mostTransforms).max() ?? 0
        case .repeated(let steps, let count): return sum(steps) * count.bounds.upperBound
        }
    }
}

extension Step {
    /// The step as a pipeline file has it, with every parameter.
    var pipelineValue: PipelineValue {
        let steps = { (steps: [Step]) in ("steps", PipelineValue.list(steps.map(\.pipelineValue))) }
        let (name, entries): (String, [(String, PipelineValue)]) =
            switch action {
            case .transform(let transform): (transform.typeName, transform.parameterValues.entries)
            case .sequence(let all): ("sequence", [steps(all)])
            case .randomOrder(let all): ("random_order", [steps(all)])
            case .perChannel(let all): ("per_channel", [steps(all)])
            case .oneOf(let all, let weights):
                ("one_of", [steps(all), ("weights", .list(weights.map(PipelineValue.number)))])
            case .someOf(let all, let count): ("some_of", [steps(all), ("count", count.pipelineValue)])
            case .repeated(let all, let count): ("repeat", [steps(all), ("count", count.pipelineValue)])
            }
        let p: [(String, PipelineValue)] = probability == 1 ? [] : [("p", .number(probability))]
        return .map([(name, .map(entries + p))])
    }
}

extension PipelineValue {
    /// The entries of a map, without their places.
    var entries: [(String, PipelineValue)] {
        guard case .map(let entries) = content else { return [] }
        return entries.map { ($0.key, $0.value) }
    }
}
