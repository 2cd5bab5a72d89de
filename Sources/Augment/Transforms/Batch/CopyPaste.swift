import ImageCore
import ImageProcessing

/// Puts objects of another sample into the same places of a sample (Ghiasi et al., "Simple Copy-Paste is a Strong Data
/// Augmentation Method for Instance Segmentation", 2021).
///
/// Samples with labels: connected pixels of the first label image that are not 0 are one object. Labels follow the object's
/// edge. Samples with boxes get one for each object: the partner's box around it, or its bounds.
public struct CopyPaste: BatchTransform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<CopyPaste>(
        "copy_paste", "Puts objects of another sample's labels, with their pixels, into the same places.",
        group: .batch,
        parameters: [
            .distribution("count", \.count, unit: .count, in: 0...10000, "Number of objects, if there are so many."),
            .number(
                "softness", \.softness, unit: .pixels, in: 0...100,
                "Deviation of the Gaussian by which images blend at an object's edge."),
        ])
    /// One other sample.
    public static let partnerCount = 1

    /// How many objects.
    public var count = Distribution.uniform(1, 3)
    /// How softly images change at an object's edge, in pixels; labels change at once.
    public var softness = 0.0

    /// Every parameter at its default.
    public init() {}

    /// Draws how many objects; which ones follows from the key.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["count": [draws.value(of: count, named: "count").rounded()]])
    }

    /// Puts the objects in.
    public func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError) {
        let partner = partners[0]
        guard let labels = partner.sample.labels.first else {
            throw .transform(
                path: Self.name, "expected samples with labels, found none in \(partner.record.key.sample)")
        }
        guard sample.sample.polygons.isEmpty, partner.sample.polygons.isEmpty else {
            throw .transform(path: Self.name, "polygons cannot be cut by objects: draw them into a label image")
        }
        let objects = try PastedObjects(
            labels, count: try values.integer("count", in: 0...10000, of: Self.name), draws, name: Self.name)
        var paste = Paste(size: labels.spatialSize, flags: objects.flags)
        guard paste.share > 0 else { return }
        if softness > 0 { paste.parts = try objects.softened(softness, name: Self.name) }
        let isVolume = labels.isVolume
        let hasBoxes = !sample.sample.boxes.isEmpty || !partner.sample.boxes.isEmpty
        sample.sample.hide(paste)
        if hasBoxes { sample.sample.boxes += objects.boxes(of: partner.sample, labels) }
        sample.sample.points += partner.sample.points.filter { paste.contains($0, isVolume: isVolume) }
        sample.put(paste, from: partner)
        sample.note([(partner.record.key, paste.share)])
    }
}

/// Objects of a label image that are chosen by a key.
private struct PastedObjects {
    /// One flag for each pixel in C order of z, y, x.
    let flags: [Bool]
    private let size: SpatialSize
    private let isVolume: Bool
    private let bounds: [BoundingBox]

    init(_ labels: AnyImage, count: Int, _ draws: Draws, name: String) throws(AugmentError) {
        (size, isVolume) = (labels.spatialSize, labels.isVolume)
        let objects = try LabelObjects(labels, name: name)
        let chosen = draws.permutation(of: objects.bounds.count, named: "objects").prefix(max(0, count)).sorted()
        bounds = chosen.map { objects.bounds[$0] }
        flags = objects.flags(of: chosen.map { $0 + 1 })
    }

    /// How much of each pixel is taken where edges are soft.
    func softened(_ sigma: Double, name: String) throws(AugmentError) -> [Float] {
        var mask = Image<Float>(
            axes: isVolume ? [.z, .y, .x] : [.y, .x], sizes: isVolume ? [size.z, size.y, size.x] : [size.y, size.x])
        var samples = mask.mutableSamples
        for i in flags.indices where flags[i] { samples[i] = 1 }
        do {
            let soft = try mask.gaussianBlurred(sigma: sigma, along: isVolume ? [.x, .y, .z] : [.x, .y]).contiguous()
            return (0..<soft.count).map { soft.samples[$0] }
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }

    /// A box for each object: the one of the sample that agrees best with its bounds by more than half, or these.
    func boxes(of sample: Sample, _ labels: AnyImage) -> [BoundingBox] {
        bounds.map { bounds in
            let best = sample.boxes.max { $0.agreement(bounds, isVolume) < $1.agreement(bounds, isVolume) }
            return best.flatMap { $0.agreement(bounds, isVolume) > 0.5 ? $0 : nil } ?? bounds
        }
    }
}

extension BoundingBox {
    /// Intersection over union.
    fileprivate func agreement(_ other: BoundingBox, _ isVolume: Bool) -> Double {
        func volume(_ size: SIMD3<Double>) -> Double {
            max(0, size.x) * max(0, size.y) * (isVolume ? max(0, size.z) : 1)
        }
        let both = volume(pointwiseMin(upper, other.upper) - pointwiseMax(lower, other.lower))
        return both / (volume(upper - lower) + volume(other.upper - other.lower) - both)
    }
}
