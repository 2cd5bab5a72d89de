/// The views of ``Image``, by name.
private enum View: ImageTransform {
    case cropped(PixelRect)
    case range(Axis, Range<Int>)
    case slice(Axis, Int)
    case permuted([Axis])
    case flipped(Axis)
    case contiguous

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Scalar> {
        switch self {
        case .cropped(let rect): image.cropped(to: rect)
        case .range(let axis, let range): image.cropped(axis, to: range)
        case .slice(let axis, let index): image.slice(axis, at: index)
        case .permuted(let axes): image.permuted(to: axes)
        case .flipped(let axis): image.flipped(axis)
        case .contiguous: image.contiguous()
        }
    }
}

extension AnyImage {
    /// The part inside a rectangle, as a view; see ``Image/cropped(to:)``.
    public func cropped(to rect: PixelRect) -> AnyImage { transformed(by: View.cropped(rect)) }
    /// The part inside a range along an axis, as a view; see ``Image/cropped(_:to:)``.
    public func cropped(_ axis: Axis, to range: Range<Int>) -> AnyImage { transformed(by: View.range(axis, range)) }
    /// One position along an axis, as a view without that axis; see ``Image/slice(_:at:)``.
    public func slice(_ axis: Axis, at index: Int) -> AnyImage { transformed(by: View.slice(axis, index)) }
    /// The axes in another order, as a view; see ``Image/permuted(to:)``.
    public func permuted(to axes: [Axis]) -> AnyImage { transformed(by: View.permuted(axes)) }
    /// The image mirrored along an axis, as a view; see ``Image/flipped(_:)``.
    public func flipped(_ axis: Axis) -> AnyImage { transformed(by: View.flipped(axis)) }
    /// The samples in C order and without gaps; see ``Image/contiguous()``.
    public func contiguous() -> AnyImage { transformed(by: View.contiguous) }
}
