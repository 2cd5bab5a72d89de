import CKernels

/// Makes lines along x, y and z anew: rows are weighed and added up first, then the samples along the row.
struct LineTapsKernel: Sendable {
    private let table: ResizeTable
    private let x: LineTaps
    private let y: LineTaps
    private let z: LineTaps
    var level = KernelLevel.best

    init(x: LineTaps, y: LineTaps, z: LineTaps) {
        (self.x, self.y, self.z) = (x, y, z)
        table = ResizeTable(x)
    }

    /// Fills volumes, one after the other, row by row.
    ///
    /// - Precondition: spans of so many volumes of the sizes that the taps state.
    func fill(_ source: Span<Float>, count: Int, into target: inout MutableSpan<Float>, workers: Int) {
        let (old, new) = (x.sourceCount * y.sourceCount * z.sourceCount, x.count * y.count * z.count)
        precondition(source.count == count * old && target.count == count * new, "volumes of the stated sizes")
        unsafe source.withUnsafeBufferPointer { source in
            guard let start = unsafe UnsafeRawPointer(source.baseAddress) else { return }
            let memory = unsafe KernelSource(base: start, description: tessera_source())
            fillPiecesInParallel(&target, count: count * z.count * y.count, workers: workers) { row, piece in
                unsafe fill(row, memory.base, into: &piece)
            }
        }
    }

    private func fill(_ row: Int, _ source: UnsafeRawPointer, into target: inout MutableSpan<Float>) {
        let (slice, line) = row.quotientAndRemainder(dividingBy: y.count)
        let (volume, place) = slice.quotientAndRemainder(dividingBy: z.count)
        let size = MemoryLayout<Float>.stride * x.sourceCount
        var pointers = unsafe [UnsafeRawPointer?]()
        var weights: [Float] = []
        for depth in z[place] {
            for height in y[line] {
                let number = (volume * z.sourceCount + depth.index) * y.sourceCount + height.index
                unsafe pointers.append(source + number * size)
                weights.append(Float(depth.weight * height.weight))
            }
        }
        var buffer = [Float](repeating: 0, count: x.sourceCount + 64)
        unsafe target.withUnsafeMutableBufferPointer { target in
            guard let result = target.baseAddress else { return }
            unsafe table.withTaps { taps in
                unsafe tessera_resize_row(
                    level.c, TESSERA_FILTER_F32, pointers, weights, Int64(weights.count), Int64(x.sourceCount), taps,
                    &buffer, result)
            }
        }
    }
}
