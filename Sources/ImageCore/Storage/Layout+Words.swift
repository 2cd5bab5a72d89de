extension Layout {
    /// Axes and sizes for messages: `the axes time (2), z (30), y (512), x (512)`.
    public var inWords: String {
        let parts = zip(axes, sizes).map { "\($0) (\($1))" }
        return parts.isEmpty ? "no axes" : "the \(parts.count == 1 ? "axis" : "axes") \(parts.joined(separator: ", "))"
    }
}
