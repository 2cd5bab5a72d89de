public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with values that are distributed like those of another: every value becomes the one of the same rank there.
    ///
    /// Channel by channel. The share of samples up to a value is looked up in that of the reference, linear between its values,
    /// as scikit-image's `match_histograms` does. NaN stays and does not count.
    /// - Parameters:
    ///   - reference: An image of the same number of channels and any size.
    ///   - amount: 1 for the values of the reference, less for a mean of old and new.
    /// - Returns: The image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/emptyImage``; ``ImageError/invalidArgument(_:)`` for other channels or an amount outside 0…1.
    public func histogramMatched(to reference: Image, amount: Double = 1) throws(ImageError) -> Image {
        try checkNotEmpty()
        try reference.checkNotEmpty()
        guard channels == reference.channels else {
            throw .invalidArgument("expected a reference of \(channels) channels, found \(reference.channels)")
        }
        guard (0...1).contains(amount) else {
            throw .invalidArgument("expected an amount from 0 to 1, found \(amount)")
        }
        func planes(_ image: Image) throws(ImageError) -> Image<Double> {
            let order = [.channel] + image.axes.filter { $0 != .channel }
            let numbers = AnyImage(image).converted(to: Double.self)
            return try (image.axes.contains(.channel) ? numbers : numbers.adding(.channel, at: 0)).rearranged(to: order)
        }
        var matched = try planes(self)
        let other = try planes(reference)
        let (length, otherLength) = (matched.count / channels, other.count / channels)
        var samples = matched.mutableSamples
        let otherSamples = other.samples
        for channel in 0..<channels {
            let (start, otherStart) = (channel * length, channel * otherLength)
            let old = ValueRanks((0..<length).map { samples[start + $0] })
            let new = ValueRanks((0..<otherLength).map { otherSamples[otherStart + $0] })
            guard !new.values.isEmpty else { continue }
            let targets = old.shares.map { new.value(at: $0) }
            for i in start..<start + length {
                let value = samples[i]
                guard let place = old.index(of: value) else { continue }
                samples[i] = value + amount * (targets[place] - value)
            }
        }
        if !axes.contains(.channel) { matched = try matched.removing(.channel) }
        return AnyImage(try matched.rearranged(to: axes)).converted(to: Scalar.self).withMeaning(of: self)
    }
}

/// The different values of samples, rising, and the share of samples up to each.
private struct ValueRanks {
    private(set) var values: [Double] = []
    private(set) var shares: [Double] = []

    init(_ samples: [Double]) {
        let sorted = samples.filter { !$0.isNaN }.sorted()
        for (i, value) in sorted.enumerated() where i + 1 == sorted.count || sorted[i + 1] != value {
            values.append(value)
            shares.append(Double(i + 1) / Double(sorted.count))
        }
    }

    /// The place of a value; `nil` for NaN.
    func index(of value: Double) -> Int? {
        let place = first { values[$0] >= value }
        return place < values.count && values[place] == value ? place : nil
    }

    /// The value up to which a share of the samples goes.
    func value(at share: Double) -> Double {
        let next = first { shares[$0] >= share }
        guard next > 0 else { return values[0] }
        guard next < values.count else { return values[values.count - 1] }
        let part = (share - shares[next - 1]) / (shares[next] - shares[next - 1])
        return values[next - 1] + part * (values[next] - values[next - 1])
    }

    /// The first index for which a rising condition holds (bisection).
    private func first(_ condition: (Int) -> Bool) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if condition(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
