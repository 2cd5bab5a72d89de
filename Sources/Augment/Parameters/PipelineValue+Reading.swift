import ImageProcessing

extension PipelineValue {
    /// A number inside a range.
    func number(in allowed: ClosedRange<Double>) throws(AugmentError) -> Double {
        guard case .number(let number) = content, allowed.contains(number) else {
            throw unexpected("a number from \(allowed.text)")
        }
        return number
    }

    /// A fixed number or a distribution that stays inside a range.
    func distribution(in allowed: ClosedRange<Double>) throws(AugmentError) -> Distribution {
        guard case .map(let entries) = content else { return .fixed(try number(in: allowed)) }
        let known = "one of uniform, log_uniform, inverse_uniform, normal, choice"
        guard entries.count == 1 else { throw unexpected(known) }
        let (key, place, value) = entries[0]
        let distribution: Distribution
        switch key {
        case "uniform":
            let (lower, upper) = try value.range(in: allowed)
            distribution = .uniform(lower, upper)
        case "log_uniform":
            let (lower, upper) = try value.range(in: allowed)
            guard lower > 0 else { throw value.unexpected("two numbers above 0") }
            distribution = .logUniform(lower, upper)
        case "inverse_uniform":
            let (lower, upper) = try value.range(in: 0...Double.greatestFiniteMagnitude)
            guard lower > 0 else { throw value.unexpected("two numbers above 0") }
            distribution = .inverseUniform(lower, upper)
        case "normal":
            let numbers = try value.numbers(in: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)
            guard numbers.count == 2, numbers[1] >= 0 else { throw value.unexpected("[mean, deviation]") }
            distribution = .normal(mean: numbers[0], deviation: numbers[1])
        case "choice":
            let numbers = try value.numbers(in: allowed)
            guard !numbers.isEmpty else { throw value.unexpected("at least one number") }
            distribution = .choice(numbers)
        default:
            throw .pipeline(
                place: place, expected: known, found: "\"\(key)\"")
        }
        let bounds = distribution.bounds
        guard allowed.contains(bounds.lowerBound), allowed.contains(bounds.upperBound) else {
            throw .pipeline(
                place: value.place, expected: "values from \(allowed.text)", found: "values from \(bounds.text)")
        }
        return distribution
    }

    private func range(in allowed: ClosedRange<Double>) throws(AugmentError) -> (Double, Double) {
        let numbers = try numbers(in: allowed)
        guard numbers.count == 2 else { throw unexpected("[lower, upper]") }
        guard numbers[0] <= numbers[1] else {
            throw .pipeline(
                place: place, expected: "[lower, upper], the lower one first",
                found: "[\(numbers.map(\.shortText).joined(separator: ", "))]")
        }
        return (numbers[0], numbers[1])
    }

    private func numbers(in allowed: ClosedRange<Double>) throws(AugmentError) -> [Double] {
        guard case .list(let values) = content else { throw unexpected("a list of numbers") }
        var numbers: [Double] = []
        for value in values { numbers.append(try value.number(in: allowed)) }
        return numbers
    }
}

extension ClosedRange<Double> {
    /// `a to b` for messages and lists.
    var text: String { "\(lowerBound.shortText) to \(upperBound.shortText)" }
}

extension Distribution {
    /// The distribution as a pipeline file has it.
    public var pipelineValue: PipelineValue {
        func entry(_ key: String, _ values: [Double]) -> PipelineValue {
            .map([(key, .list(values.map(PipelineValue.number)))])
        }
        return switch self {
        case .fixed(let value): .number(value)
        case .uniform(let a, let b): entry("uniform", [a, b])
        case .logUniform(let a, let b): entry("log_uniform", [a, b])
        case .inverseUniform(let a, let b): entry("inverse_uniform", [a, b])
        case .normal(let mean, let deviation): entry("normal", [mean, deviation])
        case .choice(let values): entry("choice", values)
        }
    }
}
