/// A kind of step that holds steps, by its name in a pipeline file.
public enum ContainerKind: String, CaseIterable, Sendable {
    case sequence
    case randomOrder = "random_order"
    case oneOf = "one_of"
    case someOf = "some_of"
    case repeated = "repeat"
    case perChannel = "per_channel"

    /// What it does.
    public var summary: String {
        switch self {
        case .sequence: "All steps in order."
        case .randomOrder: "All steps in drawn order."
        case .oneOf: "One step, drawn with `weights`."
        case .someOf: "`count` different steps, in the order of the list."
        case .repeated: "All steps, `count` times."
        case .perChannel: "All steps for each channel, with numbers drawn for each; none may move pixels."
        }
    }

    /// Its parameter besides `steps` and `p`, and what that is; `nil` without one.
    public var parameter: (name: String, summary: String)? {
        switch self {
        case .oneOf:
            ("weights", "How likely each step is, in proportion [list of numbers; 0 or more; default 1 for each]")
        case .someOf: ("count", "Number of steps [number or distribution; 0 to their number; default 1]")
        case .repeated: ("count", "Number of rounds [number or distribution; 0 to 100; no default]")
        case .sequence, .randomOrder, .perChannel: nil
        }
    }
}

/// What can stand where a pipeline file has a number that is drawn.
public enum DistributionForm: String, CaseIterable, Sendable {
    case fixed
    case uniform
    case logUniform = "log_uniform"
    case inverseUniform = "inverse_uniform"
    case normal
    case choice

    /// An example of the form.
    public var example: String {
        switch self {
        case .fixed: "5"
        case .uniform: "{uniform: [a, b]}"
        case .logUniform: "{log_uniform: [a, b]}"
        case .inverseUniform: "{inverse_uniform: [a, b]}"
        case .normal: "{normal: [mean, deviation]}"
        case .choice: "{choice: [a, b, c]}"
        }
    }

    /// What it means.
    public var summary: String {
        switch self {
        case .fixed: "always 5: a bare number is never a range about zero"
        case .uniform: "every value from a to b is as likely"
        case .logUniform: "the logarithm is uniform: 0.5 and 2 are as likely"
        case .inverseUniform: "1 / x for an x that is uniform: the scale of libraries that say how far a pixel looks"
        case .normal: "cut at four deviations"
        case .choice: "one of these"
        }
    }
}
