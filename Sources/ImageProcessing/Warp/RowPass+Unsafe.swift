import CKernels
import ImageCore

/// One pass over the rows of a result: places in the source, samples there as rows of floats, changes of single pixels, and the result's own
/// type and order.
///
/// Rows do not depend on each other: the bytes are the same for any number of threads.
struct RowPass {
    let level: KernelLevel
    let stages: PreparedStages?
    let interpolation: Interpolation
    let border: BorderMode
    let operations: PreparedOperations
    let target: RowGrid
    let targetKind: ScalarKind
    let workers: Int

    /// Pixels that are worked on at a time: their rows stay in the fastest cache.
    private static let blockLength = 512

    /// Fills the result from an image whose samples kernels read.
    func run<Scalar: ImageScalar>(_ source: Image<Scalar>, into result: inout MutableRawSpan) throws(ImageError) {
        let grid = try RowGrid(source.layout)
        if stages != nil { try grid.checkReach() }
        unsafe result.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let target = unsafe SharedMemory(start: start)
            unsafe source.withKernelSource(grid, border, fill: Float(border.value)) { memory in
                let rows = self.target.size.y * self.target.size.z
                let piece = max(1, min(16, rows / max(1, workers * 4)))
                forEachInParallel(count: (rows + piece - 1) / piece, workers: workers) { index in
                    let range = index * piece..<min(rows, (index + 1) * piece)
                    unsafe fill(range, memory, grid, Scalar.kind, target)
                }
            }
        }
    }

    private func fill(
        _ rows: Range<Int>, _ source: KernelSource, _ grid: RowGrid, _ kind: ScalarKind, _ result: SharedMemory
    ) {
        let length = min(target.size.x, Self.blockLength)
        let padded = (length + 15) / 16 * 16
        let scratch = unsafe RowScratch(
            planes: target.channels, length: padded, more: max(stages?.scratchCount ?? 0, 6 * padded))
        defer { unsafe scratch.memory.deallocate() }
        for row in rows {
            let (z, y) = row.quotientAndRemainder(dividingBy: target.size.y)
            for x in stride(from: 0, to: target.size.x, by: length) {
                let place = SIMD3(x, y, z)
                let count = min(length, target.size.x - x)
                if let stages {
                    unsafe sample(stages, source, place, count, scratch)
                } else {
                    unsafe load(source, grid, kind, place, count, scratch)
                }
                unsafe operate(count, scratch)
                unsafe store(place, count, scratch, result)
            }
        }
    }

    private func sample(
        _ stages: PreparedStages, _ source: KernelSource, _ place: SIMD3<Int>, _ count: Int, _ scratch: RowScratch
    ) {
        let flat: Int32 = target.isFlat ? 1 : 0
        unsafe stages.withStages { list in
            unsafe tessera_coordinates(
                level.c, list, Int32(stages.count), flat, Int64(place.x), Int64(place.y), Int64(place.z),
                Int32(count), scratch.x, scratch.y, scratch.z, scratch.more)
        }
        unsafe withUnsafePointer(to: source.description) { description in
            unsafe tessera_sample(
                level.c, description, interpolation.kernelName, flat, Int32(count), scratch.x, scratch.y, scratch.z,
                scratch.planes, Int64(scratch.length))
        }
    }

    private func load(
        _ source: KernelSource, _ grid: RowGrid, _ kind: ScalarKind, _ place: SIMD3<Int>, _ count: Int,
        _ scratch: RowScratch
    ) {
        let size = kind.byteCount
        let start = unsafe source.base + (place &* grid.stride).wrappedSum() * size
        if kind == .uint8, grid.isInterleaved {
            let bytes = unsafe start.assumingMemoryBound(to: UInt8.self)
            unsafe tessera_load_interleaved_bytes(
                level.c, bytes, Int32(grid.channels), Int32(count), scratch.planes, Int64(scratch.length))
            return
        }
        for channel in 0..<grid.channels {
            unsafe tessera_load(
                level.c, kind.kernelType, start + channel * grid.channelStride * size, Int64(grid.stride.x),
                Int32(count), scratch.planes + channel * scratch.length)
        }
    }

    private func operate(_ count: Int, _ scratch: RowScratch) {
        unsafe operations.numbers.withUnsafeBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            for step in operations.steps {
                unsafe tessera_operate(
                    level.c, step.kind, base + step.start, Int32(target.channels), Int32(count), scratch.planes,
                    Int64(scratch.length))
            }
        }
    }

    private func store(_ place: SIMD3<Int>, _ count: Int, _ scratch: RowScratch, _ result: SharedMemory) {
        let size = targetKind.byteCount
        let start = unsafe result.start + (place &* target.stride).wrappedSum() * size
        if targetKind == .uint8, target.isInterleaved {
            let bytes = unsafe start.assumingMemoryBound(to: UInt8.self)
            unsafe tessera_store_interleaved_bytes(
                level.c, scratch.planes, Int64(scratch.length), Int32(target.channels), Int32(count), bytes)
            return
        }
        for channel in 0..<target.channels {
            unsafe tessera_store(
                level.c, targetKind.kernelType, scratch.planes + channel * scratch.length, Int32(count),
                start + channel * target.channelStride * size, Int64(max(1, target.stride.x)))
        }
    }
}

/// Rows of floats for one thread.
@unsafe private struct RowScratch {
    let memory: UnsafeMutablePointer<Float>
    let length: Int
    private let planeCount: Int

    init(planes: Int, length: Int, more: Int) {
        unsafe self.length = length
        unsafe planeCount = planes
        let count = (planes + 3) * length + more
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: count)
    }

    var planes: UnsafeMutablePointer<Float> { unsafe memory }
    var x: UnsafeMutablePointer<Float> { unsafe memory + planeCount * length }
    var y: UnsafeMutablePointer<Float> { unsafe x + length }
    var z: UnsafeMutablePointer<Float> { unsafe y + length }
    var more: UnsafeMutablePointer<Float> { unsafe z + length }
}

extension SIMD3<Int> {
    fileprivate func wrappedSum() -> Int { x &+ y &+ z }
}
