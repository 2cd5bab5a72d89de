/// A sample that area resampling can average.
protocol AreaSample: BitwiseCopyable {
    var floatValue: Float { get }
    init(mean: Float)
}

extension UInt8: AreaSample {
    var floatValue: Float { Float(self) }
    // The means of bytes are exact to about 1e-4: without the small term, sums that should be halves would fall below.
    init(mean: Float) { self = UInt8(Swift.min(mean + (0.5 + 1 / 8192), 255)) }
}

extension Float: AreaSample {
    var floatValue: Float { self }
    init(mean: Float) { self = mean }
}

extension AreaResampler {
    /// The weighted mean, rows first: sums of whole rows are vectorized, and the columns that remain are few.
    func weigh<Sample: AreaSample>(
        _ source: Span<Sample>, _ channels: Int, _ rowStride: Int, into output: inout MutableSpan<Sample>
    ) {
        let columns = horizontal.sourceRange
        let outputLength = horizontal.outputLength * channels
        var sums = [Float](repeating: 0, count: columns.count * channels)
        for y in 0..<vertical.outputLength {
            var row = sums.mutableSpan
            let start = vertical.first[y] * rowStride + columns.lowerBound * channels
            let weights = vertical.weights.span.extracting(vertical.offsets[y]..<vertical.offsets[y + 1])
            weighRows(source, from: start, rowStride: rowStride, weights: weights, into: &row)
            weighColumns(sums.span, channels, into: &output, at: y * outputLength)
        }
    }

    private func weighColumns<Sample: AreaSample>(
        _ sums: Span<Float>, _ channels: Int, into output: inout MutableSpan<Sample>, at line: Int
    ) {
        let origin = horizontal.sourceRange.lowerBound
        let weights = horizontal.weights.span
        for x in 0..<horizontal.outputLength {
            let start = (horizontal.first[x] - origin) * channels
            let taps = horizontal.offsets[x]..<horizontal.offsets[x + 1]
            for channel in 0..<channels {
                var sum: Float = 0
                var i = start + channel
                for tap in taps {
                    sum += weights[tap] * sums[i]
                    i += channels
                }
                output[line + x * channels + channel] = Sample(mean: sum)
            }
        }
    }
}

private func weighRows<Sample: AreaSample>(
    _ source: Span<Sample>, from start: Int, rowStride: Int, weights: Span<Float>, into sums: inout MutableSpan<Float>
) {
    let count = sums.count
    for tap in 0..<weights.count {
        let line = source.extracting(start + tap * rowStride..<start + tap * rowStride + count)
        let weight = weights[tap]
        if tap == 0 {
            for i in 0..<count { sums[i] = weight * line[i].floatValue }
        } else {
            for i in 0..<count { sums[i] += weight * line[i].floatValue }
        }
    }
}
