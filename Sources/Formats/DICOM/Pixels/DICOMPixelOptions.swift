/// How pixels are decoded.
public struct DICOMPixelOptions: Sendable, Hashable {
    /// How much a file may ask for.
    public var limits: DecodeLimits
    /// Whether pixel data that is shorter than announced, or damaged in a way that leaves an image, is an error.
    ///
    /// Otherwise the missing samples are 0 and a ``DICOMPixelDefect`` says so.
    public var isStrict: Bool
    /// Whether luma and color differences (YBR) become red, green and blue; otherwise they stay as stored.
    public var convertsColor: Bool

    /// Options by their parts.
    public init(limits: DecodeLimits = .standard, isStrict: Bool = false, convertsColor: Bool = true) {
        self.limits = limits
        self.isStrict = isStrict
        self.convertsColor = convertsColor
    }
}
