/// Takes every sample of an image into a result, in an order that is not defined.
@inlinable
func foldSamples<Scalar, Result, Failure: Error>(
    _ samples: Span<Scalar>, _ layout: Layout, into result: inout Result,
    _ update: (inout Result, Scalar) throws(Failure) -> Void
) throws(Failure) {
    for run in Runs(layout) {
        let (start, step) = (run.start.first, run.stride.first)
        // A local value stays in registers.
        var local = result
        if run.isContiguous {
            let piece = samples.extracting(start..<start + run.count)
            try foldNeighbors(piece, into: &local, update)
        } else {
            for i in 0..<run.count { try update(&local, samples[start + i * step]) }
        }
        result = local
    }
}

/// Whether a condition holds for every pair of samples at the same coordinates.
@inlinable
func allSamples<First, Second>(
    _ first: Span<First>, _ firstLayout: Layout, _ second: Span<Second>, _ secondLayout: Layout,
    _ condition: (First, Second) -> Bool
) -> Bool {
    for run in Runs(firstLayout, secondLayout) {
        let (start, step) = (run.start, run.stride)
        for i in 0..<run.count
        where !condition(first[start.first + i * step.first], second[start.second + i * step.second]) {
            return false
        }
    }
    return true
}

/// The sum of every sample of an image: exact in pieces of 2²⁰ samples, which are added up as `Double`.
@inlinable
func sumSamples<Scalar: NumericScalar>(_ samples: Span<Scalar>, _ layout: Layout) -> Double {
    let pieceLength = 1 << 20
    var whole = 0.0
    for run in Runs(layout) {
        for first in stride(from: 0, to: run.count, by: pieceLength) {
            let start = run.start.first + first * run.stride.first
            let count = min(pieceLength, run.count - first)
            whole += sumSamples(samples, from: start, count: count, step: run.stride.first)
        }
    }
    return whole
}

/// The sum of at most 2²⁴ samples at equal distances.
@inlinable
func sumSamples<Scalar: NumericScalar>(_ samples: Span<Scalar>, from start: Int, count: Int, step: Int) -> Double {
    var sum = Scalar.Sum.zero
    if step == 1 {
        let piece = samples.extracting(start..<start + count)
        foldNeighbors(piece, into: &sum) { $1.add(to: &$0) }
    } else {
        for i in 0..<count { samples[start + i * step].add(to: &sum) }
    }
    return Scalar.doubleValue(of: sum)
}
