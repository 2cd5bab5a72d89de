/// Portable Network Graphics, third edition (W3C 2025; ISO/IEC 15948): every bit depth, color type and interlacing.
///
/// Of an animated file the default image is read.
public enum PNGFormat {
    /// The eight bytes that every PNG file begins with.
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The entry for a ``FormatTable``.
    public static let format = ImageFormat(
        name: "PNG", extensions: ["png"], matches: { $0.starts(with: signature) },
        open: { source, options throws(FormatError) in try PNGReader(source, options: options) })
}
