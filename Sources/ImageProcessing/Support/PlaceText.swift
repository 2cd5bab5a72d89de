extension Double {
    /// The shortest text that gives the number, whole numbers without a fraction.
    package var shortText: String { self == rounded() && magnitude < 1e15 ? String(Int64(self)) : String(self) }
}

extension SIMD3<Double> {
    /// A place, or numbers along the axes, as people write them: `(x, y)` or `(x, y, z)`.
    package func placeText(axes: Int = 3) -> String {
        "(" + (0..<axes).map { self[$0].shortText }.joined(separator: ", ") + ")"
    }
}
