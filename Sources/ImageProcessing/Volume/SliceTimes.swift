public import ImageCore

/// When the slices of a volume are acquired within one repetition.
public enum SliceOrder: Sendable, Hashable {
    /// From the first slice to the last.
    case ascending
    /// From the last slice to the first.
    case descending
    /// The first, third, fifth …, then the second, fourth …
    case interleaved
    /// The second, fourth …, then the first, third …
    case interleavedSecondFirst
    /// The time of each slice as a part of the repetition, from 0 to 1.
    case times([Double])

    /// The time of each slice as a part of the repetition: the middle of its share.
    func times(_ count: Int) -> [Double] {
        let order: [Int]
        switch self {
        case .times(let times): return times
        case .ascending: order = Array(0..<count)
        case .descending: order = (0..<count).reversed()
        case .interleaved:
            order = Array(stride(from: 0, to: count, by: 2)) + Array(stride(from: 1, to: count, by: 2))
        case .interleavedSecondFirst:
            order = Array(stride(from: 1, to: count, by: 2)) + Array(stride(from: 0, to: count, by: 2))
        }
        var times = [Double](repeating: 0, count: count)
        for (rank, slice) in order.enumerated() { times[slice] = (Double(rank) + 0.5) / Double(count) }
        return times
    }
}

extension Image where Scalar: NumericScalar {
    /// The series of volumes as if all slices of each had been acquired at the same time.
    ///
    /// Every slice is shifted along time by a sinc windowed by a Hann window over 8 repetitions to each side, its weights made
    /// to sum to 1; before the first and after the last repetition the outermost volume counts.
    /// - Parameters:
    ///   - order: When slices were acquired.
    ///   - reference: The time wanted as a part of the repetition: ½ is its middle.
    /// - Returns: The corrected series, with axes, geometry, color, domain and metadata as before.
    /// - Throws: ``ImageError/missingAxis(_:)`` without z and time, ``ImageError/invalidArgument(_:)`` for times that are not
    ///   one per slice and from 0 to 1, ``ImageError/emptyImage``.
    public func sliceTimesCorrected(order: SliceOrder, reference: Double = 0.5) throws(ImageError) -> Image<Float> {
        try checkAxes([.z, .time])
        let times = order.times(depth)
        guard times.count == depth, (times + [reference]).allSatisfy({ (0...1).contains($0) }) else {
            throw .invalidArgument("expected \(depth) times from 0 to 1 and a reference, found \(times), \(reference)")
        }
        let position = layout.index(of: .z) ?? 0
        var slices: [Image<Float>] = []
        for (z, time) in times.enumerated() {
            let weights = Self.shiftWeights(reference - time)
            slices.append(
                try slice(.z, at: z).correlated(
                    along: [(.time, weights)], border: .replicate, as: Float.self))
        }
        var result = try Image<Float>.stacked(slices, along: .z, at: position)
        result.keepMeaning(of: self)
        return result
    }

    /// Weights that give the value between samples at a shift, anchored at their middle.
    private static func shiftWeights(_ shift: Double) -> [Double] {
        let weights = (-8...8).map { i in
            let distance = Double(i) - shift
            guard distance != 0 else { return 1.0 }
            guard abs(distance) < 8 else { return 0.0 }
            return sine(.pi * distance) / (.pi * distance) * (0.5 + 0.5 * cosine(.pi * distance / 8))
        }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}
