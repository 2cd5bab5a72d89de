import ImageCore
import ImageProcessing

/// One image of a sample and the work that waits for it.
struct ImageState: Sendable {
    /// What the waiting work starts from.
    private var source: AnyImage
    private var waiting = WaitingGeometry()
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
    ///
    /// - Returns: Whether the pixels that the geometry reads are there: nothing waited before it.
    mutating func move(
        _ next: SpatialMap, _ reading: Sampling, from size: SpatialSize, _ workers: Int
    ) throws(AugmentError) -> Bool {
        let joins = waiting.joins(next, reading, from: size, { $0.readsImages(like: $1) }, interpolates: true)
        if !joins || !operations.isEmpty && !reading.isExact { try flush(workers) }
        let isOnGrid = waiting.map == nil
        waiting.join(next, reading, from: size)
        return isOnGrid
    }

    /// Adds one operation that leaves pixels in their places; one of another kind is refused.
    ///
    /// - Returns: Whether it could be added.
    mutating func add(
        _ operation: Operation, index: Int, _ workers: Int
    ) throws(AugmentError) -> Bool {
        switch operation {
        case .pixels(let pixels): operations += pixels
        case .averaged(let make): operations += make(try measures(.means, workers).mean)
        case .measured(let make): operations += make(try measures(.all, workers))
        case .observed(let make): operations += try make(try planes(workers))
        case .image(let change):
            var planes = try planes(workers)
            source = Self.nothing
            try change(&planes, index)
            source = .float32(planes)
        default: return false
        }
        return true
    }

    /// Applies operations to one channel only.
    mutating func change(
        channel: Int, _ operations: [Operation], index: Int, _ path: String, _ workers: Int
    ) throws(AugmentError) {
        guard source.channelCount > 1 else {
            // The only channel is the image.
            if channel == 0 { try add(operations, index: index, path, workers) }
            return
        }
        var planes = try planes(workers)
        guard channel < planes.channels else { return }
        var part = ImageState(.float32(planes.cropped(.channel, to: channel..<channel + 1).contiguous()))
        try part.add(operations, index: index, path, workers)
        let changed = try part.planes(workers)
        source = Self.nothing
        Rendering.replace(channel: channel, of: &planes, with: changed)
        source = .float32(planes)
    }

    private mutating func add(
        _ operations: [Operation], index: Int, _ path: String, _ workers: Int
    ) throws(AugmentError) {
        for operation in operations where try !add(operation, index: index, workers) {
            throw .ofOneChannel(path)
        }
    }

    /// Whether nothing waits, and the source is an image of floats with channels first.
    private var isDone: Bool {
        waiting.map == nil && operations.isEmpty && source.kind == .float32 && source.layout.axes.first == .channel
            && source.layout.isContiguous
    }

    /// The image of floats with channels first that the waiting work gives; nothing waits afterwards.
    private mutating func planes(_ workers: Int) throws(AugmentError) -> Image<Float> {
        if !isDone { try flush(workers) }
        guard case .float32(let image) = source else { preconditionFailure("flushed to floats") }
        return image
    }

    /// The statistics of that image.
    private mutating func measures(
        _ statistic: ChannelStatistic, _ workers: Int
    ) throws(AugmentError) -> ImageMeasures {
        if !isDone, let measures = try flush(workers, measuring: statistic) { return measures }
        return ImageMeasures(of: try planes(workers), statistic, workers: workers)
    }

    @discardableResult
    private mutating func flush(
        _ workers: Int, measuring statistic: ChannelStatistic? = nil
    ) throws(AugmentError) -> ImageMeasures? {
        let axes: [Axis] = source.isVolume ? [.channel, .z, .y, .x] : [.channel, .y, .x]
        defer {
            waiting.clear()
            operations = []
        }
        if var planes = ownPlanes(axes) {
            let measures = try Rendering.change(&planes, operations, measuring: statistic, workers: workers)
            source = .float32(planes)
            return measures
        }
        guard let statistic else {
            source = try Rendering.rendered(
                source, map: waiting.map, waiting.sampling, operations, kind: .float32, axes: axes, workers: workers)
            return nil
        }
        let (image, measures) = try Rendering.renderedWithMeasures(
            source, map: waiting.map, waiting.sampling, operations, axes: axes, measuring: statistic, workers: workers)
        source = image
        return measures
    }

    /// The image of floats with these axes that nobody else has, taken out so that it can be changed where it is.
    private mutating func ownPlanes(_ axes: [Axis]) -> Image<Float>? {
        guard waiting.map == nil, case .float32(var image) = source, image.axes == axes else { return nil }
        source = Self.nothing
        if image.isReadyToWrite { return image }
        source = .float32(image)
        return nil
    }

    /// Stands for a source that is being changed: the memory then has one owner.
    private static var nothing: AnyImage { .bool(Image(axes: [.x], sizes: [0])) }

    /// The result in its own type and order of axes.
    mutating func finished(_ workers: Int) throws(AugmentError) -> AnyImage {
        var axes = axes
        if let first = form.channelsFirst {
            axes.removeAll { $0 == .channel }
            axes = first ? [.channel] + axes : axes + [.channel]
        }
        let planar = [.channel] + axes.filter { $0 != .channel }
        var result: AnyImage
        if (form.kind ?? kind) == .float32, axes.first == .channel || axes.count < planar.count,
            var planes = ownPlanes(planar)
        {
            try Rendering.change(&planes, operations, workers: workers)
            // Without the axis there is one channel.
            result = .float32(axes == planar ? planes : (try? planes.removing(.channel)) ?? planes)
        } else {
            result = try Rendering.rendered(
                source, map: waiting.map, waiting.sampling, operations, kind: form.kind ?? kind, axes: axes,
                workers: workers)
        }
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

extension AugmentError {
    /// For a step that cannot be applied to one channel.
    static func ofOneChannel(_ path: String) -> AugmentError {
        .transform(
            path: path, "per_channel: steps that move pixels or change the type cannot be applied to one channel")
    }
}
