/// How files are decoded.
public struct ReadOptions: Sendable, Hashable {
    /// What becomes of palette images.
    public enum Palette: Sendable, Hashable {
        /// Each index is replaced by its color.
        case expand
        /// The indices stay, as labels; the palette goes to the metadata.
        case labels
    }

    /// How much a file may ask for.
    public var limits: DecodeLimits
    /// What becomes of palette images.
    public var palette: Palette
    /// Whether the orientation that EXIF or TIFF names is applied to the pixels; otherwise it stays in the metadata.
    public var appliesOrientation: Bool
    /// JPEG only: decode at 1/1, 1/2, 1/4 or 1/8 of the size, in the DCT domain.
    public var jpegScaleDenominator: Int

    /// Options by their parts.
    public init(
        limits: DecodeLimits = .standard, palette: Palette = .expand, appliesOrientation: Bool = false,
        jpegScaleDenominator: Int = 1
    ) {
        self.limits = limits
        self.palette = palette
        self.appliesOrientation = appliesOrientation
        self.jpegScaleDenominator = jpegScaleDenominator
    }
}
