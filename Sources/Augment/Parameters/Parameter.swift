/// The unit of a parameter, as `tessera augment --list` shows it.
public enum ParameterUnit: String, Sendable, Hashable, Codable {
    /// Degrees; positive turns x towards y.
    case degrees
    /// Pixels or voxels.
    case pixels
    /// Millimetres of patient space, or of the slide.
    case millimetres
    /// A part of the size of the image.
    case fraction
    /// White minus black where the image's domain has both, otherwise the image's own numbers.
    case valueRange
    /// The image's own numbers.
    case value
    /// A factor.
    case factor
    /// A count.
    case count
    /// A probability.
    case probability
    /// No unit.
    case none
}

/// One parameter of a transform: how it is called, read, written, checked and explained.
///
/// Lists, files and documentation are all made from this declaration.
public struct Parameter<Owner: Sendable>: Sendable {
    /// The key in a pipeline file.
    public let name: String
    /// What the numbers count.
    public let unit: ParameterUnit
    /// What a value looks like, for example `number or distribution`.
    public let form: String
    /// The values that are allowed, where these are numbers.
    public let allowed: ClosedRange<Double>?
    /// What the parameter does, in one sentence.
    public let summary: String
    let read: @Sendable (PipelineValue, inout Owner) throws(AugmentError) -> Void
    let write: @Sendable (Owner) -> PipelineValue
    /// Whether records hold numbers of this name and range.
    var isDrawn = false
    /// What a picture has no place for, in words; `nil` where every value does something.
    var excessOnPictures: @Sendable (Owner) -> String? = { _ in nil }
    /// The numbers that labels become by it.
    var labelValues: @Sendable (Owner) -> [Double] = { _ in [] }
}

extension Parameter {
    /// The parameter, which puts numbers into labels.
    func writingLabels(_ values: @escaping @Sendable (Owner) -> [Double]) -> Parameter {
        var parameter = self
        parameter.labelValues = values
        return parameter
    }
}

extension Parameter {
    /// A number that may vary from sample to sample.
    public static func distribution(
        _ name: String, _ path: any WritableKeyPath<Owner, Distribution> & Sendable, unit: ParameterUnit = .none,
        in allowed: ClosedRange<Double>, _ summary: String
    ) -> Parameter {
        Parameter(
            name: name, unit: unit, form: "number or distribution", allowed: allowed, summary: summary,
            read: { value, owner throws(AugmentError) in
                owner[keyPath: path] = try value.distribution(in: allowed)
            },
            write: { $0[keyPath: path].pipelineValue }, isDrawn: true)
    }

    /// One distribution for all axes, or one for each of x, y (and z).
    ///
    /// `neutral` is what the value of z may be in pictures, where it does nothing; `nil` is no value at all. `areTurns` says whether the
    /// values turn about the axes, so that pictures have the one about z alone.
    public static func perAxis(
        _ name: String, _ path: any WritableKeyPath<Owner, [Distribution]> & Sendable, unit: ParameterUnit = .none,
        in allowed: ClosedRange<Double>, neutral: Double?, areTurns: Bool = false, _ summary: String
    ) -> Parameter {
        var parameter = Parameter(
            name: name, unit: unit, form: "number or distribution, or one for each of x, y, z", allowed: allowed,
            summary: summary,
            read: { value, owner throws(AugmentError) in
                guard case .list(let values) = value.content else {
                    owner[keyPath: path] = [try value.distribution(in: allowed)]
                    return
                }
                guard (2...3).contains(values.count) else { throw value.unexpected("one value for each of x, y, z") }
                var distributions: [Distribution] = []
                for value in values { distributions.append(try value.distribution(in: allowed)) }
                owner[keyPath: path] = distributions
            },
            write: {
                let all = $0[keyPath: path]
                return all.count == 1 ? all[0].pipelineValue : .list(all.map(\.pipelineValue))
            }, isDrawn: true)
        let write = parameter.write
        parameter.excessOnPictures = { owner in
            let all = owner[keyPath: path]
            guard all.count == 3,
                (areTurns ? all[..<2] : all[2...]).contains(where: { $0 != neutral.map(Distribution.fixed) })
            else { return nil }
            let expected = areTurns ? "an angle about z alone in a picture" : "values for x and y alone in a picture"
            return "\(name): expected \(expected), found \(write(owner).flowText)"
        }
        return parameter
    }

    /// A fixed number.
    public static func number(
        _ name: String, _ path: any WritableKeyPath<Owner, Double> & Sendable, unit: ParameterUnit = .none,
        in allowed: ClosedRange<Double>, _ summary: String
    ) -> Parameter {
        Parameter(
            name: name, unit: unit, form: "number", allowed: allowed, summary: summary,
            read: { value, owner throws(AugmentError) in owner[keyPath: path] = try value.number(in: allowed) },
            write: { .number($0[keyPath: path]) })
    }

    /// A whole number.
    public static func integer(
        _ name: String, _ path: any WritableKeyPath<Owner, Int> & Sendable, unit: ParameterUnit = .count,
        in allowed: ClosedRange<Int>, _ summary: String
    ) -> Parameter {
        let range = Double(allowed.lowerBound)...Double(allowed.upperBound)
        return Parameter(
            name: name, unit: unit, form: "whole number", allowed: range, summary: summary,
            read: { value, owner throws(AugmentError) in
                let number = try value.number(in: range)
                guard number == number.rounded() else { throw value.unexpected("a whole number") }
                owner[keyPath: path] = Int(number)
            },
            write: { .number(Double($0[keyPath: path])) })
    }

    /// Several fixed numbers, perhaps whole ones only.
    public static func numbers(
        _ name: String, _ path: any WritableKeyPath<Owner, [Double]> & Sendable, unit: ParameterUnit = .none,
        in allowed: ClosedRange<Double>, count: ClosedRange<Int>, areWhole: Bool = false, _ summary: String
    ) -> Parameter {
        let counts =
            count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
        return Parameter(
            name: name, unit: unit, form: "list of \(counts) \(areWhole ? "whole " : "")numbers", allowed: allowed,
            summary: summary,
            read: { value, owner throws(AugmentError) in
                guard case .list(let values) = value.content, count.contains(values.count) else {
                    throw value.unexpected("a list of \(counts) numbers")
                }
                var numbers: [Double] = []
                for value in values {
                    let number = try value.number(in: allowed)
                    guard !areWhole || number == number.rounded() else { throw value.unexpected("a whole number") }
                    numbers.append(number)
                }
                owner[keyPath: path] = numbers
            },
            write: { .list($0[keyPath: path].map(PipelineValue.number)) })
    }

    /// A flag.
    public static func flag(
        _ name: String, _ path: any WritableKeyPath<Owner, Bool> & Sendable, _ summary: String
    ) -> Parameter {
        Parameter(
            name: name, unit: .none, form: "true or false", allowed: nil, summary: summary,
            read: { value, owner throws(AugmentError) in
                guard case .flag(let flag) = value.content else { throw value.unexpected("true or false") }
                owner[keyPath: path] = flag
            },
            write: { .flag($0[keyPath: path]) })
    }

    /// One of several words.
    public static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<Owner, Value> & Sendable, _ summary: String
    ) -> Parameter {
        let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return Parameter(
            name: name, unit: .none, form: "one of \(words)", allowed: nil, summary: summary,
            read: { value, owner throws(AugmentError) in
                guard case .text(let text) = value.content, let found = Value(rawValue: text) else {
                    throw value.unexpected("one of \(words)")
                }
                owner[keyPath: path] = found
            },
            write: { .text($0[keyPath: path].rawValue) })
    }

    /// A fixed number, or the word `auto`.
    public static func automatic(
        _ name: String, _ path: any WritableKeyPath<Owner, Double?> & Sendable, unit: ParameterUnit = .none,
        in allowed: ClosedRange<Double>, _ summary: String
    ) -> Parameter {
        Parameter(
            name: name, unit: unit, form: "number or auto", allowed: allowed, summary: summary,
            read: { value, owner throws(AugmentError) in
                if case .text("auto") = value.content {
                    owner[keyPath: path] = nil
                } else {
                    owner[keyPath: path] = try value.number(in: allowed)
                }
            },
            write: { $0[keyPath: path].map(PipelineValue.number) ?? .text("auto") })
    }

    /// The parameters of a part of the owner.
    public static func parts<Part>(
        _ parameters: [Parameter<Part>], _ path: any WritableKeyPath<Owner, Part> & Sendable
    ) -> [Parameter] {
        parameters.map { part in
            Parameter(
                name: part.name, unit: part.unit, form: part.form, allowed: part.allowed, summary: part.summary,
                read: { value, owner throws(AugmentError) in try part.read(value, &owner[keyPath: path]) },
                write: { part.write($0[keyPath: path]) }, isDrawn: part.isDrawn,
                excessOnPictures: { part.excessOnPictures($0[keyPath: path]) },
                labelValues: { part.labelValues($0[keyPath: path]) })
        }
    }
}
