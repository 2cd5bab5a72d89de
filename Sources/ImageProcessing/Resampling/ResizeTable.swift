import CKernels

/// The taps along the rows of interleaved pixels, in blocks of 16 samples as the kernels want them.
struct ResizeTable: Sendable {
    /// Number of samples in a new row.
    let count: Int
    /// Number of weights for each of them.
    let taps: Int
    private(set) var bases: [Int32]
    private(set) var near: [UInt8]
    private(set) var indices: [Int32]
    private(set) var weights: [Float]

    init(_ source: ResizeTaps, channels: Int) {
        count = source.count * channels
        taps = source.longest
        let blocks = (count + 15) / 16
        bases = [Int32](repeating: 0, count: blocks)
        near = [UInt8](repeating: 0, count: blocks)
        indices = [Int32](repeating: 0, count: blocks * taps * 16)
        weights = [Float](repeating: 0, count: blocks * taps * 16)
        var (x, channel) = (0, 0)
        for block in 0..<blocks {
            let lanes = min(16, count - block * 16)
            // Not always that of the first pixel: one that falls on a center needs fewer samples than its neighbors.
            let base = source.first[x...(block * 16 + lanes - 1) / channels].reduce(Int.max, min) * channels
            bases[block] = Int32(base)
            var highest = 0
            for lane in 0..<lanes {
                let (start, own) = (source.offsets[x], source.offsets[x + 1] - source.offsets[x])
                let first = source.first[x] * channels + channel - base
                for tap in 0..<taps {
                    let at = (block * taps + tap) * 16 + lane
                    indices[at] = Int32(first + min(tap, own - 1) * channels)
                    if tap < own { weights[at] = Float(source.weights[start + tap]) }
                }
                highest = max(highest, first + (own - 1) * channels)
                channel += 1
                if channel == channels { (x, channel) = (x + 1, 0) }
            }
            near[block] = highest < 32 ? 1 : 0
        }
    }

    /// The taps along rows of single samples.
    init(_ source: LineTaps) {
        (count, taps) = (source.count, source.longest)
        let blocks = (count + 15) / 16
        bases = [Int32](repeating: 0, count: blocks)
        near = [UInt8](repeating: 0, count: blocks)
        indices = [Int32](repeating: 0, count: blocks * taps * 16)
        weights = [Float](repeating: 0, count: blocks * taps * 16)
        for block in 0..<blocks {
            let samples = block * 16..<min(block * 16 + 16, count)
            let old = samples.flatMap { sample in source[sample].map(\.index) }
            let (base, last) = (old.min() ?? 0, old.max() ?? 0)
            bases[block] = Int32(base)
            near[block] = last - base < 32 ? 1 : 0
            for sample in samples {
                let shares = source[sample]
                for tap in 0..<taps {
                    let at = (block * taps + tap) * 16 + sample - block * 16
                    // What fills up has no weight, and is a sample that counts anyway: another one may be NaN.
                    indices[at] = Int32(shares[min(tap, shares.count - 1)].index - base)
                    if tap < shares.count { weights[at] = Float(shares[tap].weight) }
                }
            }
        }
    }
}
