import CKernels
import ImageCore

/// Resizes planes of interleaved rows, row by row: rows are weighed and added up first, then the taps along the row.
struct ResizeKernel: Sendable {
    private let table: ResizeTable
    private let rows: ResizeTaps
    private let rowWeights: [Float]
    /// Number of samples in a row of the source.
    private let sourceLength: Int
    private let sourceHeight: Int
    private let level: KernelLevel

    init(
        _ planes: Planes, columns: ResizeTaps, rows: ResizeTaps, level: KernelLevel = .best
    ) {
        table = ResizeTable(columns, channels: planes.channels)
        self.rows = rows
        rowWeights = rows.weights.map { Float($0) }
        (sourceLength, sourceHeight) = (planes.rowLength, planes.height)
        self.level = level
    }

    /// Resizes one plane.
    ///
    /// - Precondition: spans of the sizes that the kernel was made for, of a type that kernels know.
    func resize<Scalar: ImageScalar>(_ source: Span<Scalar>, into target: inout MutableSpan<Scalar>) {
        guard let type = Scalar.kernelSample else { preconditionFailure("a type that kernels know") }
        precondition(source.count == sourceLength * sourceHeight, "a source of the stated size")
        precondition(target.count == table.count * rows.count, "a target of the stated size")
        var buffer = [Float](repeating: 0, count: sourceLength + 64)
        unsafe source.withUnsafeBufferPointer { source in
            guard let start = unsafe UnsafeRawPointer(source.baseAddress) else { return }
            unsafe target.withUnsafeMutableBufferPointer { target in
                guard let result = UnsafeMutableRawPointer(target.baseAddress) else { return }
                unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                    guard let buffer = buffer.baseAddress else { return }
                    unsafe resize(type, MemoryLayout<Scalar>.stride, start, result, buffer)
                }
            }
        }
    }

    private func resize(
        _ type: tessera_filter_type, _ size: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer,
        _ buffer: UnsafeMutablePointer<Float>
    ) {
        unsafe table.withTaps { taps in unsafe resizeRows(type, size, source, target, buffer, taps) }
    }

    private func resizeRows(
        _ type: tessera_filter_type, _ size: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer,
        _ buffer: UnsafeMutablePointer<Float>, _ taps: UnsafePointer<tessera_taps>
    ) {
        var pointers = unsafe [UnsafeRawPointer?](repeating: nil, count: rows.longest)
        unsafe rowWeights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            for y in 0..<rows.count {
                let range = rows.offsets[y]..<rows.offsets[y + 1]
                for tap in 0..<range.count {
                    unsafe pointers[tap] = source + (rows.first[y] + tap) * sourceLength * size
                }
                unsafe pointers.withUnsafeBufferPointer { pointers in
                    unsafe tessera_resize_row(
                        level.c, type, pointers.baseAddress, weights + range.lowerBound, Int64(range.count),
                        Int64(sourceLength), taps, buffer, target + y * table.count * size)
                }
            }
        }
    }
}

extension ResizeTable {
    /// Calls a closure with the taps as kernels take them.
    func withTaps(_ body: (UnsafePointer<tessera_taps>) -> Void) {
        unsafe bases.withUnsafeBufferPointer { bases in
            unsafe near.withUnsafeBufferPointer { near in
                unsafe indices.withUnsafeBufferPointer { indices in
                    unsafe weights.withUnsafeBufferPointer { weights in
                        var taps = unsafe tessera_taps(
                            count: Int64(count), taps: Int64(self.taps), bases: bases.baseAddress,
                            near: near.baseAddress, indices: indices.baseAddress, weights: weights.baseAddress)
                        unsafe body(&taps)
                    }
                }
            }
        }
    }
}
