/// A place in the plane, in pixels: pixel (i, j) covers [i, i+1) × [j, j+1).
public struct Point: Sendable, Hashable, Codable {
    /// To the right.
    public var x: Double
    /// Down.
    public var y: Double

    /// A point by its coordinates.
    @inlinable
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
