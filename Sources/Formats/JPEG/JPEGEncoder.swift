import CJPEGShim
public import ImageCore

/// Writes JPEG: 8-bit samples, baseline, ISLOW DCT of libjpeg-turbo.
///
/// The same samples and settings give the same bytes, on any thread and in any order. One encoder serves any number of
/// threads; each takes a compressor from a pool.
///
/// ```swift
/// let encoder = JPEGEncoder(quality: 90)
/// try AtomicFile.write(encoder.encode(image), to: "patch.jpg")
/// ```
public struct JPEGEncoder: Sendable {
    /// How many chroma samples are kept.
    public enum Subsampling: String, Sendable, Hashable, CaseIterable {
        /// All: one per pixel.
        case s444
        /// Every second along x.
        case s422
        /// Every second along x and along y.
        case s420
        /// None: the image is stored as gray.
        case gray
    }

    /// What the samples handed over are, and how they are stored.
    public enum Color: Sendable, Hashable {
        /// One sample per pixel.
        case gray
        /// Three samples per pixel, stored as YCbCr.
        case rgb
        /// Three samples per pixel, stored as they are and without markers: readers must be told by other means, as TIFF
        /// does by its photometric interpretation 2.
        case rgbUntransformed
        /// Four samples per pixel, 0 = no ink, stored inverted with an Adobe marker as other software does.
        case cmyk

        /// Samples per pixel.
        public var channels: Int {
            switch self {
            case .gray: 1
            case .rgb, .rgbUntransformed: 3
            case .cmyk: 4
            }
        }
    }

    /// 1 (smallest) to 100 (best); quantization tables scaled as the Independent JPEG Group does.
    public let quality: Int
    /// How many chroma samples are kept.
    public let subsampling: Subsampling
    /// Whether the Huffman tables are fitted to each image: about 5 % smaller, slower.
    public let optimizesHuffman: Bool
    /// Whether the image is stored in several scans of growing detail.
    public let isProgressive: Bool
    /// A color profile to store; empty for none.
    public let icc: [UInt8]
    /// An EXIF block to store, from its TIFF header on; empty for none.
    public let exif: [UInt8]
    private let pool = HandlePool<JPEGCompressor>()

    /// An encoder by its settings.
    public init(
        quality: Int = 90, subsampling: Subsampling = .s420, optimizesHuffman: Bool = false,
        isProgressive: Bool = false, icc: [UInt8] = [], exif: [UInt8] = []
    ) {
        self.quality = quality
        self.subsampling = subsampling
        self.optimizesHuffman = optimizesHuffman
        self.isProgressive = isProgressive
        self.icc = icc
        self.exif = exif
    }

    /// Encodes a gray, RGB or CMYK image with axes y, x and, unless gray, channel; its geometry becomes the density.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` for other colors and axes, for a size of 0 or above
    ///   65500, and for a quality outside 1...100.
    public func encode(_ image: Image<UInt8>) throws(FormatError) -> [UInt8] {
        let color: Color? =
            switch (image.color, image.axes) {
            case (.gray, [.y, .x]), (.gray, [.y, .x, .channel]), (.unspecified, [.y, .x]): .gray
            case (.rgb, [.y, .x, .channel]): .rgb
            case (.cmyk, [.y, .x, .channel]): .cmyk
            default: nil
            }
        guard let color, image.channels == color.channels else {
            throw refusal("a gray, RGB or CMYK image", "\(image.color.rawValue) with axes \(image.axes)")
        }
        let contiguous = image.contiguous()
        return try encode(
            contiguous.samples, width: image.width, height: image.height, rowStride: image.width * color.channels,
            color: color, geometry: image.geometry)
    }

    /// Encodes interleaved rows.
    ///
    /// - Parameters:
    ///   - samples: The rows; at least `(height − 1) · rowStride + width · channels` samples.
    ///   - width: Pixels in a row.
    ///   - height: Rows.
    ///   - rowStride: Samples between the starts of rows.
    ///   - color: What the samples are.
    ///   - geometry: Where the density comes from; `nil` stores none.
    /// - Returns: The file's bytes.
    /// - Throws: as ``encode(_:)``; also when the samples are fewer than the size asks for.
    public func encode(
        _ samples: Span<UInt8>, width: Int, height: Int, rowStride: Int, color: Color, geometry: Geometry? = nil
    ) throws(FormatError) -> [UInt8] {
        try check(samples.count, width: width, height: height, rowStride: rowStride, channels: color.channels)
        let settings = settings(width: width, height: height, color: color, geometry: geometry)
        let exifBlock = exif.isEmpty ? [] : JPEGMarkers.exifPrefix + exif
        do throws(JPEGFailure) {
            return try pool.withHandle(make: { () throws(JPEGFailure) in try JPEGCompressor() }) {
                (compressor) throws(JPEGFailure) in
                guard color == .cmyk else {
                    return try compressor.encode(
                        samples, rowStride: rowStride, settings: settings, exif: exifBlock, icc: icc)
                }
                let inverted = [UInt8](unsafeUninitializedCapacity: samples.count, invertedFrom: samples)
                return try compressor.encode(
                    inverted.span, rowStride: rowStride, settings: settings, exif: exifBlock, icc: icc)
            }
        } catch {
            throw error.located(file: "JPEG")
        }
    }

    private func refusal(_ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: "JPEG", expected: expected, found: found)
    }

    private func check(
        _ count: Int, width: Int, height: Int, rowStride: Int, channels: Int
    ) throws(FormatError) {
        guard (1...65500).contains(width), (1...65500).contains(height) else {
            throw refusal("a size of 1 to 65500 pixels", "\(width) x \(height)")
        }
        guard (1...100).contains(quality) else { throw refusal("a quality of 1 to 100", "\(quality)") }
        guard exif.count <= 65527 else { throw refusal("at most 65527 bytes of EXIF", "\(exif.count)") }
        let (rows, overflow) = (height - 1).multipliedReportingOverflow(by: rowStride)
        guard rowStride >= width * channels, !overflow, rows <= count, count - rows >= width * channels else {
            throw refusal("\(height) rows of \(width) pixels with \(channels) samples", "\(count) samples")
        }
    }

    private func settings(width: Int, height: Int, color: Color, geometry: Geometry?) -> cjpeg_settings {
        var settings = cjpeg_settings()
        settings.width = Int64(width)
        settings.height = Int64(height)
        settings.input = Int32(color == .gray ? CJPEG_GRAY : color == .cmyk ? CJPEG_CMYK : CJPEG_RGB)
        switch color {
        case .gray: settings.stored = Int32(CJPEG_GRAY)
        case .rgb: settings.stored = Int32(subsampling == .gray ? CJPEG_GRAY : CJPEG_YCBCR)
        case .rgbUntransformed: settings.stored = Int32(CJPEG_RGB)
        case .cmyk: settings.stored = Int32(CJPEG_CMYK)
        }
        let subsamples = settings.stored == Int32(CJPEG_YCBCR)
        settings.horizontal = subsamples && (subsampling == .s422 || subsampling == .s420) ? 2 : 1
        settings.vertical = subsamples && subsampling == .s420 ? 2 : 1
        settings.quality = Int32(quality)
        settings.optimize = optimizesHuffman ? 1 : 0
        settings.progressive = isProgressive ? 1 : 0
        settings.markers = color == .rgbUntransformed ? 0 : 1
        (settings.density_unit, settings.density_x, settings.density_y) = Self.density(of: geometry)
        return settings
    }

    /// Unit and pixels per unit: per centimetre, or none when the spacing does not fit 16 bits.
    private static func density(of geometry: Geometry?) -> (unit: Int32, x: Int32, y: Int32) {
        guard let spacing = geometry?.spacingMillimetres else { return (0, 1, 1) }
        let x = (10 / spacing.x).rounded()
        let y = (10 / spacing.y).rounded()
        guard x >= 1, y >= 1, x <= 65535, y <= 65535 else { return (0, 1, 1) }
        return (2, Int32(x), Int32(y))
    }
}

extension [UInt8] {
    fileprivate init(unsafeUninitializedCapacity count: Int, invertedFrom samples: Span<UInt8>) {
        self.init()
        reserveCapacity(count)
        for i in 0..<count { append(255 - samples[i]) }
    }
}
