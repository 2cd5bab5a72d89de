extension Image {
    /// One sample, by one coordinate per axis in the image's own order.
    ///
    /// - Precondition: as many coordinates as axes, each inside its size.
    public subscript(coordinates: Int...) -> Scalar {
        get { unsafe storage.base[storageIndex(coordinates)] }
        set {
            makeUnique()
            unsafe storage.base[storageIndex(coordinates)] = newValue
        }
    }

    private func storageIndex(_ coordinates: [Int]) -> Int {
        precondition(coordinates.count == layout.rank, "one coordinate per axis")
        var index = layout.offset
        for i in coordinates.indices {
            precondition(coordinates[i] >= 0 && coordinates[i] < layout.sizes[i], "coordinate inside the image")
            index += coordinates[i] * layout.strides[i]
        }
        return index
    }
}
