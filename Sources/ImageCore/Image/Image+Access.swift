extension Image {
    /// One sample of an image with one axis.
    ///
    /// - Precondition: the image has one axis, and the coordinate lies inside.
    @inlinable
    public subscript(i: Int) -> Scalar {
        get { block[layout.blockIndex(i)] }
        set {
            makeUnique()
            let index = layout.blockIndex(i)
            var samples = mutableBlock
            samples[index] = newValue
        }
    }

    /// One sample of an image with two axes, in the image's own order: `image[y, x]` for `[.y, .x]`.
    ///
    /// - Precondition: the image has two axes, and each coordinate lies inside.
    @inlinable
    public subscript(i: Int, j: Int) -> Scalar {
        get { block[layout.blockIndex(i, j)] }
        set {
            makeUnique()
            let index = layout.blockIndex(i, j)
            var samples = mutableBlock
            samples[index] = newValue
        }
    }

    /// One sample of an image with three axes, in the image's own order: `image[y, x, c]` for `[.y, .x, .channel]`.
    ///
    /// - Precondition: the image has three axes, and each coordinate lies inside.
    @inlinable
    public subscript(i: Int, j: Int, k: Int) -> Scalar {
        get { block[layout.blockIndex(i, j, k)] }
        set {
            makeUnique()
            let index = layout.blockIndex(i, j, k)
            var samples = mutableBlock
            samples[index] = newValue
        }
    }

    /// One sample, by one coordinate per axis in the image's own order.
    ///
    /// For loops over many samples use ``samples``, `image[row: y]` or ``map(_:)``.
    /// - Precondition: as many coordinates as axes, each inside its size.
    @inlinable
    @_disfavoredOverload
    public subscript(coordinates: Int...) -> Scalar {
        get { self[coordinates] }
        set { self[coordinates] = newValue }
    }

    /// One sample, by an array of one coordinate per axis in the image's own order.
    ///
    /// - Precondition: as many coordinates as axes, each inside its size.
    @inlinable
    public subscript(coordinates: [Int]) -> Scalar {
        get { block[layout.blockIndex(coordinates)] }
        set {
            makeUnique()
            let index = layout.blockIndex(coordinates)
            var samples = mutableBlock
            samples[index] = newValue
        }
    }
}

extension Layout {
    @inlinable
    func blockIndex(_ i: Int) -> Int {
        precondition(sizes.count == 1, "one coordinate per axis")
        return offset + step(0, i)
    }

    @inlinable
    func blockIndex(_ i: Int, _ j: Int) -> Int {
        precondition(sizes.count == 2, "one coordinate per axis")
        return offset + step(0, i) + step(1, j)
    }

    @inlinable
    func blockIndex(_ i: Int, _ j: Int, _ k: Int) -> Int {
        precondition(sizes.count == 3, "one coordinate per axis")
        return offset + step(0, i) + step(1, j) + step(2, k)
    }

    @inlinable
    func blockIndex(_ coordinates: [Int]) -> Int {
        precondition(coordinates.count == sizes.count, "one coordinate per axis")
        var index = offset
        for i in coordinates.indices { index += step(i, coordinates[i]) }
        return index
    }

    @inlinable
    func step(_ axis: Int, _ coordinate: Int) -> Int {
        precondition(coordinate >= 0 && coordinate < sizes[axis], "coordinate inside the image")
        return coordinate * strides[axis]
    }
}
