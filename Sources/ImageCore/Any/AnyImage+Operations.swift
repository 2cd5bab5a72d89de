/// Work on numbers, for a visitor that also meets masks.
public protocol NumericImageVisitor {
    /// What the work gives.
    associatedtype Result
    /// Does the work on an image with a known scalar.
    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> Result
    /// Does the work on a mask.
    func visit(mask: Image<Bool>) throws(ImageError) -> Result
}

extension AnyImage {
    /// Opens the enum for work that needs numbers; masks have a method of their own.
    @inlinable
    public func accept<V: NumericImageVisitor>(numeric visitor: V) throws(ImageError) -> V.Result {
        switch self {
        case .bool(let image): try visitor.visit(mask: image)
        case .int8(let image): try visitor.visit(image)
        case .int16(let image): try visitor.visit(image)
        case .int32(let image): try visitor.visit(image)
        case .int64(let image): try visitor.visit(image)
        case .uint8(let image): try visitor.visit(image)
        case .uint16(let image): try visitor.visit(image)
        case .uint32(let image): try visitor.visit(image)
        case .uint64(let image): try visitor.visit(image)
        case .float16(let image): try visitor.visit(image)
        case .float32(let image): try visitor.visit(image)
        case .float64(let image): try visitor.visit(image)
        }
    }
}

private struct Reduce: NumericImageVisitor {
    let factor: Int
    let axes: [Axis]

    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        AnyImage(try image.reduced(by: factor, along: axes))
    }

    func visit(mask: Image<Bool>) throws(ImageError) -> AnyImage {
        .bool(try mask.reduced(by: factor, along: axes))
    }
}

private struct Recolor: NumericImageVisitor {
    let model: ColorModel
    let alpha: AlphaRule?

    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        AnyImage(try image.converted(to: model, alpha: alpha))
    }

    func visit(mask: Image<Bool>) throws(ImageError) -> AnyImage {
        throw .unsupportedColor(from: mask.color, to: model)
    }
}

private struct Rescale<Target: NumericScalar>: NumericImageVisitor {
    func visit<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Target> {
        try image.rescaled()
    }

    func visit(mask: Image<Bool>) throws(ImageError) -> Image<Target> {
        var result = mask.converted(to: Float.self)
        result.domain = .unit
        return try result.rescaled()
    }
}

extension AnyImage {
    /// The image made smaller by a whole factor; see `Image.reduced(by:along:)`.
    ///
    /// Masks and labels keep their values.
    public func reduced(by factor: Int, along axes: [Axis] = [.x, .y]) throws(ImageError) -> AnyImage {
        try accept(numeric: Reduce(factor: factor, axes: axes))
    }

    /// The image in another color model; see ``Image/converted(to:alpha:)``.
    ///
    /// Masks have no color.
    public func converted(to model: ColorModel, alpha: AlphaRule? = nil) throws(ImageError) -> AnyImage {
        try accept(numeric: Recolor(model: model, alpha: alpha))
    }

    /// The image with black and white at the ends of a scalar; see ``Image/rescaled(to:)``.
    ///
    /// `true` becomes white.
    @specialized(where Target == UInt8)
    @specialized(where Target == UInt16)
    @specialized(where Target == Float)
    @specialized(where Target == Double)
    public func rescaled<Target: NumericScalar>(to type: Target.Type) throws(ImageError) -> Image<Target> {
        try accept(numeric: Rescale<Target>())
    }
}
