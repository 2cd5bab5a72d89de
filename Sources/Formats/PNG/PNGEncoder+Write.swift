public import ImageCore

extension PNGEncoder {
    /// Writes a PNG file, which appears under its name only when it is whole.
    ///
    /// - Throws: what ``encode(_:)-(AnyImage)`` throws, with the path; `inputOutput` when the file cannot be written.
    public func write(_ image: AnyImage, to path: String) throws(FormatError) {
        let bytes: [UInt8]
        do throws(FormatError) {
            bytes = try encode(image)
        } catch {
            var located = error
            located.file = path
            throw located
        }
        try AtomicFile.write(bytes, to: path)
    }

    /// Writes a PNG file of a typed image; see ``write(_:to:)-(AnyImage,String)``.
    public func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to path: String) throws(FormatError) {
        try write(AnyImage(image), to: path)
    }
}
