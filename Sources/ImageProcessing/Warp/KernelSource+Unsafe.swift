import CKernels
import ImageCore

/// The memory of an image as kernels read it.
///
/// Unchecked: nobody writes the image while a pass borrows it, and threads only read.
@unsafe
struct KernelSource: @unchecked Sendable {
    let base: UnsafeRawPointer
    let description: tessera_source
}

/// Memory that threads write at different places.
///
/// Unchecked: each block of rows is handed to one thread, and no two blocks overlap.
@unsafe
struct SharedMemory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
}

extension Image {
    /// Calls a closure with the memory of the image: its own where it is large enough for kernels, else a copy with room behind it.
    func withKernelSource(
        _ grid: RowGrid, _ border: BorderMode, fill: Float, _ body: (KernelSource) -> Void
    ) {
        if memory.count * MemoryLayout<Scalar>.stride >= 16 {
            unsafe memory.withUnsafeBufferPointer { block in
                unsafe withDescription(block, layout.offset, grid, border, fill, body)
            }
            return
        }
        let source = contiguous()
        var samples = [Scalar](repeating: .zero, count: source.count + 16)
        for i in 0..<source.count { samples[i] = source.samples[i] }
        guard let grid = try? RowGrid(source.layout) else { return }
        unsafe samples.withUnsafeBufferPointer { block in
            unsafe withDescription(block, 0, grid, border, fill, body)
        }
    }

    private func withDescription(
        _ block: UnsafeBufferPointer<Scalar>, _ offset: Int, _ grid: RowGrid, _ border: BorderMode, _ fill: Float,
        _ body: (KernelSource) -> Void
    ) {
        guard let start = block.baseAddress else { return }
        var source = unsafe tessera_source()
        let base = unsafe UnsafeRawPointer(start + offset)
        unsafe source.base = base
        unsafe source.end = Int64(block.count - offset)
        unsafe source.type = Scalar.kind.kernelType
        unsafe source.channels = Int32(grid.channels)
        unsafe source.size = (Int32(clamping: grid.size.x), Int32(clamping: grid.size.y), Int32(clamping: grid.size.z))
        unsafe source.stride = (
            Int32(clamping: grid.stride.x), Int32(clamping: grid.stride.y), Int32(clamping: grid.stride.z)
        )
        unsafe source.channel_stride = Int64(grid.channelStride)
        unsafe source.border = border.kernelName
        unsafe source.fill = fill
        let (x, y, z) = (
            border.kernelIndices(grid.size.x), border.kernelIndices(grid.size.y), border.kernelIndices(grid.size.z)
        )
        unsafe x.withUnsafeBufferPointer { x in
            unsafe y.withUnsafeBufferPointer { y in
                unsafe z.withUnsafeBufferPointer { z in
                    unsafe source.indices = (x.baseAddress, y.baseAddress, z.baseAddress)
                    unsafe body(KernelSource(base: base, description: source))
                }
            }
        }
    }
}
