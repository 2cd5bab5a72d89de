package import ImageCore

extension Image<Float> {
    /// The statistics of each channel of what changes of single pixels would make of the image.
    ///
    /// - Parameters:
    ///   - operations: The changes, in this order; none measures the image as it is.
    ///   - statistic: What is wanted.
    ///   - workers: Largest number of threads; the result is the same for any number.
    /// - Returns: The statistics of each channel.
    /// - Throws: ``ImageError`` for axes other than x, y, z and channel, an empty image, or operations that do not fit the
    ///   channels.
    package func measures(
        after operations: [RowOperation] = [], _ statistic: ChannelStatistic = .all, workers: Int = 1
    ) throws(ImageError) -> ChannelMeasures {
        let pass = try pass(operations, measuring: statistic, workers)
        try pass.measure(self)
        return pass.statistics?.combined ?? ChannelMeasures()
    }

    /// Changes single pixels where they are; a shared or strided image is copied first.
    ///
    /// - Parameters:
    ///   - operations: The changes, in this order.
    ///   - measuring: Which statistics of the result are wanted, if any.
    ///   - workers: Largest number of threads; the bytes are the same for any number.
    /// - Returns: The statistics of each channel of the result; nothing where they are not wanted.
    /// - Throws: ``ImageError`` as ``measures(after:_:workers:)``.
    @discardableResult
    package mutating func change(
        by operations: [RowOperation], measuring: ChannelStatistic? = nil, workers: Int = 1
    ) throws(ImageError) -> ChannelMeasures? {
        let pass = try pass(operations, measuring: measuring, workers)
        try pass.run(changing: &self)
        return pass.statistics?.combined
    }

    private func pass(
        _ operations: [RowOperation], measuring: ChannelStatistic?, _ workers: Int
    ) throws(ImageError) -> RowPass {
        let rows = try RowGrid(Layout(axes: axes, sizes: sizes))
        let grid = layout.isContiguous ? rows.asOneRow : rows
        return RowPass(
            level: .best, stages: nil, interpolation: .nearest, border: .replicate,
            operations: try PreparedOperations(operations, channels: grid.channels), target: grid, targetKind: .float32,
            workers: workers, statistics: measuring.map { RowStatistics(grid, $0) })
    }
}
