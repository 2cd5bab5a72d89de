package import ImageCore

/// How old samples share in each new one along an axis: any samples with any weights.
package struct LineTaps: Sendable {
    /// An old sample and its weight.
    package struct Share: Sendable {
        package let index: Int
        package let weight: Double

        package init(index: Int, weight: Double) { (self.index, self.weight) = (index, weight) }
    }

    private var shares: [[Share]] = []
    /// Number of old samples.
    package let sourceCount: Int
    /// Number of shares that a new sample has at most.
    package private(set) var longest = 1

    /// No new samples yet.
    ///
    /// - Parameter sourceCount: Number of old samples.
    package init(sourceCount: Int) { self.sourceCount = sourceCount }

    /// Number of new samples.
    package var count: Int { shares.count }

    /// The shares of a new sample.
    package subscript(sample: Int) -> [Share] { shares[sample] }

    /// Adds a new sample: each old one is named once, and those without weight are left out, for they may be NaN.
    ///
    /// - Precondition: indices of old samples.
    package mutating func append(_ new: [Share]) {
        var merged: [Share] = []
        for share in new where share.weight != 0 {
            precondition(share.index >= 0 && share.index < sourceCount, "an old sample")
            if let known = merged.firstIndex(where: { $0.index == share.index }) {
                merged[known] = Share(index: share.index, weight: merged[known].weight + share.weight)
            } else {
                merged.append(share)
            }
        }
        if merged.isEmpty { merged = [Share(index: new.first?.index ?? 0, weight: 0)] }
        shares.append(merged)
        longest = max(longest, merged.count)
    }

    /// Every sample as it is.
    package static func identity(_ count: Int) -> LineTaps {
        var result = LineTaps(sourceCount: count)
        for i in 0..<count { result.append([Share(index: i, weight: 1)]) }
        return result
    }

    /// The samples that others make of the samples of these.
    ///
    /// - Precondition: the others start from as many samples as these give.
    package func followed(by next: LineTaps) -> LineTaps {
        precondition(next.sourceCount == count, "as many samples")
        var result = LineTaps(sourceCount: sourceCount)
        for sample in next.shares {
            result.append(
                sample.flatMap { outer in
                    shares[outer.index].map { Share(index: $0.index, weight: $0.weight * outer.weight) }
                })
        }
        return result
    }
}

extension Image<Float> {
    /// The image with its lines along x, y and z made anew, all in one pass.
    ///
    /// Sums are calculated in `Float`, first over z and y, then along x. Everything but samples and sizes is kept.
    /// - Parameters:
    ///   - x: The taps along x.
    ///   - y: The taps along y.
    ///   - z: The taps along z; the identity of one sample for pictures.
    ///   - workers: Largest number of threads; the bytes are the same for any number.
    /// - Returns: The image in C order of the same axes.
    /// - Throws: ``ImageError`` for an image whose axes do not end with (z,) y, x, or taps of other sizes.
    package func resampled(x: LineTaps, y: LineTaps, z: LineTaps, workers: Int = 1) throws(ImageError) -> Image {
        let inner: [Axis] = layout.index(of: .z) == nil ? [.y, .x] : [.z, .y, .x]
        guard axes.suffix(inner.count) == inner[...], !isEmpty else {
            throw .invalidArgument("expected samples along \(inner), found \(layout.inWords)")
        }
        guard x.sourceCount == width, y.sourceCount == height, z.sourceCount == depth else {
            throw .invalidArgument("expected taps for \(layout.inWords)")
        }
        let outer = Array(sizes.dropLast(inner.count))
        let new = inner.map { $0 == .x ? x.count : $0 == .y ? y.count : z.count }
        let kernel = LineTapsKernel(x: x, y: y, z: z)
        let source = contiguous()
        var result = Image(axes: axes, sizes: outer + new) { (samples: inout MutableSpan<Float>) in
            kernel.fill(source.samples, count: outer.reduce(1, *), into: &samples, workers: workers)
        }
        result.keepMeaning(of: self)
        return result
    }
}
