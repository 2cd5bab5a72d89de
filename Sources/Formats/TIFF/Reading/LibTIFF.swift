import CTIFFShim
import Glibc

/// One open file in libtiff.
///
/// libtiff's calls, handles and messages stay in this file. Unchecked: one thread uses it at a time, see ``HandlePool``.
@safe
final class LibTIFF: @unchecked Sendable {
    /// What follows a directory.
    enum Step {
        case directory
        case end
    }

    private let input: TIFFInput
    private let file: OpaquePointer

    /// Opens a file and reads its first directory.
    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        let input = TIFFInput(source)
        var client = unsafe ctiff_source(
            context: Unmanaged.passUnretained(input).toOpaque(), size: Int64(source.count), read: readFromInput)
        var message = [CChar](repeating: 0, count: 256)
        var passedEnd: Int32 = 0
        // Directories need some memory of their own however small the images may be.
        let allocation = Int64(max(limits.bytes, 1 << 20))
        let opened = unsafe ctiff_open(&client, allocation, &message, message.count, &passedEnd)
        guard let opened = unsafe opened else {
            let text = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw input.error(text, passedEnd: passedEnd != 0, place: "directory 0")
        }
        unsafe file = opened
        self.input = input
    }

    deinit { unsafe ctiff_close(file) }

    private func error(_ place: String) -> FormatError {
        let message = unsafe String(cString: ctiff_message(file))
        return unsafe input.error(message, passedEnd: ctiff_passed_end(file) != 0, place: place)
    }

    // MARK: Directories

    /// Reads the next directory of the chain.
    func next(index: Int) throws(FormatError) -> Step {
        switch unsafe ctiff_next_directory(file) {
        case 1: return .directory
        case 0: return .end
        default: throw error("directory \(index)")
        }
    }

    /// Goes to a directory by its offset.
    func select(_ offset: UInt64, place: String) throws(FormatError) {
        guard unsafe ctiff_select_directory(file, offset) != 0 else { throw error(place) }
        _ = describe()
    }

    /// The tags of the current directory.
    ///
    /// JPEG in YCbCr is asked to come as RGB from here on.
    func describe() -> ctiff_page {
        var page = ctiff_page()
        unsafe ctiff_describe(file, &page)
        return page
    }

    /// Offsets of the directories that hang below the current one.
    func subDirectories(limit: Int) -> [UInt64] {
        var offsets = [UInt64](repeating: 0, count: limit)
        let count = unsafe ctiff_sub_directories(file, &offsets, Int32(limit))
        return Array(offsets.prefix(Int(count)))
    }

    // MARK: Tags

    /// The text of an ASCII tag.
    func text(_ tag: TIFFTag) -> String? {
        guard let text = unsafe ctiff_text(file, UInt32(tag.rawValue)) else { return nil }
        return unsafe String(cString: text)
    }

    /// The color profile.
    var iccProfile: [UInt8]? {
        var count: UInt32 = 0
        guard let bytes = unsafe ctiff_icc(file, &count) else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }

    /// Reds, greens and blues of a palette of 2^bits colors, one after the other.
    func colorMap(bits: Int) -> [UInt16]? {
        var (red, green, blue): (UnsafePointer<UInt16>?, UnsafePointer<UInt16>?, UnsafePointer<UInt16>?) =
            (nil, nil, nil)
        guard bits <= 16, unsafe ctiff_color_map(file, &red, &green, &blue) != 0 else { return nil }
        return unsafe [red, green, blue].flatMap { table in
            unsafe [UInt16](UnsafeBufferPointer(start: table, count: 1 << bits))
        }
    }

    /// The name of a compression, when libtiff knows it, and whether this build of libtiff decodes it.
    static func codec(_ compression: UInt16) -> (name: String, isAvailable: Bool) {
        let name = unsafe ctiff_codec_name(compression)
        let known = unsafe name.map { unsafe String(cString: $0) }
        return (known ?? "unknown", ctiff_has_codec(compression) != 0)
    }

    // MARK: Pixels

    /// Bytes of a whole decoded tile or strip as libtiff counts them.
    var pieceByteCount: Int { unsafe Int(ctiff_piece_bytes(file)) }

    /// Whether a tile or strip is stored; the file may leave one out by an offset and a size of 0.
    func isStored(_ piece: Int, place: String) throws(FormatError) -> Bool {
        switch unsafe ctiff_piece_state(file, UInt32(piece)) {
        case 1: return true
        case 0: return false
        default:
            throw FormatError(.corrupt, file: input.source.name, place: place, expected: "some bytes", found: "none")
        }
    }

    /// Decodes one tile or strip; it must give as many bytes as the buffer has.
    func read(_ piece: Int, into buffer: inout [UInt8], count: Int, place: String) throws(FormatError) {
        let got = unsafe buffer.withUnsafeMutableBytes { bytes in
            precondition(count <= bytes.count, "room for the piece")
            return unsafe ctiff_read_piece(file, UInt32(piece), bytes.baseAddress, Int64(count))
        }
        if got == count { return }
        guard got < 0 else {
            throw FormatError(
                .truncated, file: input.source.name, place: place, expected: "\(count) bytes", found: "\(got)")
        }
        throw error(place)
    }

    /// Why libtiff cannot convert the current directory to RGBA, or nothing.
    func rgbaProblem() -> String? {
        unsafe ctiff_rgba_ok(file) != 0 ? nil : String(cString: ctiff_message(file))
    }

    /// Converts one tile or strip to RGBA, four bytes a pixel.
    func readRGBA(
        _ page: ctiff_page, x: Int, y: Int, rows: Int, into pixels: inout [UInt8], place: String
    ) throws(FormatError) {
        let done = unsafe pixels.withUnsafeMutableBufferPointer { buffer in
            precondition(buffer.count >= Int(page.piece_width) * rows * 4, "room for the piece")
            return unsafe withUnsafePointer(to: page) { page in
                unsafe ctiff_read_rgba(file, page, UInt32(x), UInt32(y), UInt32(rows), buffer.baseAddress)
            }
        }
        guard done != 0 else { throw error(place) }
    }
}

/// The bytes that libtiff reads, and why reading them failed.
private final class TIFFInput {
    let source: ByteSource
    private var failure: FormatError?

    init(_ source: ByteSource) { self.source = source }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int32 {
        do throws(FormatError) {
            try unsafe source.read(at: Int(offset), into: buffer)
            return 0
        } catch {
            failure = error
            return -1
        }
    }

    /// The operating system's failure when there was one, else what libtiff said.
    func error(_ message: String, passedEnd: Bool, place: String) -> FormatError {
        if let failure { return failure }
        let found = message.isEmpty ? "data that libtiff does not accept" : message
        return FormatError(passedEnd ? .truncated : .corrupt, file: source.name, place: place, found: found)
    }
}

/// Serves libtiff's requests for bytes; 0 when they were read.
private func readFromInput(
    context: UnsafeMutableRawPointer?, offset: Int64, buffer: UnsafeMutableRawPointer?, count: Int64
) -> Int32 {
    guard let context = unsafe context, let buffer = unsafe buffer else { return -1 }
    let input = unsafe Unmanaged<TIFFInput>.fromOpaque(context).takeUnretainedValue()
    return unsafe input.read(at: offset, into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)))
}
