extension AnyImage {
    /// An image of a known scalar as one of any.
    public init<Scalar: ImageScalar>(_ image: Image<Scalar>) {
        switch Scalar.kind {
        case .bool: self = .bool(image.known())
        case .int8: self = .int8(image.known())
        case .int16: self = .int16(image.known())
        case .int32: self = .int32(image.known())
        case .int64: self = .int64(image.known())
        case .uint8: self = .uint8(image.known())
        case .uint16: self = .uint16(image.known())
        case .uint32: self = .uint32(image.known())
        case .uint64: self = .uint64(image.known())
        case .float16: self = .float16(image.known())
        case .float32: self = .float32(image.known())
        case .float64: self = .float64(image.known())
        }
    }

    /// The type of the samples.
    public var kind: ScalarKind {
        switch self {
        case .bool: .bool
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        case .float16: .float16
        case .float32: .float32
        case .float64: .float64
        }
    }
}

extension Image {
    /// The image itself, whose scalar is known by its kind.
    fileprivate func known<Known: ImageScalar>() -> Image<Known> {
        guard let known = self as? Image<Known> else { preconditionFailure("each kind has one scalar") }
        return known
    }
}
