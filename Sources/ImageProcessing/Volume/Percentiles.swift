public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The values below which given parts of the samples lie.
    ///
    /// As NumPy's `percentile` does by default: sample k of n in rising order stands for (k − 1)/(n − 1), and values between
    /// are interpolated linearly (type 7 of Hyndman and Fan, 1996). NaN is passed over. Samples of at most 16 bits are
    /// counted, others sorted.
    ///
    /// - Parameters:
    ///   - percents: From 0, the smallest sample, to 100, the largest.
    ///   - mask: Where samples count; it has the image's shape. `nil` counts all.
    /// - Returns: One value for each percent.
    /// - Throws: ``ImageError/emptyImage`` when no sample counts, ``ImageError/shapeMismatch(expected:found:)``,
    ///   ``ImageError/invalidArgument(_:)`` for a percent beyond 0 to 100.
    public func percentiles(_ percents: [Double], where mask: Image<Bool>? = nil) throws(ImageError) -> [Double] {
        if let mask, mask.axes != axes || mask.sizes != sizes {
            throw .shapeMismatch(expected: sizes, found: mask.sizes)
        }
        for percent in percents where !(0...100).contains(percent) {
            throw .invalidArgument("expected a percent from 0 to 100, found \(percent)")
        }
        let order = AnyImage(self).accept(RisingOrder(mask: mask?.contiguous()))
        guard order.count > 0 else { throw .emptyImage }
        return percents.map { percent in
            let place = percent / 100 * Double(order.count - 1)
            let low = Int(place)
            let (a, b) = (order.value(at: low), order.value(at: min(low + 1, order.count - 1)))
            return place == Double(low) ? a : a + (b - a) * (place - Double(low))
        }
    }
}

/// Samples in rising order: each value once, with the number of samples up to it.
private struct SampleOrder {
    var values: [Double] = []
    var ends: [Int] = []
    var count: Int { ends.last ?? 0 }

    /// The sample at a place from 0 up to the count.
    func value(at place: Int) -> Double {
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > place { high = middle } else { low = middle + 1 }
        }
        return values[low]
    }

    mutating func append(_ value: Double, times: Int) {
        guard times > 0 else { return }
        values.append(value)
        ends.append(count + times)
    }
}

private struct RisingOrder: ImageVisitor {
    let mask: Image<Bool>?

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> SampleOrder {
        let source = image.contiguous()
        return Scalar.kind.byteCount <= 2 && !Scalar.kind.isFloatingPoint ? counted(source) : sorted(source)
    }

    private func counted<Scalar: ImageScalar>(_ image: Image<Scalar>) -> SampleOrder {
        let lowest = Int(Int16.min)
        var counts = [Int](repeating: 0, count: 3 << 15)
        visitSamples(image) { counts[Int($0.saturated(to: Int32.self)) - lowest] += 1 }
        var order = SampleOrder()
        for (index, count) in counts.enumerated() { order.append(Double(index + lowest), times: count) }
        return order
    }

    private func sorted<Scalar: ImageScalar>(_ image: Image<Scalar>) -> SampleOrder {
        var values: [Double] = []
        visitSamples(image) {
            let value = $0.saturated(to: Double.self)
            if !value.isNaN { values.append(value) }
        }
        values.sort()
        var order = SampleOrder()
        for value in values { order.append(value, times: 1) }
        return order
    }

    private func visitSamples<Scalar: ImageScalar>(_ image: Image<Scalar>, _ body: (Scalar) -> Void) {
        let samples = image.samples
        guard let mask else {
            for i in 0..<samples.count { body(samples[i]) }
            return
        }
        let included = mask.samples
        for i in 0..<samples.count where included[i] { body(samples[i]) }
    }
}
