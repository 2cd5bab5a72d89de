private struct Convert<Target: ImageScalar>: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Target> { image.converted() }
}

private struct ConvertToKind: ImageVisitor {
    let kind: ScalarKind

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> AnyImage {
        switch kind {
        case .bool: .bool(image.converted())
        case .int8: .int8(image.converted())
        case .int16: .int16(image.converted())
        case .int32: .int32(image.converted())
        case .int64: .int64(image.converted())
        case .uint8: .uint8(image.converted())
        case .uint16: .uint16(image.converted())
        case .uint32: .uint32(image.converted())
        case .uint64: .uint64(image.converted())
        case .float16: .float16(image.converted())
        case .float32: .float32(image.converted())
        case .float64: .float64(image.converted())
        }
    }
}

extension AnyImage {
    /// The same numbers as another scalar; see ``Image/converted(to:)``.
    @specialized(where Target == Bool)
    @specialized(where Target == UInt8)
    @specialized(where Target == UInt16)
    @specialized(where Target == Int16)
    @specialized(where Target == Float)
    @specialized(where Target == Double)
    public func converted<Target: ImageScalar>(to type: Target.Type) -> Image<Target> { accept(Convert<Target>()) }

    /// The same numbers as a scalar that is known at run time; see ``Image/converted(to:)``.
    public func converted(to kind: ScalarKind) -> AnyImage { accept(ConvertToKind(kind: kind)) }
}
