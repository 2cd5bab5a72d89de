/// An image whose scalar is known only at run time: what a file turned out to hold.
///
/// The set of cases is closed. To work on the samples, hand over an ``ImageVisitor``: its generic method is called with
/// the typed image, so that the loop inside is compiled for each scalar.
public enum AnyImage: Sendable, Equatable {
    /// Samples of type `Bool`.
    case bool(Image<Bool>)
    /// Samples of type `Int8`.
    case int8(Image<Int8>)
    /// Samples of type `Int16`.
    case int16(Image<Int16>)
    /// Samples of type `Int32`.
    case int32(Image<Int32>)
    /// Samples of type `Int64`.
    case int64(Image<Int64>)
    /// Samples of type `UInt8`.
    case uint8(Image<UInt8>)
    /// Samples of type `UInt16`.
    case uint16(Image<UInt16>)
    /// Samples of type `UInt32`.
    case uint32(Image<UInt32>)
    /// Samples of type `UInt64`.
    case uint64(Image<UInt64>)
    /// Samples of type `Float16`.
    case float16(Image<Float16>)
    /// Samples of type `Float`.
    case float32(Image<Float>)
    /// Samples of type `Double`.
    case float64(Image<Double>)
}

/// Work on an image of any scalar.
public protocol ImageVisitor {
    /// What the work gives.
    associatedtype Result
    /// How the work can fail.
    associatedtype Failure: Error
    /// Does the work on an image with a known scalar.
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(Failure) -> Result
}

/// Work that changes an image of any scalar in place.
public protocol ImageMutator {
    /// How the work can fail.
    associatedtype Failure: Error
    /// Changes an image with a known scalar.
    mutating func mutate<Scalar: ImageScalar>(_ image: inout Image<Scalar>) throws(Failure)
}

extension AnyImage {
    /// Opens the enum: calls the visitor's method with the typed image.
    @inlinable
    public func accept<V: ImageVisitor>(_ visitor: V) throws(V.Failure) -> V.Result {
        switch self {
        case .bool(let image): try visitor.visit(image)
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

extension AnyImage {
    /// Opens the enum for writing: calls the mutator's method with the typed image, in place and without a copy.
    ///
    /// After an error the image is what the mutator left.
    @inlinable
    public mutating func apply<M: ImageMutator>(_ mutator: inout M) throws(M.Failure) {
        // Every case is named: only then does the compiler move the image out and back without copying its samples.
        switch consume self {
        case .bool(var image):
            defer { self = .bool(image) }
            try mutator.mutate(&image)
        case .int8(var image):
            defer { self = .int8(image) }
            try mutator.mutate(&image)
        case .int16(var image):
            defer { self = .int16(image) }
            try mutator.mutate(&image)
        case .int32(var image):
            defer { self = .int32(image) }
            try mutator.mutate(&image)
        case .int64(var image):
            defer { self = .int64(image) }
            try mutator.mutate(&image)
        case .uint8(var image):
            defer { self = .uint8(image) }
            try mutator.mutate(&image)
        case .uint16(var image):
            defer { self = .uint16(image) }
            try mutator.mutate(&image)
        case .uint32(var image):
            defer { self = .uint32(image) }
            try mutator.mutate(&image)
        case .uint64(var image):
            defer { self = .uint64(image) }
            try mutator.mutate(&image)
        case .float16(var image):
            defer { self = .float16(image) }
            try mutator.mutate(&image)
        case .float32(var image):
            defer { self = .float32(image) }
            try mutator.mutate(&image)
        case .float64(var image):
            defer { self = .float64(image) }
            try mutator.mutate(&image)
        }
    }
}
