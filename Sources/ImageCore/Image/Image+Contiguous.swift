extension Image {
    /// The same image with its samples in C order and without gaps; itself when they are.
    public func contiguous() -> Image {
        guard !layout.isContiguous else { return self }
        return copied()
    }

    /// A copy that shares no memory with the original, in C order.
    public func copied() -> Image {
        let target = Layout(axes: layout.axes, sizes: layout.sizes)
        let copy = ImageStorage<Scalar>(uninitializedCount: target.count)
        var next = 0
        layout.forEachRun { start, length, stride in
            if stride == 1 {
                unsafe (copy.base + next).update(from: storage.base + start, count: length)
            } else {
                for i in 0..<length { unsafe copy.base[next + i] = storage.base[start + i * stride] }
            }
            next += length
        }
        return Image(
            storage: copy, layout: target, color: color, domain: domain, geometry: geometry, metadata: metadata)
    }

    /// Makes sure that no other image sees a write.
    @usableFromInline
    mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { self = copied() }
    }

    @usableFromInline
    mutating func makeUniqueAndContiguous() {
        if !layout.isContiguous || !isKnownUniquelyReferenced(&storage) { self = copied() }
    }
}

extension Layout {
    /// Calls a closure for every run of samples along the last axis, in C order: index of the first, length, stride.
    @usableFromInline
    func forEachRun(_ body: (_ start: Int, _ length: Int, _ stride: Int) -> Void) {
        guard !sizes.contains(0) else { return }
        guard let length = sizes.last, let stride = strides.last else { return body(offset, 1, 1) }
        var coordinates = [Int](repeating: 0, count: rank - 1)
        var start = offset
        while true {
            body(start, length, stride)
            var axis = rank - 2
            while axis >= 0 {
                coordinates[axis] += 1
                start += strides[axis]
                if coordinates[axis] < sizes[axis] { break }
                start -= coordinates[axis] * strides[axis]
                coordinates[axis] = 0
                axis -= 1
            }
            if axis < 0 { return }
        }
    }
}
