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
        unsafe source.withUnsafeBytes { source in
            unsafe target.withUnsafeMutableBytes { target in
                unsafe withSmoothing { smoothing in
                    let length = Int64(planes.rowLength)
                    let count = unsafe Int(tessera_filter_scratch(smoothing, length))
                    let scratch = UnsafeMutableRawPointer.allocate(byteCount: 4 * count, alignment: 64)
                    unsafe tessera_filter_plane(
                        level.c, type, source.baseAddress, Int64(planes.height), length, smoothing,
                        scratch.bindMemory(to: Float.self, capacity: count), target.baseAddress)
                    unsafe scratch.deallocate()
                }
            }
        }
    }

    /// Calls a closure with the filter as the kernels take it.
    private func withSmoothing(_ body: (UnsafePointer<tessera_smoothing>) -> Void) {
        let rows = border.indices(planes.height, before: anchorY, after: y.count - 1 - anchorY).map { Int32($0) }
        let edges = Edges(planes, border, before: anchorX, after: x.count - 1 - anchorX)
        unsafe rows.withUnsafeBufferPointer { rows in
            unsafe edges.left.withUnsafeBufferPointer { left in
                unsafe edges.right.withUnsafeBufferPointer { right in
                    unsafe x.withUnsafeBufferPointer { x in
                        unsafe y.withUnsafeBufferPointer { y in
                            var value = unsafe tessera_smoothing(
                                row_count: Int64(y.count), row_weights: y.baseAddress, rows: rows.baseAddress,
                                taps: Int64(x.count), weights: x.baseAddress, channels: Int64(planes.channels),
                                left: left.baseAddress, right: right.baseAddress, left_count: Int64(left.count),
                                right_count: Int64(right.count), outside: Float(border.value))
                            unsafe body(&value)
                        }
                    }
                }
            }
        }
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
