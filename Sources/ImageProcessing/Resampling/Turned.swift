public import ImageCore

extension Image {
    /// The picture with rows and columns exchanged: pixel (x, y) becomes (y, x).
    ///
    /// Every sample keeps its place in space: spacing and direction are exchanged, too.
    /// - Returns: The picture in C order of the same axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/emptyImage``.
    public func transposed() throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        return exchangingAxes(x: .y, y: .x, z: .z).contiguous()
    }

    /// The picture turned clockwise by quarter turns; negative numbers turn counterclockwise.
    ///
    /// Nothing is interpolated, and every sample keeps its place in space.
    /// - Parameter turns: Number of quarter turns: 1 puts the left column on top.
    /// - Returns: The picture in C order of the same axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/emptyImage``.
    public func rotatedQuarter(_ turns: Int = 1) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        switch ((turns % 4) + 4) % 4 {
        case 1: return exchangingAxes(x: .y, y: .x, z: .z).flipped(.x).contiguous()
        case 2: return flipped(.x).flipped(.y).contiguous()
        case 3: return exchangingAxes(x: .y, y: .x, z: .z).flipped(.y).contiguous()
        default: return contiguous()
        }
    }

    /// The picture mirrored along an axis, its samples moved; ``flipped(_:)`` gives the same as a view, at no cost.
    ///
    /// - Throws: ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func mirrored(_ axis: Axis) throws(ImageError) -> Image {
        try checkAxes([axis])
        return flipped(axis).contiguous()
    }
}
