import ImageCore

/// The shape of a volume in canonical order: what is neither space nor channel, then z, y, x, then the channels.
struct VolumeShape {
    /// Number of volumes: the product of time and all other axes.
    let outer: Int
    let depth: Int
    let height: Int
    let width: Int
    let channels: Int

    /// Number of samples in one row.
    var rowLength: Int { width * channels }
    /// Number of samples in one slice.
    var sliceLength: Int { height * rowLength }

    init(_ layout: Layout) {
        depth = layout.size(of: .z)
        height = layout.size(of: .y)
        width = layout.size(of: .x)
        channels = layout.size(of: .channel)
        let spatial = zip(layout.axes, layout.sizes).filter { !$0.0.isSpatial && $0.0 != .channel }
        outer = spatial.reduce(1) { $0 * $1.1 }
    }

    /// The axes of an image in canonical order.
    static func canonicalAxes(_ axes: [Axis]) -> [Axis] {
        let others = axes.filter { !$0.isSpatial && $0 != .channel }
        return others + [.z, .y, .x, .channel].filter { axes.contains($0) }
    }
}

extension Image {
    /// The sizes of a mask or volume of one channel with the axes `[.z, .y, .x]`.
    func checkVolumeAxes() throws(ImageError) {
        guard axes == [.z, .y, .x] else { throw .invalidArgument("expected the axes z, y, x, found \(axes)") }
    }
}
