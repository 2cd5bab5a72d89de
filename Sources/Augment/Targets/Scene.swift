public import ImageCore
public import ImageProcessing

/// What reaches a transform: the shape and meaning of the sample's images, and its labels on request.
public struct Scene: Sendable {
    /// The size in x, y, z; z is 1 for pictures.
    public var size: SpatialSize
    /// Whether there is an axis z.
    public var isVolume: Bool
    /// Number of channels of the first image.
    public var channels: Int
    /// The color model of the first image.
    public var color: ColorModel
    /// What the numbers of the first image stand for.
    public var domain: ValueDomain
    /// The scalar of the first image.
    public var kind: ScalarKind
    /// Distances between voxels along x, y, z, where they are known.
    public var spacingMillimetres: SIMD3<Double>?
    /// Unit vectors along which x, y and z grow in space, where they are known.
    public var direction: Direction?
    /// The scalars of the labels that the sample came with.
    var labelKinds: [ScalarKind] = []
    /// Gives the labels as the transform meets them; costs a resampling where earlier steps moved them.
    var currentLabels: @Sendable () throws(AugmentError) -> [AnyImage] = { () throws(AugmentError) in [] }

    /// The labels as the transform meets them.
    public func labels() throws(AugmentError) -> [AnyImage] { try currentLabels() }

    /// The values of black and white, where the domain has them.
    public var blackAndWhite: ClosedRange<Double>? {
        switch kind {
        case .uint8: domain.blackAndWhite(in: UInt8.self)
        case .uint16: domain.blackAndWhite(in: UInt16.self)
        case .uint32: domain.blackAndWhite(in: UInt32.self)
        case .int8, .int16, .int32, .int64: domain.blackAndWhite(in: Int32.self)
        case .uint64: domain.blackAndWhite(in: UInt64.self)
        case .float16, .float32, .float64, .bool: domain.blackAndWhite(in: Float.self)
        }
    }

    /// White minus black where the domain has both, otherwise 1: what ``ParameterUnit/valueRange`` counts in.
    public var valueRange: Double { blackAndWhite.map { $0.upperBound - $0.lowerBound } ?? 1 }

    /// Number of voxels along an axis: 0 for x, 1 for y, 2 for z.
    public func extent(_ axis: Int) -> Int { axis == 0 ? size.x : axis == 1 ? size.y : size.z }
}

extension Scene {
    /// What a transform meets that a sample reaches first.
    init(_ sample: Sample) {
        let first = sample.images[0]
        self.init(
            size: first.spatialSize, isVolume: first.isVolume, channels: first.channelCount, color: first.color,
            domain: first.domain, kind: first.kind, spacingMillimetres: first.geometry?.spacingMillimetres,
            direction: first.geometry?.direction, labelKinds: sample.labels.map(\.kind))
    }

    /// What a transform meets whose sample nobody has read.
    init(_ shape: SampleShape, labels: SampleShape? = nil) {
        self.init(
            size: SpatialSize(x: shape.length(.x) ?? 1, y: shape.length(.y) ?? 1, z: shape.length(.z) ?? 1),
            isVolume: shape.length(.z) != nil, channels: shape.length(.channel) ?? 1, color: shape.color,
            domain: shape.domain, kind: shape.kind, spacingMillimetres: shape.geometry?.spacingMillimetres,
            direction: shape.geometry?.direction, labelKinds: labels.map { [$0.kind] } ?? [])
    }

    /// Distances between voxels where they are known and above 0.
    var knownSpacing: SIMD3<Double>? { spacingMillimetres.flatMap { $0.min() > 0 ? $0 : nil } }

    /// From steps along x, y and z of the grid to millimetres in a frame whose first axis is x and whose first two span x and y.
    ///
    /// The scale of spacing where the axes stand upright on each other, and a shear besides where they do not, as with a tilted
    /// gantry. `nil` where spacing is not known or the axes do not span space.
    var gridInMillimetres: AffineMap? {
        guard let spacing = knownSpacing else { return nil }
        guard let direction else { return .scale(spacing) }
        func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }
        let (x, y, z) = (direction.x, direction.y, direction.z)
        let (xy, xz) = (dot(x, y), dot(x, z))
        guard max(abs(xy), abs(xz), abs(dot(y, z))) > 1e-6 else { return .scale(spacing) }
        // Gram and Schmidt: x, what y adds to it, and what z adds to both.
        let across = y - xy * x
        let width = dot(across, across).squareRoot()
        let yz = dot(z, across) / width
        let rest = z - xz * x - yz / width * across
        let height = dot(rest, rest).squareRoot()
        guard width > 1e-6, height > 1e-6 else { return nil }
        // A grid that mirrors space is turned as its mirror image is.
        return AffineMap(x: SIMD4(1, xy, xz, 0), y: SIMD4(0, width, yz, 0), z: SIMD4(0, 0, height, 0)) * .scale(spacing)
    }

    /// What a transform meets that is applied to the whole image, or to one channel.
    func seen(by channel: Int?) -> Scene {
        var scene = self
        if channel != nil { (scene.channels, scene.color) = (1, .gray) }
        return scene
    }

    /// Takes over what an operation changes of sizes and meaning.
    mutating func follow(_ operation: Operation) {
        switch operation {
        case .geometry(let map, _): follow(map)
        case .output(let form):
            domain = form.domain ?? domain
            kind = form.kind ?? kind
        case .pixels, .averaged, .measured, .observed, .image, .labels, .channel: break
        }
    }

    /// Takes over the size of a map's result and, from its affine stages, spacing and direction; bends change neither.
    mutating func follow(_ map: SpatialMap) {
        size = map.outputSize
        guard var spacing = spacingMillimetres else { return }
        var direction = direction ?? .identity
        for case .affine(let affine) in map.stages.reversed() {
            let old = [direction.x * spacing.x, direction.y * spacing.y, direction.z * spacing.z]
            let new = (0..<3).map { axis in
                let column = affine.column(axis)
                return old[0] * column.x + old[1] * column.y + old[2] * column.z
            }
            let lengths = new.map { ($0 * $0).sum().squareRoot() }
            guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else { return }
            spacing = SIMD3(lengths[0], lengths[1], lengths[2])
            direction = Direction(x: new[0] / lengths[0], y: new[1] / lengths[1], z: new[2] / lengths[2])
        }
        spacingMillimetres = spacing
        if self.direction != nil { self.direction = direction }
    }
}
