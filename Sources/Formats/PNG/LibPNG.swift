import CPNGShim

/// libpng's decoder behind the shim.
enum LibPNG {
    /// What decoding needs to know; see `cpng_layout`.
    struct Layout {
        let header: PNGHeader
        /// Decoded samples per pixel.
        let channels: Int
        /// RGBA of each index; `nil` keeps indices.
        let palette: [UInt8]?
        /// Number of colors in the palette.
        let paletteCount: Int
    }

    /// Hands bytes of a source to the shim and keeps the error that stopped it.
    private final class Input {
        let source: ByteSource
        var failure: FormatError?

        init(_ source: ByteSource) { self.source = source }
    }

    /// Decodes the image into memory of its exact size.
    static func read(
        _ source: ByteSource, _ layout: Layout, into bytes: inout MutableRawSpan
    ) throws(FormatError) {
        let input = Input(source)
        defer { withExtendedLifetime(input) {} }
        let context = unsafe Unmanaged.passUnretained(input).toOpaque()
        var file = unsafe cpng_source(context: context, read: readBytes, count: UInt64(source.count))
        var failure = cpng_failure()
        let status = unsafe bytes.withUnsafeMutableBytes { buffer -> Int32 in
            let pixels = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            let rowBytes = buffer.count / layout.header.height
            return unsafe withOptional(layout.palette) { colors in
                var shim = unsafe cpng_layout(
                    width: UInt32(layout.header.width), height: UInt32(layout.header.height),
                    bit_depth: Int32(layout.header.bitDepth), color_type: Int32(layout.header.colorType.rawValue),
                    channels: Int32(layout.channels), palette: colors, palette_count: Int32(layout.paletteCount))
                return unsafe cpng_read(&file, &shim, pixels, rowBytes, &failure)
            }
        }
        guard status != 0 else { return }
        if let cause = input.failure { throw cause }
        throw FormatError(.corrupt, file: source.name, place: "row \(failure.row)", found: failure.text)
    }

    private static let readBytes: cpng_read_at = { context, offset, bytes, count in
        guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
        let input = unsafe Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
        do throws(FormatError) {
            try unsafe input.source.read(
                at: Int(offset), into: UnsafeMutableRawBufferPointer(start: bytes, count: count))
            return 0
        } catch {
            input.failure = error
            return -1
        }
    }
}

extension cpng_failure {
    /// The text of libpng.
    var text: String {
        unsafe withUnsafeBytes(of: message) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}

/// Calls a function with a pointer to the elements of an array, or with none.
func withOptional<Result>(_ bytes: [UInt8]?, _ body: (UnsafePointer<UInt8>?) -> Result) -> Result {
    guard let bytes else { return body(nil) }
    return unsafe bytes.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}
