import ImageCore

/// An open MetaImage.
///
/// One frame. The axes are x, y, z, time and `dimension 5` and so on; channels are interleaved: `[.z, .y, .x, .channel]`. Three
/// or four channels of `UInt8` are taken for RGB and RGBA. The geometry is LPS, as ITK has it. Read are samples in the
/// same file, in another, in a list or a pattern of slices, zlib-compressed or written as text, of either byte order.
/// Metadata: `metaimage.<key>` for every other key.
///
/// Source: https://docs.itk.org/en/latest/learn/metaio.html.
public struct MetaImageReader: ImageReader {
    /// `MetaImage`.
    public var formatName: String { "MetaImage" }
    /// One frame.
    public let frames: [FrameInfo]
    private let header: MetaImageHeader
    private let source: ByteSource
    private let files: [ByteSource]

    /// Opens a file: reads the header and finds its samples.
    ///
    /// - Throws: ``FormatError``: `corrupt` and `truncated` for broken files and places that cannot be, `unsupported` for other types than numbers
    ///   and compression other than zlib, `limitExceeded`, `inputOutput` when a file with samples cannot be opened.
    public init(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(FormatError) {
        header = try MetaImageHeader(source, limits: options.limits)
        self.source = source
        var files: [ByteSource] = []
        if !header.files.isEmpty {
            let folder = try DetachedFiles(header: source)
            for name in header.files { files.append(try folder.open(name)) }
        }
        self.files = files
        frames = [header.frame]
        try checkLength()
    }

    /// Decodes the samples into memory in C order.
    ///
    /// - Throws: ``FormatError``: `truncated`, `corrupt`, `inputOutput`; `invalidRequest` for a frame other than 0.
    public func readFrame(_ index: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        guard index == 0 else {
            throw FormatError(.invalidRequest, file: source.name, expected: "frame 0", found: "frame \(index)")
        }
        precondition(bytes.byteCount == frames[0].byteCount, "memory of the frame's size")
        if files.isEmpty {
            try read(source, from: header.end, into: &bytes)
        } else {
            let length = bytes.byteCount / files.count
            for (i, file) in files.enumerated() {
                var part = bytes._mutatingExtracting(i * length..<(i + 1) * length)
                try read(file, from: 0, into: &part)
            }
        }
        if header.isBigEndian && !header.isText { swapByteOrder(&bytes, width: header.kind.byteCount) }
    }

    private func read(_ file: ByteSource, from start: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        let offset = start + min(max(0, header.headerSize), 1 << 62)
        if header.isText {
            try file.readText(at: offset, kind: header.kind, into: &bytes)
        } else if header.isCompressed {
            try file.inflate(at: offset, count: max(0, file.count - offset), container: .zlib, into: &bytes)
        } else {
            try file.read(at: header.headerSize == -1 ? file.count - bytes.byteCount : offset, into: &bytes)
        }
    }

    /// Refuses, before memory is taken, files that are too short for their sizes.
    private func checkLength() throws(FormatError) {
        let total = frames[0].byteCount
        let sources = files.isEmpty ? [source] : files
        guard total % (sources.count * header.kind.byteCount) == 0 else {
            throw FormatError(
                .corrupt, file: source.name, place: "ElementDataFile",
                expected: "a number of files that divides the samples", found: "\(files.count)")
        }
        let perFile = total / sources.count
        let available = sources.map { $0.count - (files.isEmpty ? header.end : 0) }.min() ?? 0
        let needed =
            header.isText
            ? 2 * (perFile / header.kind.byteCount) - 1 : header.isCompressed ? perFile / Gzip.greatestRatio : perFile
        guard available >= needed else {
            throw FormatError(
                .truncated, file: source.name, place: "samples", expected: "\(needed) bytes or more",
                found: "\(available)")
        }
    }
}
