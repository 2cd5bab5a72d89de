/// Mean, deviation, minimum and maximum of each channel of an image.
package struct ChannelMeasures: Sendable, Hashable {
    /// The means.
    package var mean: [Double] = []
    /// The standard deviations, divided by the count.
    package var deviation: [Double] = []
    /// The smallest values; NaN does not count.
    package var minimum: [Double] = []
    /// The largest values.
    package var maximum: [Double] = []
}

/// The statistics of each block of each row, which threads write at different places and which are added up in the order of the rows.
///
/// Unchecked: each block is written by one thread, and read after all are done.
@safe
final class RowStatistics: @unchecked Sendable {
    private let memory: UnsafeMutablePointer<Double>
    private let rows: Int
    private let channels: Int
    private let blocks: RowBlocks

    /// Doubles for each channel of a block: mean, sum of squared distances from it, minimum and maximum.
    private static let size = 4

    init(_ grid: RowGrid) {
        (rows, channels) = (grid.size.y * grid.size.z, grid.channels)
        blocks = RowBlocks(width: grid.size.x)
        let count = rows * blocks.count * channels * Self.size
        unsafe memory = .allocate(capacity: count)
        unsafe memory.initialize(repeating: 0, count: count)
    }

    deinit { unsafe memory.deallocate() }

    /// Where the statistics of a block are written, counted over all rows.
    @unsafe
    func place(_ block: Int) -> UnsafeMutablePointer<Double> { unsafe memory + block * channels * Self.size }

    /// The statistics of the whole image.
    var combined: ChannelMeasures {
        var result = ChannelMeasures()
        for channel in 0..<channels {
            let (count, origin) = (
                Double(rows) * Double((0..<blocks.count).reduce(0) { $0 + blocks[$1].count }), self[0, channel].x
            )
            var (sum, squares) = (0.0, 0.0)
            var (lowest, highest) = (Double.infinity, -Double.infinity)
            forEachBlock(channel) { length, block in
                sum += length * (block.x - origin)
                lowest = min(lowest, block.z)
                highest = max(highest, block.w)
            }
            let mean = origin + sum / count
            forEachBlock(channel) { length, block in
                squares += block.y + length * (block.x - mean) * (block.x - mean)
            }
            result.mean.append(mean)
            result.deviation.append((squares / count).squareRoot())
            result.minimum.append(lowest)
            result.maximum.append(highest)
        }
        return result
    }

    private subscript(block: Int, channel: Int) -> SIMD4<Double> {
        let start = unsafe memory + (block * channels + channel) * Self.size
        return unsafe SIMD4(start[0], start[1], start[2], start[3])
    }

    private func forEachBlock(_ channel: Int, _ body: (Double, SIMD4<Double>) -> Void) {
        for block in 0..<blocks.count {
            let length = Double(blocks[block].count)
            for row in 0..<rows { body(length, self[row * blocks.count + block, channel]) }
        }
    }
}
