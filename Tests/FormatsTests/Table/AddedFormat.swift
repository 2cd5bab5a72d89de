import Formats
import ImageCore

/// Portable graymap (PGM), binary, 8 bits, without comments: the format that docs/adding-a-format.md adds.
enum PGMFormat {
    static let format = ImageFormat(
        name: "PGM", extensions: ["pgm"], matches: { $0.starts(with: [0x50, 0x35, 0x0A]) },
        open: { source, options throws(FormatError) in try PGMReader(source, options: options) })
}

/// What the first lines of a PGM file say: `P5`, width and height, 255.
struct PGMHeader {
    let width: Int
    let height: Int
    /// Where the samples start.
    let byteCount: Int

    init(_ source: ByteSource) throws(FormatError) {
        let lines = try source.prefix(64).split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        let size = lines.dropFirst().first?.split(separator: 0x20).map { Int(String(decoding: $0, as: UTF8.self)) }
        guard lines.count == 4, let size, size.count == 2, let width = size[0], let height = size[1] else {
            throw FormatError(
                .corrupt, file: source.name, place: "line 2", expected: "width and height", found: "something else")
        }
        guard lines[2].elementsEqual("255".utf8) else {
            throw FormatError(
                .unsupported, file: source.name, place: "line 3", expected: "255 as largest value", found: "another")
        }
        (self.width, self.height) = (width, height)
        byteCount = lines[3].startIndex
    }
}

/// An open PGM file.
struct PGMReader: ImageReader {
    let formatName = "PGM"
    let frames: [FrameInfo]
    private let source: ByteSource
    private let start: Int

    init(_ source: ByteSource, options: ReadOptions) throws(FormatError) {
        let header = try PGMHeader(source)
        try options.limits.check(
            width: header.width, height: header.height, bytesPerPixel: 1, file: source.name, place: "line 2")
        frames = [
            FrameInfo(
                axes: [.y, .x], sizes: [header.height, header.width], kind: .uint8, color: .gray,
                domain: .integer(bits: 8))
        ]
        self.source = source
        start = header.byteCount
    }

    func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard index == 0 else {
            throw FormatError(.invalidRequest, file: source.name, expected: "frame 0", found: "frame \(index)")
        }
        try unsafe bytes.withUnsafeMutableBytes { (buffer) throws(FormatError) in
            try unsafe source.read(at: start, into: buffer)
        }
    }
}
