/// Why an operation on images could not be done.
public enum ImageError: Error, Sendable, Hashable {
    /// Two images that must agree in shape do not.
    case shapeMismatch(expected: [Int], found: [Int])
    /// The image has no sample.
    case emptyImage
    /// A divisor is zero.
    case divisionByZero
    /// The image does not have the axis.
    case missingAxis(Axis)
    /// The color model cannot be converted or does not fit the operation.
    case unsupportedColor(from: ColorModel, to: ColorModel)
    /// The number of channels does not fit the color model.
    case channelMismatch(ColorModel, found: Int)
    /// A region reaches outside the image.
    case outOfBounds(String)
    /// An argument is outside its range.
    case invalidArgument(String)
}

extension ImageError: CustomStringConvertible {
    /// One line that says what was expected and what was found.
    public var description: String {
        switch self {
        case .shapeMismatch(let expected, let found): "expected an image of shape \(expected), found \(found)"
        case .emptyImage: "the image is empty"
        case .divisionByZero: "division by zero"
        case .missingAxis(let axis): "the image has no axis \(axis)"
        case .unsupportedColor(let from, let to): "no conversion from \(from.rawValue) to \(to.rawValue)"
        case .channelMismatch(let model, let found):
            "\(model.rawValue) needs \(model.channelCount.map(String.init) ?? "other") channels, found \(found)"
        case .outOfBounds(let what): what
        case .invalidArgument(let what): what
        }
    }
}
