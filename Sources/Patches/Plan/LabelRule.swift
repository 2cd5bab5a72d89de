/// Which class a patch stands for, given how much of it each class covers.
public struct LabelRule: Sendable, Hashable {
    /// The classes, in the order of the coverage values.
    public var classes: [String]
    /// The least coverage for a class, by its name; others need ``defaultMinimum``.
    public var minimum: [String: Double]

    /// The least coverage of a class that none was stated for.
    public static let defaultMinimum = 0.5
    /// The label of a patch that no class touches.
    public static let untouched = "none"
    /// The label of a patch that classes touch, none of them enough.
    public static let undecided = "mixed"

    /// A rule by its parts.
    public init(classes: [String], minimum: [String: Double] = [:]) {
        self.classes = classes
        self.minimum = minimum
    }

    /// Gives the least coverages the spelling of the classes where that differs in case alone.
    mutating func ignoreCase() {
        for (name, value) in minimum where !classes.contains(name) {
            let alike = classes.filter { $0.lowercased() == name.lowercased() }
            guard alike.count == 1, minimum[alike[0]] == nil else { continue }
            minimum[name] = nil
            minimum[alike[0]] = value
        }
    }

    /// The class with the largest coverage among those that reach their minimum.
    ///
    /// - Returns: A class, ``untouched`` or ``undecided``; the first of the classes on a tie.
    public func label(for coverage: [Double]) -> String {
        guard coverage.contains(where: { $0 > 0 }) else { return Self.untouched }
        var best: (name: String, value: Double)?
        for (name, value) in zip(classes, coverage) where value > 0 && value >= minimum[name] ?? Self.defaultMinimum {
            if value > best?.value ?? 0 { best = (name, value) }
        }
        return best?.name ?? Self.undecided
    }
}
