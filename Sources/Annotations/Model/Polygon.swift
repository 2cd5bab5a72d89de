public import ImageCore

/// An area with an outline and any number of holes, in level-0 pixels.
///
/// Rings are closed without repeating their first point, and may run in either direction. Inside is what an odd number
/// of rings encloses (even-odd), so a hole is a ring within the outer one.
public struct Polygon: Sendable, Hashable {
    /// The outline.
    public var outer: [Point]
    /// The rings within the outline that do not belong.
    public var holes: [[Point]]

    /// A polygon by its rings.
    public init(outer: [Point], holes: [[Point]] = []) {
        self.outer = outer
        self.holes = holes
    }

    /// A rectangle as a polygon.
    public init(_ box: Box) {
        self.init(outer: [
            Point(x: box.minX, y: box.minY), Point(x: box.maxX, y: box.minY), Point(x: box.maxX, y: box.maxY),
            Point(x: box.minX, y: box.maxY),
        ])
    }
}
