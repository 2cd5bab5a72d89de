public import Formats
public import ImageCore
import ImageProcessing

/// One series of a patient that slices are cut from; it is read only when its turn comes.
public struct SliceSeries: Sendable {
    /// The name of its folder.
    public var name: String
    /// What the result depends on beside the options: paths, sizes, dates.
    ///
    /// A run with other words is done anew.
    public var identity: String
    /// Reads it.
    public var load: @Sendable () throws(FormatError) -> SliceSource

    /// A series by its parts.
    public init(
        name: String, identity: String, load: @escaping @Sendable () throws(FormatError) -> SliceSource
    ) {
        self.name = name
        self.identity = identity
        self.load = load
    }
}

/// A volume with what goes with it, all on one grid.
public struct SliceSource: Sendable {
    /// The values, axes `[.z, .y, .x]`.
    public var volume: AnyImage
    /// What counts.
    public var mask: Image<Bool>?
    /// The body, for ratios to it.
    public var body: Image<Bool>?

    /// A source by its parts.
    public init(volume: AnyImage, mask: Image<Bool>? = nil, body: Image<Bool>? = nil) {
        self.volume = volume
        self.mask = mask
        self.body = body
    }

    /// All in one orientation; masks that lie elsewhere than the volume are refused.
    func prepared(_ orientation: Orientation?) throws(ImageError) -> SliceSource {
        guard volume.axes == [.z, .y, .x] else {
            throw .invalidArgument("expected a volume with the axes z, y, x, found \(volume.axes)")
        }
        var result = self
        if let orientation, volume.geometry != nil {
            result.volume = try volume.reoriented(to: orientation).contiguous()
            result.mask = try mask.map { (mask) throws(ImageError) in try turned(mask, orientation) }
            result.body = try body.map { (mask) throws(ImageError) in try turned(mask, orientation) }
        }
        for mask in [result.mask, result.body].compactMap(\.self) { try result.check(mask) }
        return result
    }

    /// A mask without a geometry lies as the volume does.
    private func turned(_ mask: Image<Bool>, _ orientation: Orientation) throws(ImageError) -> Image<Bool> {
        var placed = mask
        placed.geometry = mask.geometry ?? volume.geometry
        return try placed.reoriented(to: orientation).contiguous()
    }

    private func check(_ mask: Image<Bool>) throws(ImageError) {
        guard mask.axes == volume.axes, mask.sizes == volume.sizes else {
            throw .shapeMismatch(expected: volume.sizes, found: mask.sizes)
        }
        guard let (a, b) = volume.geometry.flatMap({ own in mask.geometry.map { (own, $0) } }) else { return }
        let far = SIMD3(Double(volume.width - 1), Double(volume.height - 1), Double(volume.depth - 1))
        for corner in [SIMD3<Double>(0, 0, 0), far, SIMD3(far.x, 0, 0), SIMD3(0, far.y, 0)] {
            let shift = a.position(corner) - b.position(corner)
            let distance = (shift * shift).sum().squareRoot()
            guard distance <= 0.1 * a.spacingMillimetres.min() else {
                throw .invalidArgument("the mask lies \(distance) mm away from the volume")
            }
        }
    }
}

extension Geometry {
    fileprivate func position(_ index: SIMD3<Double>) -> SIMD3<Double> {
        position(x: index.x, y: index.y, z: index.z)
    }

    /// Where slices lie along their common normal, in millimetres.
    func slicePosition(_ z: Int) -> Double {
        let (a, b) = (direction.x, direction.y)
        let normal = SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
        return (normal * position(x: 0, y: 0, z: Double(z))).sum()
    }
}
