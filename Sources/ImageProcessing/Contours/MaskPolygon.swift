public import ImageCore

/// A corner of a pixel: corner (x, y) is the top-left corner of pixel (x, y).
public struct PixelCorner: Sendable, Hashable {
    /// To the right.
    public var x: Int
    /// Down.
    public var y: Int

    /// A corner by its coordinates.
    public init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }

    /// The same place as a point of the plane.
    public var point: Point { Point(x: Double(x), y: Double(y)) }
}

/// The exact outline of one connected part of a mask, along the edges of its pixels.
public struct MaskPolygon: Sendable, Hashable {
    /// The outer ring, clockwise on the screen; the last corner is joined to the first and not repeated.
    public var outer: [PixelCorner]
    /// The rings of the holes, counterclockwise on the screen.
    public var holes: [[PixelCorner]]

    /// A polygon by its rings.
    public init(outer: [PixelCorner], holes: [[PixelCorner]]) {
        self.outer = outer
        self.holes = holes
    }
}
