public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The image with its values spread so that all occur about equally often: histogram equalization.
    ///
    /// The histogram is that of all samples; it has 256 levels for 8-bit samples and 65,536 for others, from black to white
    /// of the domain or, where that has none, from the smallest to the largest sample. The smallest value that
    /// occurs becomes black, the largest white; an image of one value stays as it is. For `UInt8` the same as OpenCV's
    /// `equalizeHist`. For color pictures convert to YCbCr and equalize its first channel.
    /// - Returns: The image in C order, everything but the samples kept.
    /// - Throws: ``ImageError/emptyImage``, ``ImageError/invalidArgument(_:)`` for labels.
    public func histogramEqualized() throws(ImageError) -> Image {
        try checkNotEmpty()
        let levels = try ValueLevels(self)
        let indices = AnyImage(self).accept(ToLevels(levels: levels))
        var counts = [Int](repeating: 0, count: levels.count)
        indices.reduce(into: ()) { counts[Int($1)] += 1 }
        guard let first = counts.firstIndex(where: { $0 > 0 }), counts[first] < count else { return contiguous() }
        let scale = Float(levels.count - 1) / Float(count - counts[first])
        var sum = 0
        let table = counts.indices.map { level in
            if level > first { sum += counts[level] }
            // In single precision, halves to even, as OpenCV calculates it.
            return Double((Float(sum) * scale).rounded(.toNearestOrEven))
        }
        return AnyImage(indices.map { Scalar(saturating: levels.value(of: table[Int($0)])) })
            .converted(to: Scalar.self).withMeaning(of: self)
    }
}

/// The level of every sample.
struct ToLevels: ImageVisitor {
    let levels: ValueLevels

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<UInt16> {
        image.map { levels.level(of: $0.saturated(to: Double.self)) }
    }
}
