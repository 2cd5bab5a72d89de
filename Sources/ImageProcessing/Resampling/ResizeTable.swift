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
        let (first, offsets, shares) = (source.first, source.offsets, source.weights)
        var (x, channel) = (0, 0)
        for block in 0..<blocks {
            let lanes = min(16, count - block * 16)
            // Not always that of the first pixel: one that falls on a center needs fewer samples than its neighbors.
            var base = first[x]
            for other in x...(block * 16 + lanes - 1) / channels { base = min(base, first[other]) }
            bases[block] = Int32(base * channels)
            var highest = 0
            var at = block * taps * 16
            for _ in 0..<lanes {
                let (start, own) = (offsets[x], offsets[x + 1] - offsets[x])
                let place = (first[x] - base) * channels + channel
                for tap in 0..<taps {
                    indices[at + tap * 16] = Int32(place + min(tap, own - 1) * channels)
                    if tap < own { weights[at + tap * 16] = Float(shares[start + tap]) }
                }
                highest = max(highest, place + (own - 1) * channels)
                at += 1
                channel += 1
                if channel == channels { (x, channel) = (x + 1, 0) }
            }
            near[block] = Self.nearness(highest)
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
            near[block] = Self.nearness(last - base)
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

    /// How the kernels name a block whose highest index is this.
    private static func nearness(_ highest: Int) -> UInt8 { highest < 32 ? 1 : highest < 64 ? 2 : 0 }
}
