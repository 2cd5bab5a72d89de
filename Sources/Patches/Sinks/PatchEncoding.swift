public import Formats

/// The file format of single patches.
public enum PatchEncoding: Sendable, Hashable {
    /// JPEG with a quality from 1 to 100; chroma at full resolution from 90 on, at half below.
    case jpeg(quality: Int)
    /// PNG, lossless.
    case png

    /// The extension of the files.
    public var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .png: "png"
        }
    }
}

/// Compresses patches; one encoder serves any number of threads.
public struct PatchEncoder: Sendable {
    /// The file format.
    public let encoding: PatchEncoding
    private let jpeg: JPEGEncoder
    private let png: PNGEncoder

    /// An encoder for a format.
    public init(_ encoding: PatchEncoding) {
        self.encoding = encoding
        let quality = if case .jpeg(let quality) = encoding { quality } else { 90 }
        jpeg = JPEGEncoder(quality: quality, subsampling: quality >= 90 ? .s444 : .s420)
        png = PNGEncoder(level: 3, filter: .up)
    }

    /// Compresses one patch.
    ///
    /// - Parameters:
    ///   - samples: RGB, `size × size × 3` interleaved.
    ///   - size: Edge in pixels.
    /// - Returns: The bytes of a file.
    /// - Throws: ``FormatError`` from the encoder.
    public func encode(_ samples: Span<UInt8>, size: Int) throws(FormatError) -> [UInt8] {
        switch encoding {
        case .jpeg: try jpeg.encode(samples, width: size, height: size, rowStride: size * 3, color: .rgb)
        case .png: try png.encode(samples, width: size, height: size, channels: 3)
        }
    }
}
