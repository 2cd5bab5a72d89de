/// What a batch did.
public struct BatchSummary: Sendable, Encodable {
    /// Inputs whose outputs are whole now.
    public var done = 0
    /// Inputs that an earlier run had finished.
    public var skipped = 0
    /// Inputs that could not be done, those that do not exist among them.
    public var failed = 0
    /// Patches or masks that were written by this run.
    public var written = 0
    /// One line for everything that could not be done, also within inputs that are otherwise done.
    public var failures: [String] = []

    /// One line for everything that is odd and was accepted.
    public var warnings: [String] = []

    /// Nothing done yet.
    public init() {}

    /// Whether everything that was asked for was done.
    public var isComplete: Bool { failed == 0 && failures.isEmpty }
}

/// What a batch tells while it runs.
public enum BatchEvent: Sendable {
    /// The batch starts on so many inputs.
    case started(count: Int)
    /// One input is finished: its name, a line about it, and what is odd and was accepted.
    case finished(name: String, summary: String, warnings: [String])
    /// One input was finished by an earlier run.
    case skipped(name: String)
}
