import ImageCore

extension Geometry {
    /// The numbers in one line.
    var inWords: String {
        func text(_ numbers: SIMD3<Double>) -> String { "(\(numbers.x), \(numbers.y), \(numbers.z))" }
        return "spacing \(text(spacingMillimetres)) mm, origin \(text(originMillimetres)) mm, "
            + "directions \(text(direction.x)), \(text(direction.y)) and \(text(direction.z))"
    }
}
