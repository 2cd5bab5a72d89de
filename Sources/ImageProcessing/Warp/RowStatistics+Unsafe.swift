import CKernels

/// What a pass finds of the channels of an image.
package enum ChannelStatistic: Sendable {
    /// The means alone, in half the time.
    case means
    /// Means, deviations, minima and maxima.
    case all

    /// Numbers for each channel of a block: the mean, and for all the sum of squared distances from it, minimum and maximum.
    fileprivate var size: Int { self == .means ? 1 : 4 }
}

/// Mean, deviation, minimum and maximum of each channel of an image; the last three are empty where means alone were asked for.
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
    private let statistic: ChannelStatistic

    private var size: Int { statistic.size }

    init(_ grid: RowGrid, _ statistic: ChannelStatistic) {
        (rows, channels) = (grid.size.y * grid.size.z, grid.channels)
        blocks = RowBlocks(width: grid.size.x)
        self.statistic = statistic
        let count = rows * blocks.count * channels * statistic.size
        unsafe memory = .allocate(capacity: count)
        unsafe memory.initialize(repeating: 0, count: count)
    }

    deinit { unsafe memory.deallocate() }

    /// Takes the statistics of a block, counted over all rows.
    func take(_ level: KernelLevel, _ planes: RowPlanes, count: Int, block: Int) {
        let place = unsafe memory + block * channels * size
        switch statistic {
        case .means:
            unsafe tessera_average(
                level.c, planes.start, Int64(planes.stride), Int32(channels), Int32(count), place)
        case .all:
            unsafe tessera_measure(
                level.c, planes.start, Int64(planes.stride), Int32(channels), Int32(count), place)
        }
    }

    /// The statistics of the whole image.
    var combined: ChannelMeasures {
        var result = ChannelMeasures()
        for channel in 0..<channels {
            let mean = mean(channel)
            result.mean.append(mean)
            guard statistic == .all else { continue }
            var squares = 0.0
            var (lowest, highest) = (Double.infinity, -Double.infinity)
            unsafe forEachBlock(channel) { length, block in
                unsafe squares += block[1] + length * (block[0] - mean) * (block[0] - mean)
                unsafe lowest = min(lowest, block[2])
                unsafe highest = max(highest, block[3])
            }
            result.deviation.append((squares / count).squareRoot())
            result.minimum.append(lowest)
            result.maximum.append(highest)
        }
        return result
    }

    private var count: Double { Double(rows) * Double((0..<blocks.count).reduce(0) { $0 + blocks[$1].count }) }

    private func mean(_ channel: Int) -> Double {
        let origin = unsafe memory[channel * size]
        var sum = 0.0
        unsafe forEachBlock(channel) { length, block in unsafe sum += length * (block[0] - origin) }
        return origin + sum / count
    }

    private func forEachBlock(_ channel: Int, _ body: (Double, UnsafePointer<Double>) -> Void) {
        for block in 0..<blocks.count {
            let length = Double(blocks[block].count)
            for row in 0..<rows {
                unsafe body(length, memory + ((row * blocks.count + block) * channels + channel) * size)
            }
        }
    }
}
