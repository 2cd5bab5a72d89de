import ImageCore
import ImageProcessing

/// Does the work that waited: one resampling with the changes of single pixels and the conversion in the same pass.
enum Rendering {
    /// An image moved by a map, changed pixel by pixel, as a type and an order of axes.
    ///
    /// Where a map only puts pixels on pixels and nothing else changes, samples of any type are moved as they are.
    static func rendered(
        _ source: AnyImage, map: SpatialMap?, _ sampling: Sampling, _ operations: [RowOperation], kind: ScalarKind,
        axes: [Axis], workers: Int
    ) throws(AugmentError) -> AnyImage {
        let (source, map) = viewed(source, map)
        do {
            if map == nil, operations.isEmpty, source.kind == kind, Set(source.layout.axes) == Set(axes) {
                return try source.transformed(by: Rearranging(axes: axes))
            }
            return try source.rendered(
                map: map, interpolation: interpolation(sampling, map, source), border: sampling.border,
                operations: joined(operations, channels: source.channelCount), kind: kind, axes: axes, workers: workers)
        } catch {
            throw .sample("\(error)")
        }
    }

    /// An image of floats moved and changed as above, and its statistics.
    static func renderedWithMeasures(
        _ source: AnyImage, map: SpatialMap?, _ sampling: Sampling, _ operations: [RowOperation], axes: [Axis],
        measuring statistic: ChannelStatistic, workers: Int
    ) throws(AugmentError) -> (AnyImage, ImageMeasures) {
        let (source, map) = viewed(source, map)
        do {
            let (image, measures) = try source.renderedWithMeasures(
                map: map, interpolation: interpolation(sampling, map, source), border: sampling.border,
                operations: joined(operations, channels: source.channelCount), kind: .float32, axes: axes,
                measuring: statistic, workers: workers)
            return (image, ImageMeasures(measures))
        } catch {
            throw .sample("\(error)")
        }
    }

    /// Where floats move by whole pixels, interpolation would mix NaN and infinity into neighbors by a weight of 0.
    private static func interpolation(_ sampling: Sampling, _ map: SpatialMap?, _ source: AnyImage) -> Interpolation {
        let isWhole = source.kind.isFloatingPoint && map?.affine?.isWholeTranslation == true
        return isWhole ? .nearest : sampling.interpolation
    }

    /// Changes an image of floats pixel by pixel, where it is.
    @discardableResult
    static func change(
        _ image: inout Image<Float>, _ operations: [RowOperation], measuring: ChannelStatistic? = nil, workers: Int
    ) throws(AugmentError) -> ImageMeasures? {
        guard measuring != nil || !operations.isEmpty else { return nil }
        do {
            let measures = try image.change(
                by: joined(operations, channels: image.channels), measuring: measuring, workers: workers)
            return measures.map { ImageMeasures($0) }
        } catch {
            throw .sample("\(error)")
        }
    }

    /// A view where a map only puts pixels on pixels.
    private static func viewed(_ source: AnyImage, _ map: SpatialMap?) -> (AnyImage, SpatialMap?) {
        guard let map, let view = LatticeView(map, of: source) else { return (source, map) }
        return (source.transformed(by: view), nil)
    }

    /// Labels moved by a map.
    static func moved(
        labels: AnyImage, by map: SpatialMap, _ sampling: Sampling, workers: Int
    ) throws(AugmentError) -> AnyImage {
        do {
            if let view = LatticeView(map, of: labels) {
                return try labels.transformed(by: view).transformed(by: Rearranging(axes: labels.layout.axes))
            }
            let border = sampling.labelFill.map { BorderMode.constant(Double($0)) } ?? sampling.border
            return try labels.renderedLabels(map: map, border: border, workers: workers)
        } catch {
            throw .sample("\(error)")
        }
    }

    /// Writes one channel of an image with channels first.
    static func replace(channel: Int, of image: inout Image<Float>, with other: Image<Float>) {
        let (length, source) = (other.count, other.samples)
        var samples = image.mutableSamples
        var plane = samples._mutatingExtracting(channel * length..<(channel + 1) * length)
        for i in 0..<length { plane[i] = source[i] }
    }

    private static func joined(_ operations: [RowOperation], channels: Int) -> [RowOperation] {
        operations.reduce(into: []) { result, next in
            if let last = result.last, let both = last.joined(with: next, channels: channels) {
                result[result.count - 1] = both
            } else {
                result.append(next)
            }
        }
    }
}

/// The same samples in C order of some axes; nothing is copied where they are that already.
private struct Rearranging: ImageTransform {
    let axes: [Axis]

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        try image.copiedInOrder(of: axes)
    }
}

extension AnyImage {
    /// Number of channels; 1 without the axis.
    var channelCount: Int { layout.size(of: .channel) }
}
