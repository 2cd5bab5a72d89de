public import ImageCore

/// A sample and where it is.
public struct LocatedSample<Scalar: NumericScalar>: Sendable, Hashable {
    /// The coordinates in the order of the image's axes.
    public var coordinates: [Int]
    /// The value.
    public var value: Scalar

    /// A sample by its parts.
    public init(coordinates: [Int], value: Scalar) {
        self.coordinates = coordinates
        self.value = value
    }
}

extension Image where Scalar: NumericScalar {
    /// The picture with every sample set to 0 that is not the largest of the square around it: non-maximum suppression.
    ///
    /// Of neighbors that are equal all stay. Samples beyond the edges do not count.
    /// - Parameter radius: Half the width of the square, 1 to 2,048.
    /// - Returns: The picture in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)``, ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func nonMaximaSuppressed(radius: Int = 1) throws(ImageError) -> Image {
        guard (1...2048).contains(radius) else {
            throw .invalidArgument("expected a radius from 1 to 2048, found \(radius)")
        }
        let size = 2 * radius + 1
        // A square is a row of columns.
        let wide = try morphology(.dilate, by: .rectangle(width: size, height: 1))
        let largest = try wide.morphology(.dilate, by: .rectangle(width: 1, height: size))
        return try combined(with: largest) { $0 == $1 ? $0 : .zero }
    }

    /// The largest samples in falling order; of equal ones those that come first in C order.
    ///
    /// NaN is passed over.
    /// - Parameter count: Number of samples wanted; fewer are given when there are no more.
    /// - Returns: The samples with their coordinates.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a negative number.
    public func largestSamples(_ count: Int) throws(ImageError) -> [LocatedSample<Scalar>] {
        guard count >= 0 else { throw .invalidArgument("expected a number of 0 or more, found \(count)") }
        guard count > 0, !isEmpty else { return [] }
        let source = contiguous()
        let samples = source.samples
        // A heap whose root is the least of those kept.
        var kept = SampleHeap<Scalar>()
        for i in 0..<samples.count where samples[i] == samples[i] {
            if kept.count < count {
                kept.push(i, samples[i])
            } else if let least = kept.least, samples[i] > least {
                kept.replaceLeast(i, samples[i])
            }
        }
        return kept.sorted().map { LocatedSample(coordinates: coordinates(of: $0.index), value: $0.value) }
    }

    private func coordinates(of index: Int) -> [Int] {
        var (rest, result) = (index, sizes)
        for axis in sizes.indices.reversed() {
            (rest, result[axis]) = rest.quotientAndRemainder(dividingBy: sizes[axis])
        }
        return result
    }
}

/// The largest samples so far, the least of them at the root.
private struct SampleHeap<Scalar: NumericScalar> {
    private var entries: [(value: Scalar, index: Int)] = []

    var count: Int { entries.count }
    var least: Scalar? { entries.first?.value }

    mutating func push(_ index: Int, _ value: Scalar) {
        entries.append((value, index))
        var i = entries.count - 1
        while i > 0, isLess(i, (i - 1) / 2) {
            entries.swapAt(i, (i - 1) / 2)
            i = (i - 1) / 2
        }
    }

    mutating func replaceLeast(_ index: Int, _ value: Scalar) {
        entries[0] = (value, index)
        var i = 0
        while true {
            var least = i
            for child in [2 * i + 1, 2 * i + 2] where child < entries.count && isLess(child, least) { least = child }
            guard least != i else { return }
            entries.swapAt(i, least)
            i = least
        }
    }

    func sorted() -> [(value: Scalar, index: Int)] {
        entries.sorted { $0.value > $1.value || ($0.value == $1.value && $0.index < $1.index) }
    }

    /// Whether an entry is less: of equal values the later one.
    private func isLess(_ a: Int, _ b: Int) -> Bool {
        let (a, b) = (entries[a], entries[b])
        return a.value < b.value || (a.value == b.value && a.index > b.index)
    }
}
