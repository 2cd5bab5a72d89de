extension AnyImage {
    /// An image of a known scalar as one of any.
    public init<Scalar: ImageScalar>(_ image: Image<Scalar>) {
        // The set of scalars is closed, so one of the casts succeeds.
        switch image {
        case let image as Image<Bool>: self = .bool(image)
        case let image as Image<Int8>: self = .int8(image)
        case let image as Image<Int16>: self = .int16(image)
        case let image as Image<Int32>: self = .int32(image)
        case let image as Image<Int64>: self = .int64(image)
        case let image as Image<UInt8>: self = .uint8(image)
        case let image as Image<UInt16>: self = .uint16(image)
        case let image as Image<UInt32>: self = .uint32(image)
        case let image as Image<UInt64>: self = .uint64(image)
        case let image as Image<Float16>: self = .float16(image)
        case let image as Image<Float>: self = .float32(image)
        case let image as Image<Double>: self = .float64(image)
        default: preconditionFailure("ImageScalar is a closed set")
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
