import ImageCore

/// Goes through the steps of a pipeline, lets chance choose among them, and hands over each transform that happens.
struct Walk {
    /// One transform that happens.
    struct Visit {
        let transform: any Transform
        /// What files call it.
        let name: String
        let path: String
        let channel: Int?
        let draws: Draws
    }

    let key: DrawKey
    /// What is done with each transform; it gives the number of channels that the next one meets.
    let channels: () -> Int

    /// Calls a closure for each transform that happens, in order.
    func run(
        _ steps: [Step], at prefix: String = "", channel: Int? = nil, _ body: (Visit) throws(AugmentError) -> Void
    ) throws(AugmentError) {
        for (index, step) in steps.enumerated() {
            try run(step, at: prefix + String(index), channel: channel, body)
        }
    }

    private func run(
        _ step: Step, at path: String, channel: Int?, _ body: (Visit) throws(AugmentError) -> Void
    ) throws(AugmentError) {
        // Channels draw on their own: the channel is part of the place.
        let draws = key.draws(at: channel.map { "\(path)@\($0)" } ?? path)
        guard step.probability >= 1 || draws.chance(step.probability, named: "p") else { return }
        switch step.action {
        case .transform(let transform):
            let name = transform.typeName
            let visit = Visit(
                transform: transform, name: name, path: path, channel: channel, draws: draws.part(name))
            do throws(AugmentError) {
                try body(visit)
            } catch {
                throw error.located(at: step.place)
            }
        case .sequence(let steps):
            try run(steps, at: path + "/", channel: channel, body)
        case .randomOrder(let steps):
            for index in draws.permutation(of: steps.count, named: "order") {
                try run(steps[index], at: "\(path)/\(index)", channel: channel, body)
            }
        case .oneOf(let steps, let weights):
            let index = Self.choice(draws.unit(named: "choice"), weights)
            try run(steps[index], at: "\(path)/\(index)", channel: channel, body)
        case .someOf(let steps, let count):
            let number = Self.whole(count, draws, limit: steps.count)
            for index in draws.permutation(of: steps.count, named: "choice").prefix(number).sorted() {
                try run(steps[index], at: "\(path)/\(index)", channel: channel, body)
            }
        case .repeated(let steps, let count):
            for round in 0..<Self.whole(count, draws, limit: 100) {
                try run(steps, at: "\(path)#\(round)/", channel: channel, body)
            }
        case .perChannel(let steps):
            for channel in 0..<channels() { try run(steps, at: path + "/", channel: channel, body) }
        }
    }

    private static func whole(_ count: Distribution, _ draws: Draws, limit: Int) -> Int {
        // Uniform over the whole numbers of the range, both ends included.
        if case .uniform(let lower, let upper) = count {
            let (first, last) = (Int(lower.rounded(.up)), Int(upper.rounded(.down)))
            guard first <= last else { return min(limit, max(0, first)) }
            return min(limit, max(0, first + draws.integer(below: last - first + 1, named: "count")))
        }
        return min(limit, max(0, Int(draws.value(of: count, named: "count").rounded())))
    }

    private static func choice(_ unit: Double, _ weights: [Double]) -> Int {
        var left = unit * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            if weight > 0, left < weight { return index }
            left -= weight
        }
        return weights.lastIndex { $0 > 0 } ?? 0
    }
}

extension Pipeline {
    /// The transform at a place of a record.
    func transform(at path: String) -> (any Transform)? {
        let isMixing = path.hasPrefix(BatchMixer.prefix)
        var steps = isMixing ? batch : steps
        let parts = path.split(separator: "/").dropFirst(isMixing ? 1 : 0)
        for (depth, part) in parts.enumerated() {
            guard let index = Int(part.split(separator: "#").first ?? ""), steps.indices.contains(index) else {
                return nil
            }
            switch steps[index].action {
            case .transform(let transform): return depth == parts.count - 1 ? transform : nil
            case .sequence(let inner), .randomOrder(let inner), .oneOf(let inner, _), .someOf(let inner, _),
                .repeated(let inner, _), .perChannel(let inner):
                steps = inner
            }
        }
        return nil
    }

    /// Every transform, whether chance picks it or not.
    var allTransforms: [PlacedTransform] { Self.allTransforms(steps, batch) }

    static func allTransforms(_ steps: [Step], _ batch: [Step]) -> [PlacedTransform] {
        all(steps, "") + all(batch, BatchMixer.prefix)
    }

    private static func all(_ steps: [Step], _ prefix: String) -> [PlacedTransform] {
        steps.enumerated().flatMap { index, step -> [PlacedTransform] in
            let path = prefix + String(index)
            switch step.action {
            case .transform(let transform):
                return [PlacedTransform(transform: transform, path: path, place: step.place)]
            case .sequence(let inner), .randomOrder(let inner), .oneOf(let inner, _), .someOf(let inner, _),
                .repeated(let inner, _), .perChannel(let inner):
                return all(inner, path + "/")
            }
        }
    }
}

/// A transform, its place in the list of steps, and where it is written.
struct PlacedTransform {
    let transform: any Transform
    let path: String
    let place: Place?
}
