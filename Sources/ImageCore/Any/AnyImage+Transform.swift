/// Work that turns an image of any scalar into another of the same scalar.
public protocol ImageTransform {
    /// How the work can fail.
    associatedtype Failure: Error
    /// The new image.
    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(Failure) -> Image<Scalar>
}

@usableFromInline
struct Apply<Transform: ImageTransform>: ImageVisitor {
    @usableFromInline let transform: Transform

    @inlinable
    init(transform: Transform) { self.transform = transform }

    @inlinable
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(Transform.Failure) -> AnyImage {
        AnyImage(try transform.transform(image))
    }
}

extension AnyImage {
    /// The image that a transform makes of this one, of the same scalar.
    @inlinable
    public func transformed<T: ImageTransform>(by transform: T) throws(T.Failure) -> AnyImage {
        try accept(Apply(transform: transform))
    }
}
