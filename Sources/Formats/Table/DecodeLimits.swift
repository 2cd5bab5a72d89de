/// How much a file may ask for; checked before memory is taken.
public struct DecodeLimits: Sendable, Hashable {
    /// Largest width, height or depth.
    public var dimension: Int
    /// Largest number of pixels in one image that is decoded whole.
    public var pixels: Int
    /// Largest number of bytes that one decoded image may take.
    public var bytes: Int
    /// Deepest nesting of directories, sequences or elements.
    public var nesting: Int
    /// Largest number of entries of one kind: directories, frames, tags, chunks.
    public var entries: Int

    /// Limits by their parts; the defaults let a 16-bit color image of 1 gigapixel through and stop at 8 GiB.
    public init(
        dimension: Int = 1 << 24, pixels: Int = 1 << 30, bytes: Int = 8 << 30, nesting: Int = 32,
        entries: Int = 1 << 20
    ) {
        self.dimension = dimension
        self.pixels = pixels
        self.bytes = bytes
        self.nesting = nesting
        self.entries = entries
    }

    /// The limits that apply when none are given.
    public static let standard = DecodeLimits()

    /// Checks the size of an image before memory for it is taken.
    ///
    /// - Parameters:
    ///   - width: Columns as the file declares them.
    ///   - height: Rows as the file declares them.
    ///   - bytesPerPixel: Bytes of one decoded pixel.
    ///   - file: The file's name, for the error.
    ///   - place: Where in the file the size stands, for the error.
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded``, or ``FormatError/Code-swift.struct/corrupt`` for a size of 0.
    public func check(
        width: Int, height: Int, bytesPerPixel: Int, file: String, place: String? = nil
    ) throws(FormatError) {
        let size = "\(width) x \(height)"
        guard width > 0, height > 0 else {
            throw FormatError(.corrupt, file: file, place: place, expected: "a size above 0", found: size)
        }
        func refuse(_ limit: String) -> FormatError {
            FormatError(.limitExceeded, file: file, place: place, expected: "at most \(limit)", found: "\(size) pixels")
        }
        guard width <= dimension, height <= dimension else { throw refuse("\(dimension) pixels along an axis") }
        let (area, areaOverflow) = width.multipliedReportingOverflow(by: height)
        guard !areaOverflow, area <= pixels else { throw refuse("\(pixels) pixels") }
        let (total, bytesOverflow) = area.multipliedReportingOverflow(by: bytesPerPixel)
        guard !bytesOverflow, total <= bytes else { throw refuse("\(bytes) bytes") }
    }
}
