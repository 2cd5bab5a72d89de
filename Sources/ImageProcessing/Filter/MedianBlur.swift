public import ImageCore

/// The median of the square around each pixel; beyond the edge of the picture the nearest pixel counts.
///
/// T. Huang et al., "A fast two-dimensional median filtering algorithm" (1979): the histogram of the square slides along
/// the row. Axes, color, domain, geometry and metadata are kept.
///
/// - Parameters:
///   - image: A picture with one channel.
///   - size: Width and height of the square: odd, 3 to 15.
/// - Returns: The medians, as many as pixels.
/// - Throws: ``ImageError`` for more channels or another size.
public func medianBlur(_ image: Image<UInt8>, size: Int) throws(ImageError) -> Image<UInt8> {
    let shape = try image.planeShape()
    guard size % 2 == 1, (3...15).contains(size) else {
        throw .invalidArgument("expected an odd size from 3 to 15, found \(size)")
    }
    let source = image.contiguous()
    var result = Image<UInt8>(axes: image.axes, sizes: image.sizes, color: image.color, domain: image.domain) {
        guard $0.count > 0 else { return }
        for y in 0..<shape.height { medianRow(source.samples, shape, y, size / 2, into: &$0) }
    }
    result.geometry = image.geometry
    result.metadata = image.metadata
    return result
}

/// A histogram that keeps its median as values come and go.
private struct RunningMedian {
    var counts = [Int32](repeating: 0, count: 256)
    /// Number of values below the median.
    var below: Int32 = 0
    var median = 0

    mutating func add(_ value: UInt8) {
        counts[Int(value)] += 1
        if Int(value) < median { below += 1 }
    }

    mutating func remove(_ value: UInt8) {
        counts[Int(value)] -= 1
        if Int(value) < median { below -= 1 }
    }

    /// The value with a given number of values before it in order.
    mutating func settle(rank: Int32) -> UInt8 {
        while below > rank {
            median -= 1
            below -= counts[median]
        }
        while below + counts[median] <= rank {
            below += counts[median]
            median += 1
        }
        return UInt8(median)
    }
}

private func medianRow(
    _ source: Span<UInt8>, _ shape: PictureShape, _ y: Int, _ radius: Int, into output: inout MutableSpan<UInt8>
) {
    let rows = (y - radius...y + radius).map { min(max($0, 0), shape.height - 1) * shape.width }
    let rank = Int32(rows.count * rows.count / 2)
    var window = RunningMedian()
    for row in rows {
        for x in -radius...radius { window.add(source[row + min(max(x, 0), shape.width - 1)]) }
    }
    output[y * shape.width] = window.settle(rank: rank)
    for x in 1..<max(1, shape.width) {
        let old = max(x - radius - 1, 0)
        let new = min(x + radius, shape.width - 1)
        for row in rows {
            window.remove(source[row + old])
            window.add(source[row + new])
        }
        output[y * shape.width + x] = window.settle(rank: rank)
    }
}
