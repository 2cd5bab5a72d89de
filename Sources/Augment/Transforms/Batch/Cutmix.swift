import Glibc
import ImageCore
import ImageProcessing

/// Puts a box of another sample into a sample (Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with
/// Localizable Features", 2019).
///
/// Labels are cut like images. Boxes shrink to what is still seen of them, polygons are cut along the box.
public struct Cutmix: BatchTransform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Cutmix>(
        "cutmix", "Puts a box of another sample into the same place.", group: .batch,
        parameters: [
            .number("alpha", \.alpha, in: 0.01...100, "Of the Beta distribution of the part that stays.")
        ])
    /// One other sample.
    public static let partnerCount = 1

    /// Both parameters of the Beta distribution of the part that stays; at 1 every part is as likely.
    public var alpha = 1.0

    /// Every parameter at its default.
    public init() {}

    /// Draws the box: its center is anywhere in the image, at whose edge it is cut.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let cut = 1 - draws.beta(alpha, named: "part")
        let side = scene.isVolume ? cbrt(cut) : cut.squareRoot()
        var (lower, upper) = (SIMD3(0, 0, 0), SIMD3(1, 1, 1))
        for axis in scene.axisNumbers {
            let extent = Double(scene.extent(axis))
            let center = extent * draws.unit(named: "center", index: axis)
            lower[axis] = max(0, center - extent * side / 2).whole
            upper[axis] = min(extent, center + extent * side / 2).whole
        }
        return DrawnValues(["box": PixelBox(lower: lower, size: upper &- lower).numbers])
    }

    /// Puts the box in.
    public func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError) {
        let size = sample.sample.images[0].spatialSize
        let box = try Self.box(values, in: size)
        let paste = Paste(size: size, flags: PixelBox.flags([box], in: size))
        guard paste.share > 0 else { return }
        let partner = partners[0]
        for part in [sample.sample, partner.sample] { try PolygonCut.check(part, Self.name) }
        sample.sample.cut(box)
        sample.sample.hide(paste)
        sample.sample.take(box, of: partner.sample, shift: .zero)
        sample.put(paste, from: partner)
        sample.note([(partner.record.key, paste.share)])
    }

    private static func box(_ values: DrawnValues, in size: SpatialSize) throws(AugmentError) -> PixelBox {
        let box = PixelBox.boxes(try values.list("box", count: 6, in: 0...1e9, of: name))[0]
        let end = box.lower &+ box.size
        guard end.x <= size.x, end.y <= size.y, end.z <= size.z else {
            let corner = SIMD3(Double(end.x), Double(end.y), Double(end.z)).placeText(axes: size.z == 1 ? 2 : 3)
            throw .transform(path: name, "box: expected one inside of \(size), found one up to \(corner)")
        }
        return box
    }
}

extension Augmented {
    /// Puts pixels of another sample into images and all layers of labels.
    mutating func put(_ paste: Paste, from other: Augmented) {
        for i in sample.images.indices {
            sample.images[i] = paste.image(sample.images[i], from: other.sample.images[i])
        }
        for layer in layers.indices {
            for i in layers[layer].labels.indices {
                layers[layer].labels[i] = paste.labels(layers[layer].labels[i], from: other.sample.labels[i])
            }
        }
        sample.labels = layers.first?.labels ?? []
    }
}

extension Sample {
    /// Takes a box out of the polygons.
    fileprivate mutating func cut(_ box: PixelBox) {
        let lower = SIMD3<Double>(box.lower)
        let upper = lower + SIMD3<Double>(box.size)
        polygons = polygons.flatMap { PolygonCut.rest(of: $0, x: lower.x...upper.x, y: lower.y...upper.y) }
    }
}
