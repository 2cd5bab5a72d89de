import ImageCore

/// Where the samples of a NIfTI file lie, and how they are stored.
struct NIfTISamples: Sendable {
    let kind: ScalarKind
    private let source: ByteSource
    private let offset: Int
    private let isCompressed: Bool
    private let isBigEndian: Bool

    /// The file's name, for errors.
    var name: String { source.name }

    /// Finds the samples of a header.
    ///
    /// - Throws: `inputOutput` when the image of a pair cannot be opened, `corrupt` for an offset that is none,
    ///   `truncated` when the file is too short for the sizes.
    init(_ source: ByteSource, _ header: NIfTIHeader, _ kind: ScalarKind, sizes: [Int]) throws(FormatError) {
        self.kind = kind
        self.source = header.isPair ? try Self.image(of: source) : source
        isBigEndian = header.isBigEndian
        isCompressed = Gzip.recognizes(try self.source.prefix(3))
        offset = try Self.offset(header, file: source.name)
        let total = sizes.reduce(kind.byteCount, *)
        if isCompressed {
            try self.source.checkInflated(offset + total, from: self.source.count, at: 0)
        } else if offset > self.source.count || total > self.source.count - offset {
            throw FormatError(
                .truncated, file: name, place: "offset \(offset)", expected: "\(total) bytes of samples",
                found: "\(max(0, self.source.count - offset))")
        }
    }

    /// Reads all samples, in the machine's byte order.
    func read(into bytes: inout MutableRawSpan) throws(FormatError) {
        if isCompressed {
            try source.inflate(at: 0, count: source.count, container: .gzip, skipping: offset, into: &bytes)
        } else {
            try source.read(at: offset, into: &bytes)
        }
        if isBigEndian { swapByteOrder(&bytes, width: kind.byteCount) }
    }

    private static func offset(_ header: NIfTIHeader, file: String) throws(FormatError) -> Int {
        let offset = header.voxelOffset
        if header.isPair && offset == 0 { return 0 }
        let lowest = header.isPair ? 0 : header.version.headerLength
        guard offset >= Double(lowest), offset == offset.rounded(), offset <= 0x1p53 else {
            throw FormatError(
                .corrupt, file: file, place: "vox_offset", expected: "a whole number from \(lowest)", found: "\(offset)"
            )
        }
        return Int(offset)
    }

    private static func image(of header: ByteSource) throws(FormatError) -> ByteSource {
        let candidates = header.path.map { NIfTIFiles.image(ofHeader: $0) } ?? []
        guard let first = candidates.first else {
            throw FormatError(
                .invalidRequest, file: header.name, expected: "a file .hdr beside a file .img", found: "a header alone")
        }
        var failure: FormatError?
        for path in candidates {
            do throws(FormatError) { return try ByteSource(path: path) } catch { failure = failure ?? error }
        }
        throw failure ?? FormatError(.inputOutput, file: first, found: "no such file")
    }
}
