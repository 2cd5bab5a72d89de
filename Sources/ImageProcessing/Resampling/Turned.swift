public import ImageCore

extension Image {
    /// The picture with rows and columns exchanged: pixel (x, y) becomes (y, x).
    ///
    /// Every sample keeps its place in space: spacing and direction are exchanged, too.
    /// - Returns: The picture in C order of the same axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/emptyImage``.
    public func transposed() throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        return try turned(.transposed, exchangingAxes(x: .y, y: .x, z: .z))
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
        case 1: return try turned(.clockwise, exchangingAxes(x: .y, y: .x, z: .z).flipped(.x))
        case 2: return try turned(.half, flipped(.x).flipped(.y))
        case 3: return try turned(.counterclockwise, exchangingAxes(x: .y, y: .x, z: .z).flipped(.y))
        default: return contiguous()
        }
    }

    /// The picture mirrored along an axis, its samples moved; ``flipped(_:)`` gives the same as a view, at no cost.
    ///
    /// - Throws: ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func mirrored(_ axis: Axis) throws(ImageError) -> Image {
        try checkAxes([axis])
        guard axis == .x || axis == .y, layout.index(of: axis == .x ? .y : .x) != nil else {
            return flipped(axis).contiguous()
        }
        return try turned(axis == .x ? .mirroredX : .mirroredY, flipped(axis))
    }

    /// The samples moved by the kernels, with the meaning that a view has which shows the same.
    private func turned(_ turn: PlaneTurn, _ view: Image) throws(ImageError) -> Image {
        let planes = try Planes(self)
        let size = turn.exchangesAxes ? (width: height, height: width) : (width: width, height: height)
        return try mappingPlanes(planes, width: size.width, height: size.height) { source, target in
            turn.move(source, planes, into: &target)
        }.withMeaning(of: view)
    }
}
