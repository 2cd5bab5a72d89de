import CKernels
package import ImageCore

extension Image {
    /// The samples in C order of some axes; rows that run backwards, as in mirrored views, are turned by the kernels.
    ///
    /// What ``rearranged(to:)`` gives; itself where the samples lie that way.
    /// - Throws: ``ImageError`` for other axes than the image's.
    package func copiedInOrder(of axes: [Axis]) throws(ImageError) -> Image {
        guard layout.permuted(to: axes) != nil else { return try rearranged(to: axes) }
        let view = permuted(to: axes)
        if view.layout.isContiguous { return view }
        guard let rows = RowsInMemory(view.layout) else { return try rearranged(to: axes) }
        return Image(axes: axes, sizes: view.sizes) { (samples: inout MutableSpan<Scalar>) in
            view.copy(rows, to: &samples)
        }.withMeaning(of: view)
    }

    private func copy(_ rows: RowsInMemory, to target: inout MutableSpan<Scalar>) {
        let size = MemoryLayout<Scalar>.stride
        let length = rows.width * rows.element * size
        unsafe memory.withUnsafeBytes { source in
            unsafe target.withUnsafeMutableBytes { target in
                guard let start = source.baseAddress, let result = target.baseAddress else { return }
                for (i, place) in rows.starts.enumerated() {
                    let from = unsafe start + place * size
                    let to = unsafe result + i * rows.height * length
                    if rows.isMirrored {
                        unsafe tessera_mirror(
                            KernelLevel.best.c, from.assumingMemoryBound(to: UInt8.self), Int64(rows.rowStride * size),
                            Int64(rows.width), Int64(rows.height), Int64(rows.element * size),
                            to.assumingMemoryBound(to: UInt8.self), Int64(length))
                    } else {
                        for y in 0..<rows.height {
                            unsafe (to + y * length).copyMemory(
                                from: from + y * rows.rowStride * size, byteCount: length)
                        }
                    }
                }
            }
        }
    }
}

/// A layout as planes of rows that lie in memory without gaps, forwards or backwards.
private struct RowsInMemory {
    /// Samples of an element: the interleaved channels.
    let element: Int
    /// Elements of a row, and whether they run backwards.
    let width: Int
    let isMirrored: Bool
    /// Rows of a plane, and samples from one to the next.
    let height: Int
    let rowStride: Int
    /// The sample with the lowest address in the first row of each plane.
    let starts: [Int]

    /// `nil` where rows have gaps, or too few elements to gain anything.
    init?(_ layout: Layout) {
        var outer = zip(layout.sizes, layout.strides).filter { $0.0 != 1 }
        var element = 1
        if layout.axes.last == .channel, let last = outer.last, last.0 == layout.sizes.last {
            guard last.1 == 1 else { return nil }
            element = last.0
            outer.removeLast()
        }
        guard let row = outer.popLast(), abs(row.1) == element, row.0 >= 16 else { return nil }
        (self.element, width, isMirrored) = (element, row.0, row.1 < 0)
        let rows = outer.popLast() ?? (1, 0)
        (height, rowStride) = rows
        let first = layout.offset + (row.1 < 0 ? (row.0 - 1) * row.1 : 0)
        starts = outer.reduce([first]) { places, axis in
            places.flatMap { place in (0..<axis.0).map { place + $0 * axis.1 } }
        }
    }
}
