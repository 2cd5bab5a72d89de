public import ImageCore

/// Writes images as TIFF files.
///
/// The image has axes y and x, and channel if it likes; every other axis (z, time, …) becomes pages, one for each position,
/// the last axis fastest. Samples are written as they are, interleaved, in the number of bits of their scalar; `Bool` takes
/// one bit and comes back as 0 and 1 of 1 bit.
///
/// - Color: gray, labels, gray with alpha, RGB, BGR (as RGB), RGBA, CMYK, and bands without a meaning. Alpha is not
///   multiplied into the color.
/// - The spacing of ``Geometry`` becomes the resolution; the metadata `icc` and `tiff.ImageDescription` become tags.
///
/// ```swift
/// var picture = Image<UInt16>(axes: [.y, .x], sizes: [48, 64], color: .gray)
/// picture.geometry = Geometry(mppX: 0.5, mppY: 0.5)
/// try TIFFEncoder(usesPredictor: true).write(AnyImage(picture), to: "picture.tif")
/// ```
public struct TIFFEncoder: Sendable, Hashable {
    /// Tiles or strips.
    public var layout: TIFFPage.Layout
    /// Uncompressed or deflate.
    public var compression: TIFFCompression
    /// Whether differences of neighbors are compressed instead of samples; not for `Bool`.
    public var usesPredictor: Bool
    /// Classic TIFF or BigTIFF.
    public var structure: TIFFFileStructure
    /// The text of the Software tag.
    public var software: String?

    /// An encoder by its settings: deflated tiles of 256 × 256 unless said otherwise.
    public init(
        layout: TIFFPage.Layout = .tiles(PixelSize(width: 256, height: 256)),
        compression: TIFFCompression = .deflate(), usesPredictor: Bool = false,
        structure: TIFFFileStructure = .automatic, software: String? = nil
    ) {
        self.layout = layout
        self.compression = compression
        self.usesPredictor = usesPredictor
        self.structure = structure
        self.software = software
    }

    /// Writes a file; it appears under its name when it is whole.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` for an image without y or x, an empty one, or channels
    ///   that do not fit the color; ``FormatError/Code-swift.struct/unsupported`` for colors that TIFF readers would not
    ///   understand (HSV, YCbCr, HED) and for JPEG; ``FormatError/Code-swift.struct/inputOutput``.
    public func write(_ image: AnyImage, to path: String) throws(FormatError) {
        try image.accept(TIFFImageWriting(encoder: self, path: path))
    }

    /// Writes a file; it appears under its name when it is whole.
    ///
    /// - Throws: what ``write(_:to:)-(AnyImage,_)`` throws.
    public func write(_ image: Image<some ImageScalar>, to path: String) throws(FormatError) {
        try TIFFImageWriting(encoder: self, path: path).visit(image)
    }
}
