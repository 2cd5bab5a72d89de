import ImageCore
import ImageProcessing

/// One image of a sample and the work that waits for it.
struct ImageState: Sendable {
    /// What the waiting work starts from.
    private var source: AnyImage
    private var map: SpatialMap?
    private var sampling = Sampling.exact
    /// Changes of single pixels that wait, after the geometry.
    var operations: [RowOperation] = []
    /// What the result is to be made of.
    var form = OutputForm()
    private let kind: ScalarKind
    private let axes: [Axis]

    init(_ image: AnyImage) {
        source = image
        kind = image.kind
        axes = image.layout.axes
    }

    /// Adds geometry.
    ///
    /// What waits is done first where it cannot wait: pixels changed before are interpolated after.
    mutating func move(_ next: SpatialMap, _ reading: Sampling, _ workers: Int) throws(AugmentError) {
        let agree = sampling.isExact || reading.isExact || sampling.readsImages(like: reading)
        if !agree || !operations.isEmpty && !reading.isExact { try flush(workers) }
        map = map?.composed(with: next) ?? next
        if !reading.isExact { sampling = reading }
    }

    /// Adds changes of single pixels that depend on the whole image.
    mutating func measure(
        _ make: (ImageMeasures) -> [RowOperation], _ workers: Int
    ) throws(AugmentError) {
        operations += make(ImageMeasures(of: try planes(workers)))
    }

    /// Adds changes of single pixels that are found from the whole image.
    mutating func observe(
        _ make: (Image<Float>) throws(AugmentError) -> [RowOperation], _ workers: Int
    ) throws(AugmentError) {
        operations += try make(try planes(workers))
    }

    /// Changes the image as a whole.
    mutating func change(
        _ change: (inout Image<Float>, Int) throws(AugmentError) -> Void, index: Int, _ workers: Int
    ) throws(AugmentError) {
        var planes = try planes(workers)
        source = .bool(Image(axes: [.x], sizes: [0]))
        try change(&planes, index)
        source = .float32(planes)
    }

    /// Applies operations to one channel only.
    mutating func change(
        channel: Int, _ operations: [Operation], index: Int, _ path: String, _ workers: Int
    ) throws(AugmentError) {
        var planes = try planes(workers)
        guard channel < planes.channels else { return }
        var part = ImageState(.float32(planes.cropped(.channel, to: channel..<channel + 1).contiguous()))
        for operation in operations {
            switch operation {
            case .pixels(let pixels): part.operations += pixels
            case .measured(let make): try part.measure(make, workers)
            case .observed(let make): try part.observe(make, workers)
            case .image(let change): try part.change(change, index: index, workers)
            default:
                throw .transform(
                    path: path,
                    "per_channel: steps that move pixels or change the type cannot be applied to one channel")
            }
        }
        let changed = try part.planes(workers)
        source = .bool(Image(axes: [.x], sizes: [0]))
        Rendering.replace(channel: channel, of: &planes, with: changed)
        source = .float32(planes)
    }

    /// The image of floats with channels first that the waiting work gives; nothing waits afterwards.
    private mutating func planes(_ workers: Int) throws(AugmentError) -> Image<Float> {
        if case .float32(let image) = source, map == nil, operations.isEmpty, image.axes.first == .channel,
            image.layout.isContiguous
        {
            return image
        }
        try flush(workers)
        guard case .float32(let image) = source else { preconditionFailure("flushed to floats") }
        return image
    }

    private mutating func flush(_ workers: Int) throws(AugmentError) {
        let axes: [Axis] = source.isVolume ? [.channel, .z, .y, .x] : [.channel, .y, .x]
        source = try Rendering.rendered(
            source, map: map, sampling, operations, kind: .float32, axes: axes, workers: workers)
        (map, sampling, operations) = (nil, .exact, [])
    }

    /// The result in its own type and order of axes.
    mutating func finished(_ workers: Int) throws(AugmentError) -> AnyImage {
        var axes = axes
        if let first = form.channelsFirst {
            axes.removeAll { $0 == .channel }
            axes = first ? [.channel] + axes : axes + [.channel]
        }
        var result = try Rendering.rendered(
            source, map: map, sampling, operations, kind: form.kind ?? kind, axes: axes, workers: workers)
        if let domain = form.domain { result.domain = domain }
        return result
    }
}

extension OutputForm {
    /// Takes over what another form states.
    mutating func take(_ other: OutputForm) {
        kind = other.kind ?? kind
        domain = other.domain ?? domain
        channelsFirst = other.channelsFirst ?? channelsFirst
    }
}
