import CTIFFShim
import ImageCore

/// Reads a TIFF or BigTIFF file through libtiff: one frame for each directory, then one for each SubIFD.
///
/// - Samples keep their stored values in the smallest scalar that holds them: 1 to 8 bits give `UInt8`, 9 to 16 `UInt16`,
///   17 to 32 `UInt32`, 33 to 64 `UInt64`, signed ones the signed types; floating point of 16, 24, 32 and 64 bits gives
///   `Float16`, `Float`, `Float` and `Double`. ``ValueDomain/integer(bits:)`` tells the bits.
/// - One sample per pixel gives axes y, x; several give y, x, channel, also where the file stores planes.
/// - Unsigned gray with 0 = white is turned to 0 = black. Signed and floating-point gray is left as it is.
/// - A palette is expanded to 8-bit RGB when 8 bits tell all of its colors, else to 16-bit RGB; with
///   ``ReadOptions/Palette/labels`` the indices stay.
/// - YCbCr, CIE L\*a\*b\* (its white point not adapted) and LogLuv give 8-bit RGB as libtiff converts them. CMYK stays
///   CMYK, 0 = no ink.
/// - Color that is multiplied with its opacity (associated alpha) is divided by it, rounded, for floating point and up to
///   32 bits. Extra channels without a stated meaning make the color ``ColorModel/unspecified``.
/// - Pixels of a tile or strip that the file leaves out (offset and size 0) are 0.
///
/// Metadata: `icc`, `orientation`, `palette`, and `tiff.NAME` for tags. Resolution becomes the geometry.
/// Any number of threads may read at once.
public final class TIFFReader: ImageReader {
    /// `TIFF` or `BigTIFF`.
    public let formatName: String
    /// What each directory will decode to.
    public let frames: [FrameInfo]
    private let directories: [TIFFFrame]
    private let source: ByteSource
    private let limits: DecodeLimits
    private let pool = HandlePool<LibTIFF>()

    /// Reads all directories.
    ///
    /// - Throws: ``FormatError``, naming the directory; SubIFDs that cannot be read are left out.
    ///   ``FormatError/Code-swift.struct/limitExceeded`` for more directories than ``DecodeLimits/entries``.
    public init(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(FormatError) {
        let handle = try LibTIFF(source, limits: options.limits)
        formatName = try source.bytes(at: 2, count: 2).contains(43) ? "BigTIFF" : "TIFF"
        directories = try Self.directories(handle, source.name, options)
        frames = directories.map(\.info)
        self.source = source
        limits = options.limits
    }

    private static func directories(
        _ handle: LibTIFF, _ file: String, _ options: ReadOptions
    ) throws(FormatError) -> [TIFFFrame] {
        var frames: [TIFFFrame] = []
        var below: [UInt64] = []
        repeat {
            guard frames.count < options.limits.entries else {
                throw FormatError(
                    .limitExceeded, file: file, expected: "at most \(options.limits.entries) directories", found: "more"
                )
            }
            frames.append(try TIFFFrame(handle, index: frames.count, file: file, options: options))
            below += handle.subDirectories(limit: min(64, options.limits.entries))
        } while try handle.next(index: frames.count) == .directory
        var seen = Set(frames.map(\.tags.offset))
        for offset in below where frames.count < options.limits.entries && seen.insert(offset).inserted {
            do throws(FormatError) {
                try handle.select(offset, place: "SubIFD")
                frames.append(try TIFFFrame(handle, index: frames.count, file: file, options: options))
            } catch {
                continue
            }
        }
        return frames
    }

    /// Decodes one frame.
    ///
    /// - Throws: ``FormatError`` naming directory and tile or strip; ``FrameInfo/problem`` where there is one.
    public func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard frames.indices.contains(index), bytes.byteCount == frames[index].byteCount else {
            throw FormatError(
                .invalidRequest, file: source.name, expected: "a frame below \(frames.count) and memory of its size",
                found: "frame \(index) and \(bytes.byteCount) bytes")
        }
        let frame = directories[index]
        if let problem = frame.info.problem { throw problem }
        try pool.withHandle { () throws(FormatError) in
            try LibTIFF(source, limits: limits)
        } _: { handle throws(FormatError) in
            try handle.select(frame.tags.offset, place: frame.place)
            try frame.decode(with: handle, file: source.name, into: &bytes)
        }
    }
}
