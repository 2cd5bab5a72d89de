import ImageCore
import Synchronization

/// Appends samples to a file, as they are or compressed in pieces on several threads.
struct SampleWriter: Sendable {
    /// Compresses each piece; `nil` writes them as they are.
    let deflater: Deflater?
    let workers: Int

    /// Bytes of a piece before compression.
    static let pieceLength = 1 << 20

    /// Appends bytes that stand for themselves, as a piece of their own.
    func write(_ bytes: [UInt8], to file: AtomicFile) throws(FormatError) {
        guard let deflater else { return try file.write(bytes) }
        try file.write(try deflater.gzipMember(unsafe bytes.span.bytes))
    }

    /// Appends the samples of an image in C order.
    func write(_ image: AnyImage, to file: AtomicFile) throws(FormatError) {
        try image.contiguous().accept(WriteSamples(writer: self, file: file))
    }

    fileprivate func write<Scalar: ImageScalar>(_ image: Image<Scalar>, to file: AtomicFile) throws(FormatError) {
        guard let deflater else { return try file.write(image.bytes) }
        let length = Self.pieceLength
        let total = image.layout.count * Scalar.kind.byteCount
        let count = (total + length - 1) / length
        let batch = max(1, workers) * 8
        for first in stride(from: 0, to: count, by: batch) {
            let size = min(batch, count - first)
            let compressed = Mutex([[UInt8]](repeating: [], count: size))
            try forEachPiece(size, workers: workers) { index throws(FormatError) in
                let start = (first + index) * length
                let piece = image.bytes.extracting(start..<min(start + length, total))
                let member = try deflater.gzipMember(piece)
                compressed.withLock { $0[index] = member }
            }
            for member in compressed.withLock({ $0 }) { try file.write(member) }
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
