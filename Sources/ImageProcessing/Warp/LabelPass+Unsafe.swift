import CKernels
import ImageCore

/// Fills the rows of a result with samples of a source as they are.
struct LabelPass {
    let level: KernelLevel
    let stages: PreparedStages
    let border: BorderMode
    let target: RowGrid
    let workers: Int

    /// The samples of an image that hold the places of the result.
    func run<Scalar: ImageScalar>(_ source: Image<Scalar>, into result: inout MutableSpan<Scalar>) throws(ImageError) {
        let grid = try RowGrid(source.layout)
        try grid.checkReach()
        let fill = Self.bits(of: Scalar(converting: border.value))
        unsafe result.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let target = unsafe SharedMemory(start: start)
            unsafe source.withKernelSource(grid, border, fill: 0) { memory in
                let rows = self.target.size.y * self.target.size.z
                let piece = max(1, min(16, rows / max(1, workers * 4)))
                forEachInParallel(count: (rows + piece - 1) / piece, workers: workers) { index in
                    let range = index * piece..<min(rows, (index + 1) * piece)
                    unsafe self.fill(range, memory, Scalar.kind.byteCount, fill, target)
                }
            }
        }
    }

    private func fill(_ rows: Range<Int>, _ source: KernelSource, _ bytes: Int, _ fill: UInt64, _ result: SharedMemory)
    {
        let length = min(target.size.x, 512)
        let padded = (length + 15) / 16 * 16
        let count = 3 * padded + max(stages.scratchCount, 6 * padded)
        let x = UnsafeMutablePointer<Float>.allocate(capacity: count)
        defer { unsafe x.deallocate() }
        let (y, z, more) = unsafe (x + padded, x + 2 * padded, x + 3 * padded)
        let flat: Int32 = target.isFlat ? 1 : 0
        let kernels = unsafe stages.kernels
        for row in rows {
            let (depth, height) = row.quotientAndRemainder(dividingBy: target.size.y)
            for column in stride(from: 0, to: target.size.x, by: length) {
                let count = Int32(min(length, target.size.x - column))
                unsafe tessera_coordinates(
                    level.c, kernels.list, kernels.count, flat, Int64(column), Int64(height), Int64(depth), count,
                    x, y, z, more)
                let place = column * target.stride.x + height * target.stride.y + depth * target.stride.z
                unsafe withUnsafePointer(to: source.description) { description in
                    unsafe tessera_sample_labels(
                        level.c, description, Int32(bytes), fill, flat, count, x, y, z, result.start + place * bytes,
                        Int64(target.stride.x), Int64(target.channelStride))
                }
            }
        }
    }

    /// The bytes of a sample as the low bits of a number.
    private static func bits<Scalar: ImageScalar>(of value: Scalar) -> UInt64 {
        var result: UInt64 = 0
        unsafe withUnsafeBytes(of: value) { bytes in
            for i in 0..<bytes.count { unsafe result |= UInt64(bytes[i]) << (8 * UInt64(i)) }
        }
        return result
    }
}
