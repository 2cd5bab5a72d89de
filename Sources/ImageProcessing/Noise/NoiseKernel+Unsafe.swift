import CKernels

/// Noise by the kernels.
enum NoiseKernel {
    /// Adds the numbers of a field to samples, the first of which has the index 0.
    static func add(
        _ kind: tessera_noise_kind, _ field: NoiseField, size: Float, black: Float = 0,
        to samples: inout MutableSpan<Float>, _ level: KernelLevel
    ) {
        unsafe samples.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe tessera_add_noise(level.c, kind, field.key, Int64(buffer.count), size, black, start)
        }
    }

    /// Adds a count of a distribution, times a step, to each sample.
    static func add(
        _ counts: CountDistribution, step: Double, _ field: NoiseField, to samples: inout MutableSpan<Float>,
        _ level: KernelLevel
    ) {
        let parts = counts.parts(step: step)
        unsafe samples.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            unsafe parts.withUnsafeBufferPointer { parts in
                unsafe counts.cumulative.withUnsafeBufferPointer { cumulative in
                    var table = unsafe tessera_counts()
                    unsafe table.parts = parts.baseAddress
                    unsafe table.cumulative = cumulative.baseAddress
                    unsafe table.count = Int64(cumulative.count)
                    unsafe table.step = step
                    unsafe tessera_add_counts(
                        level.c, &table, field.key, field.part(1).key, Int64(buffer.count), start)
                }
            }
        }
    }
}
