extension Layout {
    /// Number of samples that a row holds without a gap, or `nil` when x and what follows it does not lie that way.
    ///
    /// A row is everything at one y and z: for `[.y, .x, .channel]` it is width × channels.
    public var rowLength: Int? {
        var length = 1
        for i in sizes.indices.reversed() where axes[i] != .y && axes[i] != .z && sizes[i] != 1 {
            guard strides[i] == length else { return nil }
            length *= sizes[i]
        }
        return sizes.contains(0) ? 0 : length
    }

    /// Where the samples of a row lie in the block.
    @usableFromInline
    func row(_ y: Int, z: Int) -> Range<Int> {
        guard let length = rowLength else { preconditionFailure("rows are contiguous: call contiguous() first") }
        let start = offset + step(.y, to: y) + step(.z, to: z)
        return start..<start + length
    }

    private func step(_ axis: Axis, to position: Int) -> Int {
        guard let i = index(of: axis) else {
            precondition(position == 0, "position inside the image")
            return 0
        }
        precondition(position >= 0 && position < sizes[i], "position inside the image")
        return position * strides[i]
    }
}
