import ImageCore
import Synchronization

/// Appends samples to a file, as they are or compressed in pieces on several threads.
struct SampleWriter: Sendable {
    /// How pieces are compressed.
    enum Compression: Sendable {
        /// Not at all.
        case none
        /// Each is a gzip member that says its length.
        case members(Deflater)
        /// All are one stream.
        case stream(StreamDeflater)
    }

    let compression: Compression
    let workers: Int

    init(compression: Compression, workers: Int) {
        self.compression = compression
        self.workers = workers
    }

    /// Writes one stream of a level, or samples as they are.
    init(level: Int?, container: DeflateContainer, workers: Int) {
        let compression = level.map { Compression.stream(StreamDeflater(container: container, level: $0)) }
        self.init(compression: compression ?? .none, workers: workers)
    }

    /// Bytes of a piece before compression.
    static let pieceLength = 1 << 20

    /// Appends bytes that stand for themselves, as a piece of their own.
    func write(_ bytes: [UInt8], to file: AtomicFile) throws(FormatError) {
        guard case .members(let deflater) = compression else { return try file.write(bytes) }
        try file.write(try deflater.gzipMember(unsafe bytes.span.bytes))
    }

    /// Appends the samples of an image in C order.
    func write(_ image: AnyImage, to file: AtomicFile) throws(FormatError) {
        try image.contiguous().accept(WriteSamples(writer: self, file: file))
    }

    fileprivate func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to file: AtomicFile) throws(FormatError) {
        switch compression {
        case .none: try file.write(image.bytes)
        case .members(let deflater):
            try forEachBatch(image) { (content, _) throws(FormatError) in
                try deflater.gzipMember(content)
            } write: { member throws(FormatError) in
                try file.write(member)
            }
        case .stream(let deflater): try write(image, as: deflater, to: file)
        }
    }

    private func write<Scalar: ImageScalar>(
        _ image: Image<Scalar>, as deflater: StreamDeflater, to file: AtomicFile
    ) throws(FormatError) {
        try file.write(deflater.header)
        var checksum = deflater.emptyChecksum
        try forEachBatch(image) { (content, isLast) throws(FormatError) in
            try deflater.piece(content, isLast: isLast)
        } write: { piece throws(FormatError) in
            try file.write(piece.bytes)
            checksum = deflater.joined(checksum, piece)
        }
        try file.write(deflater.trailer(checksum, count: image.layout.count * Scalar.kind.byteCount))
    }

    /// Compresses pieces on several threads and hands them over in their order, a few at a time.
    private func forEachBatch<Scalar: ImageScalar, Piece: Sendable>(
        _ image: Image<Scalar>, compress: @Sendable (RawSpan, Bool) throws(FormatError) -> Piece,
        write: (Piece) throws(FormatError) -> Void
    ) throws(FormatError) {
        let length = Self.pieceLength
        let total = image.layout.count * Scalar.kind.byteCount
        let count = (total + length - 1) / length
        let batch = max(1, workers) * 8
        for first in stride(from: 0, to: count, by: batch) {
            let size = min(batch, count - first)
            let compressed = Mutex([Piece?](repeating: nil, count: size))
            try forEachPiece(size, workers: workers) { index throws(FormatError) in
                let start = (first + index) * length
                let content = image.bytes.extracting(start..<min(start + length, total))
                let piece = try compress(content, first + index == count - 1)
                compressed.withLock { $0[index] = piece }
            }
            for piece in compressed.withLock({ $0 }) { if let piece { try write(piece) } }
        }
    }
}

private struct WriteSamples: ImageVisitor {
    let writer: SampleWriter
    let file: AtomicFile

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(FormatError) {
        try writer.write(image, to: file)
    }
}
