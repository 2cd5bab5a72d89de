import ImageCore

/// An open NRRD file, with its samples attached (`.nrrd`) or beside it (`.nhdr`).
///
/// One frame. Axes with a direction in space are x, y, z in the order of the file; without directions those of kind
/// `domain` or `space` or of none are. Lists, vectors and colors are channels, `time` is time, and a second axis of a kind
/// is `axis 3` and so on. The samples lie as in the file: nothing is moved.
///
/// Read are the encodings raw, text, hex and gzip, both byte orders, single files, lists and patterns. Spaces LPS, RAS and
/// LAS become LPS; others are taken as they are (`nrrd.space` names them). Without a space, spacings and axis mins say the place. Metadata: `nrrd.<field>` for every other field,
/// `nrrd.key.<key>` for keys and values.
///
/// Source: https://teem.sourceforge.net/nrrd/format.html.
public struct NRRDReader: ImageReader {
    /// `NRRD`.
    public var formatName: String { "NRRD" }
    /// One frame.
    public let frames: [FrameInfo]
    private let header: NRRDHeader
    private let source: ByteSource
    private let files: [ByteSource]

    /// Opens a file: reads the header and finds its samples.
    ///
    /// - Throws: ``FormatError``: `corrupt` and `truncated` for broken files and places that cannot be, `unsupported` for bzip2 and blocks,
    ///   `limitExceeded`, `inputOutput` when a file with samples cannot be opened.
    public init(_ source: ByteSource, options: ReadOptions = ReadOptions()) throws(FormatError) {
        header = try NRRDHeader(source, limits: options.limits)
        self.source = source
        var files: [ByteSource] = []
        if !header.files.isEmpty {
            let folder = try DetachedFiles(header: source)
            for name in header.files { files.append(try folder.open(name)) }
        }
        self.files = files
        frames = [try Self.frame(header, file: source.name)]
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
        if header.isBigEndian && header.encoding != .text { swapByteOrder(&bytes, width: header.kind.byteCount) }
    }

    private func read(_ file: ByteSource, from start: Int, into bytes: inout MutableRawSpan) throws(FormatError) {
        let offset = try start + skippedLines(file, from: start)
        switch header.encoding {
        case .raw:
            let place = header.byteSkip == -1 ? file.count - bytes.byteCount : offset + header.byteSkip
            try file.read(at: place, into: &bytes)
        case .gzip:
            // Bytes are skipped in what the data expands to.
            try file.inflate(
                at: offset, count: file.count - offset, container: .gzip, skipping: max(0, header.byteSkip),
                into: &bytes)
        case .text: try file.readText(at: offset + max(0, header.byteSkip), kind: header.kind, into: &bytes)
        case .hex: try file.readHex(at: offset + max(0, header.byteSkip), into: &bytes)
        }
    }

    private func skippedLines(_ file: ByteSource, from start: Int) throws(FormatError) -> Int {
        guard header.lineSkip > 0 else { return 0 }
        let text = try file.bytes(at: start, count: min(HeaderLines.limit, file.count - start))
        var (left, position) = (header.lineSkip, 0)
        while left > 0 {
            guard let end = text[position...].firstIndex(of: 0x0A) else {
                throw FormatError(
                    .truncated, file: file.name, place: "line skip", expected: "\(header.lineSkip) lines",
                    found: "fewer")
            }
            position = end + 1
            left -= 1
        }
        return position
    }

    /// Refuses, before memory is taken, files that are too short for their sizes.
    private func checkLength() throws(FormatError) {
        let total = frames[0].byteCount
        let sources = files.isEmpty ? [source] : files
        guard files.isEmpty || total % (files.count * header.kind.byteCount) == 0 else {
            throw FormatError(
                .corrupt, file: source.name, place: "data file",
                expected: "a number of files that divides the samples", found: "\(files.count)")
        }
        let perFile = total / sources.count
        let available = sources.map { $0.count - (files.isEmpty ? header.end : 0) }.min() ?? 0
        let needed =
            switch header.encoding {
            case .raw: perFile
            case .gzip: perFile / Gzip.greatestRatio
            // A digit and a blank at least.
            case .text: 2 * (perFile / header.kind.byteCount) - 1
            case .hex: 2 * perFile
            }
        guard available >= needed else {
            throw FormatError(
                .truncated, file: source.name, place: "samples", expected: "\(needed) bytes or more",
                found: "\(available)")
        }
    }

    private static func frame(_ header: NRRDHeader, file: String) throws(FormatError) -> FrameInfo {
        let meanings = header.meanings
        var axes = Array(meanings.map(\.axis).reversed())
        var sizes = Array(header.sizes.reversed())
        if sizes.count == 1 { (axes, sizes) = ([.y] + axes, [1] + sizes) }
        var metadata = Metadata()
        let known = ["type", "encoding", "endian", "sizes", "dimension", "datafile", "lineskip", "byteskip"]
        for (name, value) in header.fields where !known.contains(name) { metadata["nrrd." + name] = .text(value) }
        for pair in header.pairs { metadata["nrrd.key." + pair.key] = .text(pair.value) }
        if let step = header.timeStep(meanings) { metadata["nrrd.timeStep"] = .number(step) }
        let kinds = (header.fields["kinds"] ?? "").lowercased()
        let color: ColorModel =
            kinds.contains("rgba-color")
            ? .rgba : kinds.contains("rgb-color") ? .rgb : axes.contains(.channel) ? .unspecified : .gray
        return FrameInfo(
            axes: axes, sizes: sizes, kind: header.kind, color: color, domain: .unspecified,
            geometry: try header.geometry(meanings, file: file), metadata: metadata)
    }
}
