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
    /// What bytes become when they are loaded; the operations come after it.
    var tables: ByteTables?
    let target: RowGrid
    let targetKind: ScalarKind
    let workers: Int
    /// What takes the statistics of the result before it is rounded.
    var statistics: RowStatistics?

    /// Fills the result from an image whose samples kernels read.
    func run<Scalar: ImageScalar>(_ source: Image<Scalar>, into result: inout MutableRawSpan) throws(ImageError) {
        let grid = try RowGrid(source.layout)
        if stages != nil { try grid.checkReach() }
        unsafe result.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let target = unsafe SharedMemory(start: start)
            unsafe source.withKernelSource(grid, border, fill: Float(border.value)) { memory in
                unsafe run(memory, grid, Scalar.kind, target)
            }
        }
    }

    /// Takes the statistics of what an image would become; nothing is written.
    func measure<Scalar: ImageScalar>(_ source: Image<Scalar>) throws(ImageError) {
        let rows = try RowGrid(source.layout)
        let grid = rows.shaped(like: target)
        unsafe source.withKernelSource(rows, border, fill: Float(border.value)) { memory in
            unsafe run(memory, grid, Scalar.kind, nil)
        }
    }

    /// Changes the pixels of an image of floats where they are.
    ///
    /// - Precondition: no stages, and a target of the image's own grid and kind.
    func run(changing image: inout Image<Float>) throws(ImageError) {
        precondition(stages == nil && targetKind == .float32, "pixels stay in their places")
        let grid = try RowGrid(image.layout).shaped(like: target)
        var samples = image.mutableSamples
        unsafe samples.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let source = unsafe KernelSource(base: UnsafeRawPointer(start), description: tessera_source())
            unsafe run(source, grid, .float32, SharedMemory(start: start))
        }
    }

    private func run(_ source: KernelSource, _ grid: RowGrid, _ kind: ScalarKind, _ result: SharedMemory?) {
        let blocks = RowBlocks(width: target.size.x)
        let count = target.size.y * target.size.z * blocks.count
        let piece = max(1, min(16, count / max(1, workers * 4)))
        forEachInParallel(count: (count + piece - 1) / piece, workers: workers) { index in
            let range = index * piece..<min(count, (index + 1) * piece)
            unsafe fill(range, blocks, source, grid, kind, result)
        }
    }

    /// Fills blocks, which are counted over all rows.
    private func fill(
        _ range: Range<Int>, _ blocks: RowBlocks, _ source: KernelSource, _ grid: RowGrid, _ kind: ScalarKind,
        _ result: SharedMemory?
    ) {
        let scratch = unsafe RowScratch(
            planes: target.channels, length: blocks.longest, more: max(stages?.scratchCount ?? 0, 6 * blocks.longest))
        defer { unsafe scratch.memory.deallocate() }
        let stages = unsafe stages?.kernels
        unsafe operations.withKernels { operations in
            var next = BlockPlace(number: range.lowerBound, blocks, target.size)
            for number in range {
                let (place, count) = (next.start, next.count)
                let planes = unsafe planes(place, count, scratch, result)
                if let stages = unsafe stages {
                    unsafe sample(stages, source, place, count, scratch, planes)
                } else {
                    unsafe load(source, grid, kind, place, count, planes)
                }
                unsafe operate(operations, count, planes)
                unsafe statistics?.take(level, planes, count: count, block: number)
                if let result = unsafe result, unsafe planes.start == scratch.planes {
                    unsafe store(place, count, planes, result)
                }
                next.advance()
            }
        }
    }

    /// Where a block is worked on: in the result itself where it takes whole vectors of floats, else beside it.
    private func planes(
        _ place: SIMD3<Int>, _ count: Int, _ scratch: RowScratch, _ result: SharedMemory?
    ) -> RowPlanes {
        guard let result = unsafe result, targetKind == .float32, target.stride.x == 1, count % 16 == 0 else {
            return unsafe RowPlanes(start: scratch.planes, stride: scratch.length)
        }
        let start = unsafe result.start.assumingMemoryBound(to: Float.self)
        return unsafe RowPlanes(
            start: start + (place &* target.stride).wrappedSum(), stride: target.channelStride)
    }

    private func sample(
        _ stages: KernelStages, _ source: KernelSource, _ place: SIMD3<Int>, _ count: Int, _ scratch: RowScratch,
        _ planes: RowPlanes
    ) {
        let flat: Int32 = target.isFlat ? 1 : 0
        unsafe tessera_coordinates(
            level.c, stages.list, stages.count, flat, Int64(place.x), Int64(place.y), Int64(place.z),
            Int32(count), scratch.x, scratch.y, scratch.z, scratch.more)
        unsafe withUnsafePointer(to: source.description) { description in
            unsafe tessera_sample(
                level.c, description, interpolation.kernelName, flat, Int32(count), scratch.x, scratch.y, scratch.z,
                planes.start, Int64(planes.stride))
        }
    }

    private func load(
        _ source: KernelSource, _ grid: RowGrid, _ kind: ScalarKind, _ place: SIMD3<Int>, _ count: Int,
        _ planes: RowPlanes
    ) {
        let size = kind.byteCount
        let start = unsafe source.base + (place &* grid.stride).wrappedSum() * size
        if let tables {
            unsafe tables.values.withUnsafeBufferPointer { values in
                for channel in 0..<grid.channels {
                    unsafe tessera_look_up_bytes(
                        start.assumingMemoryBound(to: UInt8.self) + channel * grid.channelStride, Int64(grid.stride.x),
                        Int32(count), values.baseAddress.map { unsafe $0 + 256 * channel },
                        planes.start + channel * planes.stride)
                }
            }
            return
        }
        if kind == .uint8, grid.isInterleaved {
            let bytes = unsafe start.assumingMemoryBound(to: UInt8.self)
            unsafe tessera_load_interleaved_bytes(
                level.c, bytes, Int32(grid.channels), Int32(count), planes.start, Int64(planes.stride))
            return
        }
        for channel in 0..<grid.channels {
            let from = unsafe start + channel * grid.channelStride * size
            let to = unsafe planes.start + channel * planes.stride
            // Pixels that are changed where they are lie there already.
            if unsafe from == UnsafeRawPointer(to) { continue }
            unsafe tessera_load(level.c, kind.kernelType, from, Int64(grid.stride.x), Int32(count), to)
        }
    }

    private func operate(_ operations: KernelOperations, _ count: Int, _ planes: RowPlanes) {
        for i in unsafe 0..<operations.steps.count {
            let step = unsafe operations.steps[i]
            unsafe tessera_operate(
                level.c, step.kind, operations.numbers + step.start, Int32(target.channels), Int32(count), planes.start,
                Int64(planes.stride))
        }
    }

    private func store(_ place: SIMD3<Int>, _ count: Int, _ planes: RowPlanes, _ result: SharedMemory) {
        let size = targetKind.byteCount
        let start = unsafe result.start + (place &* target.stride).wrappedSum() * size
        if targetKind == .uint8, target.isInterleaved {
            let bytes = unsafe start.assumingMemoryBound(to: UInt8.self)
            unsafe tessera_store_interleaved_bytes(
                level.c, planes.start, Int64(planes.stride), Int32(target.channels), Int32(count), bytes)
            return
        }
        for channel in 0..<target.channels {
            unsafe tessera_store(
                level.c, targetKind.kernelType, planes.start + channel * planes.stride, Int32(count),
                start + channel * target.channelStride * size, Int64(max(1, target.stride.x)))
        }
    }
}

/// Operations as the loops over rows have them: found once, not for each row.
@unsafe private struct KernelOperations {
    let steps: UnsafeBufferPointer<PreparedOperations.Step>
    let numbers: UnsafePointer<Float>
}

extension PreparedOperations {
    fileprivate func withKernels(_ body: (KernelOperations) -> Void) {
        unsafe steps.withUnsafeBufferPointer { steps in
            unsafe numbers.withUnsafeBufferPointer { numbers in
                // There are always some: kernels read whole vectors.
                guard let base = numbers.baseAddress else { return }
                unsafe body(KernelOperations(steps: steps, numbers: base))
            }
        }
    }
}

/// Where the rows of floats of the channels lie, so many floats apart.
@unsafe struct RowPlanes {
    let start: UnsafeMutablePointer<Float>
    let stride: Int
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
