public import ImageCore

extension Image {
    /// The picture with rows and columns exchanged: pixel (x, y) becomes (y, x).
    ///
    /// Every sample keeps its place in space: spacing and direction are exchanged, too.
    /// - Returns: The picture in C order of the same axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/emptyImage``.
    @specialized(where Scalar == UInt8)
    @specialized(where Scalar == UInt16)
    @specialized(where Scalar == Int16)
    @specialized(where Scalar == Float)
    public func transposed() throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        return try turned(.transposed)
    }

    /// The picture turned clockwise by quarter turns; negative numbers turn counterclockwise.
    ///
    /// Nothing is interpolated, and every sample keeps its place in space.
    /// - Parameter turns: Number of quarter turns: 1 puts the left column on top.
    /// - Returns: The picture in C order of the same axes.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x and y, ``ImageError/emptyImage``.
    @specialized(where Scalar == UInt8)
    @specialized(where Scalar == UInt16)
    @specialized(where Scalar == Int16)
    @specialized(where Scalar == Float)
    public func rotatedQuarter(_ turns: Int = 1) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        switch ((turns % 4) + 4) % 4 {
        case 1: return try turned(.clockwise)
        case 2: return try turned(.half)
        case 3: return try turned(.counterclockwise)
        default: return contiguous()
        }
    }

    /// The picture mirrored along an axis, its samples moved; ``flipped(_:)`` gives the same as a view, at no cost.
    ///
    /// - Throws: ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    @specialized(where Scalar == UInt8)
    @specialized(where Scalar == UInt16)
    @specialized(where Scalar == Int16)
    @specialized(where Scalar == Float)
    public func mirrored(_ axis: Axis) throws(ImageError) -> Image {
        try checkAxes([axis])
        guard axis == .x || axis == .y, layout.index(of: axis == .x ? .y : .x) != nil else {
            return flipped(axis).contiguous()
        }
        return try turned(axis == .x ? .mirroredX : .mirroredY)
    }

    /// The samples moved by the kernels; every one keeps its place in space.
    @specialized(where Scalar == UInt8)
    @specialized(where Scalar == UInt16)
    @specialized(where Scalar == Int16)
    @specialized(where Scalar == Float)
    private func turned(_ turn: PlaneTurn) throws(ImageError) -> Image {
        let planes = try Planes(self)
        let size = turn.exchangesAxes ? (width: height, height: width) : (width: width, height: height)
        var result = try mappingPlanes(planes, width: size.width, height: size.height) { source, target in
            turn.move(source, planes, into: &target)
        }
        if geometry != nil { result.geometry = turn.view(of: self).geometry }
        return result
    }
}

extension PlaneTurn {
    /// The view that shows the same as the turned picture.
    fileprivate func view<Scalar>(of image: Image<Scalar>) -> Image<Scalar> {
        switch self {
        case .transposed: image.exchangingAxes(x: .y, y: .x, z: .z)
        case .clockwise: image.exchangingAxes(x: .y, y: .x, z: .z).flipped(.x)
        case .counterclockwise: image.exchangingAxes(x: .y, y: .x, z: .z).flipped(.y)
        case .half: image.flipped(.x).flipped(.y)
        case .mirroredX: image.flipped(.x)
        case .mirroredY: image.flipped(.y)
        }
    }
}
