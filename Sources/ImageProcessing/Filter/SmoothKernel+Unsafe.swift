import CKernels
import ImageCore

/// A separable filter in the plane by the kernels, with rows of floats that are used by several rows of the result.
struct SmoothKernel {
    let planes: Planes
    let x: [Float]
    let y: [Float]
    let anchorX: Int
    let anchorY: Int
    let border: BorderMode
    var level = KernelLevel.best

    /// Filters one plane.
    ///
    /// - Precondition: spans of the planes' size, of a type that kernels know.
    func filter<Scalar: ImageScalar>(_ source: Span<Scalar>, into target: inout MutableSpan<Scalar>) {
        guard let type = Scalar.kernelSample else { preconditionFailure("a type that kernels know") }
        precondition(source.count == planes.planeLength && target.count == planes.planeLength, "planes of equal size")
        var floats = unsafe RowRing(planes: planes, count: y.count, outside: Float(border.value))
        let map = border.indices(planes.height, before: anchorY, after: y.count - 1 - anchorY)
        let edges = Edges(planes, border, before: anchorX, after: x.count - 1 - anchorX)
        let length = planes.rowLength
        var buffer = [Float](repeating: 0, count: length + x.count * planes.channels + 64)
        unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
                guard let start = unsafe UnsafeRawPointer(source.baseAddress),
                    let result = UnsafeMutableRawPointer(target.baseAddress)
                else { return }
                let rowBytes = length * MemoryLayout<Scalar>.stride
                for row in 0..<planes.height {
                    let pointers = unsafe (row..<row + y.count).map {
                        unsafe floats.row($0, map[$0], type, start, rowBytes, level)
                    }
                    unsafe tessera_filter_row(
                        level.c, type, pointers, y, Int64(y.count), Int64(length), x, Int64(x.count),
                        Int64(planes.channels), edges.left, Int64(edges.left.count), edges.right,
                        Int64(edges.right.count), Float(border.value), &buffer, result + row * rowBytes)
                }
            }
        }
        unsafe floats.release()
    }

    /// The samples of a row that stand for those beyond its ends.
    private struct Edges {
        let left: [Int32]
        let right: [Int32]

        init(_ planes: Planes, _ border: BorderMode, before: Int, after: Int) {
            func samples(_ positions: Range<Int>) -> [Int32] {
                positions.flatMap { position in
                    let index = border.index(position, planes.width)
                    return (0..<planes.channels).map { channel in
                        index.map { Int32($0 * planes.channels + channel) } ?? -1
                    }
                }
            }
            left = samples(-before..<0)
            right = samples(planes.width..<planes.width + after)
        }
    }
}

/// The rows of floats that were used last, by their position with the borders.
@unsafe private struct RowRing {
    private let memory: UnsafeMutablePointer<Float>
    private let length: Int
    private let stride: Int
    private let count: Int
    private var held: [Int]

    init(planes: Planes, count: Int, outside: Float) {
        unsafe self.count = count
        unsafe length = planes.rowLength
        let stride = (planes.rowLength + 15) / 16 * 16
        unsafe self.stride = stride
        unsafe memory = .allocate(capacity: (count + 1) * stride)
        unsafe held = [Int](repeating: -1, count: count)
        // The row of the constant beyond the edges.
        unsafe (memory + count * stride).initialize(repeating: outside, count: stride)
    }

    func release() { unsafe memory.deallocate() }

    /// The row at a position by its number, or that of the constant for -1.
    mutating func row(
        _ position: Int, _ index: Int, _ type: tessera_filter_type, _ source: UnsafeRawPointer, _ rowBytes: Int,
        _ level: KernelLevel
    ) -> UnsafePointer<Float>? {
        guard index >= 0 else { return unsafe UnsafePointer(memory + count * stride) }
        let from = unsafe source + index * rowBytes
        if type == TESSERA_FILTER_F32 { return unsafe from.assumingMemoryBound(to: Float.self) }
        let slot = unsafe position % count
        let row = unsafe memory + slot * stride
        if unsafe held[slot] != position {
            unsafe tessera_row_to_floats(level.c, type, from, Int64(length), row)
            unsafe held[slot] = position
        }
        return unsafe UnsafePointer(row)
    }
}
