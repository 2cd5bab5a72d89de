public import ImageCore

extension Image<Bool> {
    /// The mask of the places where one element lies inside the mask and another outside: the hit-or-miss transform.
    ///
    /// Pixels beyond the edges belong to neither.
    /// - Parameters:
    ///   - hit: The places that must hold.
    ///   - miss: The places that must not hold; `nil` asks for none.
    /// - Returns: The mask with color, domain, geometry and metadata as before.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/emptyImage``.
    public func hitOrMiss(_ hit: FlatElement, miss: FlatElement? = nil) throws(ImageError) -> Image<Bool> {
        let numbers = converted(to: UInt8.self)
        let outside = MorphologyBorder.extended(.constant(0))
        var result = try numbers.morphology(.erode, by: hit, border: outside)
        if let miss {
            let background = try numbers.map { 1 - $0 }.morphology(.erode, by: miss, border: outside)
            result = try result.combined(with: background) { min($0, $1) }
        }
        return result.converted()
    }
}
