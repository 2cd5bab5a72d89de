import CKernels
import ImageCore

/// How the elements of a plane move when it is turned or mirrored.
enum PlaneTurn: CaseIterable {
    case transposed, clockwise, counterclockwise, half, mirroredX, mirroredY

    /// Whether rows become columns.
    var exchangesAxes: Bool { self == .transposed || self == .clockwise || self == .counterclockwise }

    /// Moves the elements of a plane of interleaved pixels.
    ///
    /// - Precondition: spans of the planes' size.
    func move<Scalar: ImageScalar>(
        _ source: Span<Scalar>, _ planes: Planes, into target: inout MutableSpan<Scalar>, level: KernelLevel = .best
    ) {
        precondition(source.count == planes.planeLength && target.count == planes.planeLength, "planes of equal size")
        let size = planes.channels * MemoryLayout<Scalar>.stride
        let (width, height) = (planes.width, planes.height)
        unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
                guard let start = unsafe UnsafeRawPointer(source.baseAddress)?.assumingMemoryBound(to: UInt8.self),
                    let result = unsafe UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: UInt8.self)
                else { return }
                let row = width * size
                // Turns are transpositions that start at the last row of the source or of the result.
                switch self {
                case .transposed:
                    unsafe transpose(start, row, width, height, size, result, height * size, level)
                case .clockwise:
                    unsafe transpose(
                        start + (height - 1) * row, -row, width, height, size, result, height * size, level)
                case .counterclockwise:
                    unsafe transpose(
                        start, row, width, height, size, result + (width - 1) * height * size, -height * size, level)
                case .half:
                    // All pixels in reverse order.
                    unsafe mirror(start, 0, width * height, 1, size, result, 0, level)
                case .mirroredX: unsafe mirror(start, row, width, height, size, result, row, level)
                case .mirroredY:
                    for y in 0..<height {
                        unsafe (result + y * row).update(from: start + (height - 1 - y) * row, count: row)
                    }
                }
            }
        }
    }

    private func transpose(
        _ source: UnsafePointer<UInt8>, _ sourceStride: Int, _ width: Int, _ height: Int, _ size: Int,
        _ result: UnsafeMutablePointer<UInt8>, _ resultStride: Int, _ level: KernelLevel
    ) {
        unsafe tessera_transpose(
            level.c, source, Int64(sourceStride), Int64(width), Int64(height), Int64(size), result, Int64(resultStride))
    }

    private func mirror(
        _ source: UnsafePointer<UInt8>, _ sourceStride: Int, _ width: Int, _ height: Int, _ size: Int,
        _ result: UnsafeMutablePointer<UInt8>, _ resultStride: Int, _ level: KernelLevel
    ) {
        unsafe tessera_mirror(
            level.c, source, Int64(sourceStride), Int64(width), Int64(height), Int64(size), result, Int64(resultStride))
    }
}
