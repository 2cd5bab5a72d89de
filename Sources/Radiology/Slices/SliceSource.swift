public import Formats
public import ImageCore
import ImageProcessing

/// One series of a patient that slices are cut from; it is read only when its turn comes.
public struct SliceSeries: Sendable {
    /// The name of its folder.
    public var name: String
    /// What the result depends on beside the options.
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
    /// What counts; in any orientation, as long as its voxels are those of the volume.
    public var mask: Image<Bool>?
    /// The body, for ratios to it.
    public var body: Image<Bool>?
    /// Which slices come from files, axes `[.z, .y, .x]` of size 1 along y and x; `nil` when all do.
    public var validity: Image<Bool>?
    /// How the slices lie along z: not every volume is a grid.
    public var placement = SlicePlacement.grid
    /// Whether the lowest value is white: windowed pictures are turned over then, values that stay as they are aren't.
    public var isInverted = false
    /// What a user has to know, one sentence each.
    public var notes: [String] = []

    /// A source by its parts.
    public init(volume: AnyImage, mask: Image<Bool>? = nil, body: Image<Bool>? = nil) {
        self.volume = volume
        self.mask = mask
        self.body = body
    }
}

extension SliceSource {
    /// All in one orientation and spacing; masks that lie elsewhere than the volume are refused.
    func prepared(
        _ orientation: Orientation?, spacing: SIMD3<Double>?, workers: Int
    ) throws(ImageError) -> SliceSource {
        guard volume.axes == [.z, .y, .x] else {
            throw .invalidArgument("expected a volume with the axes z, y, x, found \(volume.layout.inWords)")
        }
        if case .parallel(let points) = placement, points.count != volume.depth {
            throw .invalidArgument("expected a place for each of \(volume.depth) slices, found \(points.count)")
        }
        var result = self
        result.mask = try mask.map { (mask) throws(ImageError) in try placed(mask) }
        result.body = try body.map { (mask) throws(ImageError) in try placed(mask) }
        result.validity?.geometry = volume.geometry
        if let orientation { try result.turn(to: orientation) }
        if let spacing { try result.resample(to: spacing, workers) }
        return result
    }

    /// Turns all to an orientation, as far as that keeps slices what they are.
    private mutating func turn(to orientation: Orientation) throws(ImageError) {
        guard let geometry = volume.geometry else { return }
        guard placement.allows(orientation, of: geometry) else {
            let why = placement == .stacked ? "not parallel, or without a place" : "without one step"
            notes.append("the slices are \(why): they are cut as they are stored, not turned to \(orientation.code)")
            return
        }
        guard geometry.isPlaced else {
            notes.append("no place in space is known: slices are cut as they are stored")
            return
        }
        placement = placement.turned(from: geometry.closestOrientation, to: orientation)
        volume = try volume.reoriented(to: orientation).contiguous()
        mask = try mask?.reoriented(to: orientation).contiguous()
        body = try body?.reoriented(to: orientation).contiguous()
        validity = try validity?.reoriented(to: orientation).contiguous()
    }

    private mutating func resample(to wanted: SIMD3<Double>, _ workers: Int) throws(ImageError) {
        guard let old = volume.geometry?.spacingMillimetres else {
            throw .invalidArgument("expected a volume with a known spacing to resample")
        }
        guard placement == .grid || wanted.z <= 0 || volume.depth == 1 else {
            throw .invalidArgument(
                "expected a spacing of 0 along z, where slices have no one step, found \(short(wanted.z)) mm")
        }
        let spacing = SIMD3(
            wanted.x > 0 ? wanted.x : old.x, wanted.y > 0 ? wanted.y : old.y, wanted.z > 0 ? wanted.z : old.z)
        volume = try volume.resampled(toSpacingMillimetres: spacing, workers: workers)
        mask = try mask?.resampled(toSpacingMillimetres: spacing, workers: workers)
        body = try body?.resampled(toSpacingMillimetres: spacing, workers: workers)
        guard let valid = validity, valid.height == 1, valid.width == 1 else { return }
        // A new slice with any share of one that was put in is no slice of the patient.
        let share = try valid.map { $0 ? Float(1) : 0 }
            .resampled(toSpacingMillimetres: SIMD3(old.x, old.y, spacing.z))
        validity = share.mask { $0 > 0.999999 }
    }

    /// A mask on the volume's voxels, turned to them; one without a geometry lies as the volume does.
    func placed(_ mask: Image<Bool>) throws(ImageError) -> Image<Bool> {
        var result = mask
        if let own = volume.geometry?.isPlaced, let other = mask.geometry?.isPlaced, own != other {
            let words = [true: "with a place in space", false: "without a place in space"]
            throw .invalidArgument(
                "expected a mask \(words[own] ?? ""), as the volume, found one \(words[other] ?? "")")
        }
        if mask.geometry?.isPlaced == true, let orientation = volume.geometry?.closestOrientation {
            result = try mask.reoriented(to: orientation).contiguous()
        }
        try check(result)
        // Rounding of other files must not lead to other numbers of voxels.
        result.geometry = volume.geometry
        return result
    }

    private func check(_ mask: Image<Bool>) throws(ImageError) {
        guard mask.axes == volume.axes, mask.sizes == volume.sizes else {
            throw .invalidArgument(
                "expected a mask of \(volume.sizesInWords) voxels, as the volume, found \(mask.sizesInWords)")
        }
        guard let (a, b) = volume.geometry.flatMap({ own in mask.geometry.map { (own, $0) } }) else { return }
        let far = SIMD3(Double(volume.width - 1), Double(volume.height - 1), Double(volume.depth - 1))
        let corners = (0..<8).map { SIMD3($0 & 1 == 0 ? 0 : far.x, $0 & 2 == 0 ? 0 : far.y, $0 & 4 == 0 ? 0 : far.z) }
        for corner in corners {
            let shift = a.position(corner) - b.position(corner)
            let distance = (shift * shift).sum().squareRoot()
            guard distance <= 0.1 * a.spacingMillimetres.min() else {
                throw .invalidArgument(
                    "expected the mask on the voxels of the volume, found a corner \(short(distance)) mm away")
            }
        }
    }
}

extension Geometry {
    fileprivate func position(_ index: SIMD3<Double>) -> SIMD3<Double> {
        position(x: index.x, y: index.y, z: index.z)
    }
}

extension Image {
    /// Columns, rows and slices.
    fileprivate var sizesInWords: String { "\(width) x \(height) x \(depth)" }
}

extension AnyImage {
    /// Columns, rows and slices.
    fileprivate var sizesInWords: String { "\(width) x \(height) x \(depth)" }
}
