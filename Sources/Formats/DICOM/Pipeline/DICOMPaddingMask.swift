public import ImageCore

extension DICOMPixelFormat {
    /// Which pixels are padding: stored values within ``paddingRange``.
    ///
    /// - Parameter stored: Stored values, before any other step.
    /// - Returns: An image of the same axes; `nil` without padding values, and for floating-point numbers.
    public func paddingMask(of stored: AnyImage) -> Image<Bool>? {
        guard let range = paddingRange else { return nil }
        return stored.accept(PaddingSearch(range: range))
    }
}

private struct PaddingSearch: ImageVisitor {
    let range: ClosedRange<Int>

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Bool>? {
        switch image {
        case let image as Image<UInt8>: image.map { range.contains(Int($0)) }
        case let image as Image<Int8>: image.map { range.contains(Int($0)) }
        case let image as Image<UInt16>: image.map { range.contains(Int($0)) }
        case let image as Image<Int16>: image.map { range.contains(Int($0)) }
        case let image as Image<UInt32>: image.map { range.contains(Int($0)) }
        case let image as Image<Int32>: image.map { range.contains(Int($0)) }
        default: nil
        }
    }
}
