/// A rectangle of whole pixels: x to the right, y down, the far edges excluded.
///
/// Arithmetic on edges saturates, so that no coordinates, wherever they come from, overflow.
public struct PixelRect: Sendable, Hashable, Codable {
    /// The left-most column.
    public var x: Int
    /// The top row.
    public var y: Int
    /// Number of columns.
    public var width: Int
    /// Number of rows.
    public var height: Int

    /// A rectangle by its corner and size.
    @inlinable
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The first column past the right edge.
    @inlinable public var maxX: Int { clampedSum(x, width) }
    /// The first row past the bottom edge.
    @inlinable public var maxY: Int { clampedSum(y, height) }
    /// Whether the rectangle holds no pixel.
    @inlinable public var isEmpty: Bool { width <= 0 || height <= 0 }
    /// Number of pixels.
    @inlinable
    public var area: Int {
        guard !isEmpty else { return 0 }
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow ? .max : area
    }

    /// The part that both rectangles cover; empty when they do not meet.
    @inlinable
    public func intersection(_ other: PixelRect) -> PixelRect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        let right = max(left, min(maxX, other.maxX))
        let bottom = max(top, min(maxY, other.maxY))
        return PixelRect(x: left, y: top, width: clampedLength(left, right), height: clampedLength(top, bottom))
    }

    /// Whether the other rectangle lies inside.
    @inlinable
    public func contains(_ other: PixelRect) -> Bool {
        other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
    }
}

@inlinable
func clampedSum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (b < 0 ? .min : .max) : sum
}

@inlinable
func clampedLength(_ start: Int, _ end: Int) -> Int {
    let (length, overflow) = end.subtractingReportingOverflow(start)
    return overflow ? .max : length
}

/// Width and height in whole pixels.
public struct PixelSize: Sendable, Hashable, Codable {
    /// Number of columns.
    public var width: Int
    /// Number of rows.
    public var height: Int

    /// A size by its two numbers.
    @inlinable
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The rectangle of this size at the origin.
    @inlinable public var bounds: PixelRect { PixelRect(x: 0, y: 0, width: width, height: height) }
}
