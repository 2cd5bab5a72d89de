public import ImageCore

extension AnyImage {
    /// The image moved by a map, changed pixel by pixel, as another type and order of axes: all in one pass.
    ///
    /// Samples are interpolated in `Float`; nothing is rounded before the end, where integers are rounded half away from zero and saturate.
    /// 64-bit and unsigned 32-bit integers and `Double` become `Float` first. Labels are never interpolated: masks, and images whose color
    /// or domain says labels, take the nearest sample whatever is asked for, and stay exact while their type stays.
    ///
    /// Color, domain and metadata are kept. The geometry follows the map; see ``Image/warped(by:interpolation:border:workers:)``.
    ///
    /// - Parameters:
    ///   - map: Where the pixels of the result come from; `nil` keeps them in place. Pictures have a z of 1.
    ///   - interpolation: What lies between samples.
    ///   - border: What lies beyond the edges.
    ///   - operations: Changes of single pixels, in this order.
    ///   - kind: The type of the result's samples.
    ///   - axes: The axes of the result: those of the image in any order; a channel axis may be left out or added where there is one channel.
    ///   - workers: Largest number of threads; the result is the same for any number.
    /// - Returns: The result in C order of the axes.
    /// - Throws: ``ImageError`` for other axes, an empty image or size, or operations that do not fit the channels.
    public func rendered(
        map: SpatialMap?, interpolation: Interpolation, border: BorderMode, operations: [RowOperation],
        kind: ScalarKind, axes: [Axis], workers: Int
    ) throws(ImageError) -> AnyImage {
        try rendered(
            map: map, interpolation: interpolation, border: border, operations: operations, kind: kind, axes: axes,
            workers: workers, level: .best)
    }

    /// The image rendered with kernels of a level.
    package func rendered(
        map: SpatialMap?, interpolation: Interpolation, border: BorderMode, operations: [RowOperation],
        kind: ScalarKind, axes: [Axis], workers: Int, level: KernelLevel
    ) throws(ImageError) -> AnyImage {
        let isNearest = interpolation == .nearest || interpolation == .area || holdsLabels
        if let map, isNearest, operations.isEmpty, kind == self.kind, axes == self.axes {
            return try renderedLabels(map: map, border: border, workers: workers, level: level)
        }
        return try rendered(map, isNearest ? .nearest : interpolation, border, operations, kind, axes, workers, level)
            .image
    }

    /// The image rendered, and the statistics of its channels before samples are rounded; see
    /// ``rendered(map:interpolation:border:operations:kind:axes:workers:)``.
    package func renderedWithMeasures(
        map: SpatialMap?, interpolation: Interpolation, border: BorderMode, operations: [RowOperation],
        kind: ScalarKind, axes: [Axis], measuring statistic: ChannelStatistic = .all, workers: Int,
        level: KernelLevel = .best
    ) throws(ImageError) -> (image: AnyImage, measures: ChannelMeasures) {
        let isNearest = interpolation == .nearest || interpolation == .area || holdsLabels
        let (image, statistics) = try rendered(
            map, isNearest ? .nearest : interpolation, border, operations, kind, axes, workers, level,
            measuring: statistic)
        return (image, statistics?.combined ?? ChannelMeasures())
    }

    private func rendered(
        _ map: SpatialMap?, _ interpolation: Interpolation, _ border: BorderMode, _ operations: [RowOperation],
        _ kind: ScalarKind, _ axes: [Axis], _ workers: Int, _ level: KernelLevel,
        measuring: ChannelStatistic? = nil
    ) throws(ImageError) -> (image: AnyImage, statistics: RowStatistics?) {
        let plan = try RenderPlan(self, map, axes)
        var prepared = try PreparedOperations(operations, channels: channels)
        let tables = map == nil && self.kind == .uint8 ? ByteTables(operations, channels: channels) : nil
        if tables != nil { prepared = try PreparedOperations([], channels: channels) }
        let pass = RowPass(
            level: level, stages: try map.map { map throws(ImageError) in try PreparedStages(map.stages) },
            interpolation: interpolation, border: border,
            operations: prepared, tables: tables, target: plan.target, targetKind: kind, workers: workers,
            statistics: measuring.map { RowStatistics(plan.target, $0) })
        let source = map == nil || self.kind.isSampledDirectly ? self : .float32(converted(to: Float.self))
        let image = try AnyImage(
            kind: kind, axes: axes, sizes: plan.sizes, color: color, domain: domain,
            geometry: map.map { geometry?.warped(by: $0) } ?? geometry, metadata: metadata
        ) { (bytes: inout MutableRawSpan) throws(ImageError) in try source.run(pass, into: &bytes) }
        return (image, pass.statistics)
    }

    /// Labels moved by a map: every pixel takes the sample that holds its place, as it is.
    ///
    /// Works for every type of samples. Color, domain, metadata and the order of the axes are kept; the geometry follows the map.
    ///
    /// - Parameters:
    ///   - map: Where the pixels of the result come from.
    ///   - border: What lies beyond the edges; a constant saturates to the type.
    ///   - workers: Largest number of threads.
    /// - Returns: The result in C order.
    /// - Throws: ``ImageError`` for axes other than x, y, z and channel, an empty image or size.
    public func renderedLabels(map: SpatialMap, border: BorderMode, workers: Int) throws(ImageError) -> AnyImage {
        try renderedLabels(map: map, border: border, workers: workers, level: .best)
    }

    /// Labels moved with kernels of a level.
    package func renderedLabels(
        map: SpatialMap, border: BorderMode, workers: Int, level: KernelLevel
    ) throws(ImageError) -> AnyImage {
        let plan = try RenderPlan(self, map, axes)
        let pass = LabelPass(
            level: level, stages: try PreparedStages(map.stages), border: border, target: plan.target,
            workers: workers)
        return try transformed(by: MoveLabels(pass: pass, map: map, sizes: plan.sizes))
    }

    private var holdsLabels: Bool { kind == .bool || color == .labels || domain == .labels }

    private func run(_ pass: RowPass, into bytes: inout MutableRawSpan) throws(ImageError) {
        switch self {
        case .bool(let image): try pass.run(image, into: &bytes)
        case .int8(let image): try pass.run(image, into: &bytes)
        case .int16(let image): try pass.run(image, into: &bytes)
        case .int32(let image): try pass.run(image, into: &bytes)
        case .int64(let image): try pass.run(image, into: &bytes)
        case .uint8(let image): try pass.run(image, into: &bytes)
        case .uint16(let image): try pass.run(image, into: &bytes)
        case .uint32(let image): try pass.run(image, into: &bytes)
        case .uint64(let image): try pass.run(image, into: &bytes)
        case .float16(let image): try pass.run(image, into: &bytes)
        case .float32(let image): try pass.run(image, into: &bytes)
        case .float64(let image): try pass.run(image, into: &bytes)
        }
    }

    private func converted<Target: NumericScalar>(to type: Target.Type) -> Image<Target> {
        accept(Convert<Target>())
    }
}

private struct Convert<Target: NumericScalar>: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Target> { image.converted() }
}

private struct MoveLabels: ImageTransform {
    let pass: LabelPass
    let map: SpatialMap
    let sizes: [Int]

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        var result = try Image<Scalar>(axes: image.axes, sizes: sizes) {
            (samples: inout MutableSpan<Scalar>) throws(ImageError) in
            try pass.run(image, into: &samples)
        }
        result.keepMeaning(of: image)
        result.geometry = image.geometry?.warped(by: map)
        return result
    }
}

/// The sizes of a rendered result, checked.
private struct RenderPlan {
    let sizes: [Int]
    let target: RowGrid

    init(_ image: AnyImage, _ map: SpatialMap?, _ axes: [Axis]) throws(ImageError) {
        let source = try RowGrid(image.layout)
        let size = map?.outputSize ?? source.size
        guard !size.isEmpty, size.x < 1 << 24, size.y < 1 << 24, size.z < 1 << 24 else {
            throw .invalidArgument("expected a size from 1 to 2²⁴ along each axis, found \(size)")
        }
        guard !source.isFlat || size.z == 1 else {
            throw .invalidArgument("expected a map with a z of 1 for a picture, found \(size)")
        }
        let (old, new) = (Set(image.axes), Set(axes))
        guard new.count == axes.count, old.symmetricDifference(new).subtracting([.channel]).isEmpty,
            old.contains(.channel) == new.contains(.channel) || source.channels == 1
        else { throw .invalidArgument("expected the axes \(image.axes) in some order, found \(axes)") }
        sizes = axes.map { axis in
            switch axis {
            case .x: size.x
            case .y: size.y
            case .z: size.z
            default: source.channels
            }
        }
        let (count, overflow) = sizes.reduce((1, false)) { product, size in
            let (value, overflow) = product.0.multipliedReportingOverflow(by: size)
            return (value, product.1 || overflow)
        }
        guard !overflow, count < 1 << 48 else { throw .invalidArgument("expected a smaller result, found \(sizes)") }
        target = try RowGrid(Layout(axes: axes, sizes: sizes))
    }
}
