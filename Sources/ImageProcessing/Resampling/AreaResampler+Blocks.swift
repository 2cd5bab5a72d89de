extension AreaResampler {
    /// The mean of whole blocks of pixels, in integers.
    func averageBlocks(
        _ source: Span<UInt8>, _ ratio: (x: Int, y: Int), _ channels: Int, _ rowStride: Int,
        into output: inout MutableSpan<UInt8>
    ) {
        let columns = horizontal.sourceRange
        let rowLength = columns.count * channels
        let outputLength = horizontal.outputLength * channels
        var sums = [UInt16](repeating: 0, count: rowLength)
        for y in 0..<vertical.outputLength {
            let top = (vertical.first[y]) * rowStride + columns.lowerBound * channels
            var rows = sums.mutableSpan
            sumRows(source, from: top, rowStride: rowStride, rows: ratio.y, into: &rows)
            let line = y * outputLength..<(y + 1) * outputLength
            averageRow(sums.span, ratio, channels, into: &output, at: line)
        }
    }
}

/// Adds up rows of samples, column by column: at most 257 rows, so that no sum leaves `UInt16`.
private func sumRows(
    _ source: Span<UInt8>, from start: Int, rowStride: Int, rows: Int, into sums: inout MutableSpan<UInt16>
) {
    let count = sums.count
    let first = source.extracting(start..<start + count)
    for i in 0..<count { sums[i] = UInt16(first[i]) }
    for row in 1..<max(rows, 1) {
        let line = source.extracting(start + row * rowStride..<start + row * rowStride + count)
        for i in 0..<count { sums[i] = sums[i] &+ UInt16(line[i]) }
    }
}

/// Adds up neighboring pixels and divides, rounding half up.
private func averageRow(
    _ sums: Span<UInt16>, _ ratio: (x: Int, y: Int), _ channels: Int, into output: inout MutableSpan<UInt8>,
    at line: Range<Int>
) {
    let area = UInt32(ratio.x * ratio.y)
    if ratio.x == 2, area.nonzeroBitCount == 1 {
        return averagePairs(sums, UInt32(area.trailingZeroBitCount), channels, into: &output, at: line)
    }
    let isPower = area.nonzeroBitCount == 1
    let shift = UInt32(area.trailingZeroBitCount)
    let (half, step) = (area / 2, ratio.x * channels)
    for x in 0..<line.count / channels {
        for channel in 0..<channels {
            var sum = half
            for i in stride(from: x * step + channel, to: (x + 1) * step, by: channels) { sum &+= UInt32(sums[i]) }
            let mean = isPower ? sum &>> shift : sum / area
            output[line.lowerBound + x * channels + channel] = UInt8(truncatingIfNeeded: mean)
        }
    }
}

/// The most frequent case: two pixels side by side, an area that is a power of two.
private func averagePairs(
    _ sums: Span<UInt16>, _ shift: UInt32, _ channels: Int, into output: inout MutableSpan<UInt8>, at line: Range<Int>
) {
    let half: UInt32 = 1 << (shift - 1)
    func mean(_ i: Int, _ j: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (UInt32(sums[i]) &+ UInt32(sums[j]) &+ half) &>> shift)
    }
    if channels == 3 {
        for x in 0..<line.count / 3 {
            let (from, to) = (x * 6, line.lowerBound + x * 3)
            output[to] = mean(from, from + 3)
            output[to + 1] = mean(from + 1, from + 4)
            output[to + 2] = mean(from + 2, from + 5)
        }
        return
    }
    for x in 0..<line.count / channels {
        for channel in 0..<channels {
            let from = x * 2 * channels + channel
            output[line.lowerBound + x * channels + channel] = mean(from, from + channels)
        }
    }
}
