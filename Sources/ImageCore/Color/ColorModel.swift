/// What the channels of an image stand for.
public enum ColorModel: String, Sendable, Hashable, CaseIterable, Codable {
    /// One channel of intensity, larger is brighter.
    case gray
    /// Intensity and opacity (not premultiplied).
    case grayAlpha
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, opacity (not premultiplied).
    case rgba
    /// Blue, green, red.
    case bgr
    /// Hue, saturation, value.
    case hsv
    /// Luma and two color differences, full range, as JFIF defines them.
    case yCbCr
    /// Hematoxylin, eosin, DAB: optical densities after Ruifrok and Johnston (2001).
    case hed
    /// Cyan, magenta, yellow, black; 0 is no ink.
    case cmyk
    /// Class or object numbers: never interpolated.
    case labels
    /// Bands without a known meaning.
    case unspecified

    /// The number of channels that the model asks for; `nil` when any will do.
    public var channelCount: Int? {
        switch self {
        case .gray, .labels: 1
        case .grayAlpha: 2
        case .rgb, .bgr, .hsv, .yCbCr, .hed: 3
        case .rgba, .cmyk: 4
        case .unspecified: nil
        }
    }
}

/// What the numbers of an image stand for.
public enum ValueDomain: Sendable, Hashable {
    /// Integers from 0 to 2^bits − 1, the whole range meaning black to white.
    case integer(bits: Int)
    /// 0 is black and 1 is white.
    case unit
    /// X-ray attenuation: water is 0, air is −1000.
    case hounsfield
    /// Class or object numbers.
    case labels
    /// A stated range of values.
    case range(ClosedRange<Double>)
    /// Not known.
    case unspecified
}
