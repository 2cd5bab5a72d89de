import ImageCore
import ImageProcessing

/// Puts parts of four samples side by side (Bochkovskiy et al., "YOLOv4", 2020).
///
/// Pictures. A drawn center divides the picture into four; each part shows a place of one sample, at its own scale. Boxes and
/// polygons are cut at the parts' edges.
public struct Mosaic: BatchTransform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Mosaic>(
        "mosaic", "Puts parts of four samples side by side.", group: .batch, domain: .pictures,
        parameters: [
            .perAxis(
                "center", \.center, unit: .fraction, in: 0...1, neutral: nil,
                "Where the four parts meet, drawn for x and for y.")
        ])
    /// Three other samples.
    public static let partnerCount = 3

    /// Where the parts meet, along x and y.
    public var center: [Distribution] = [.uniform(0.25, 0.75)]

    /// Every parameter at its default.
    public init() {}

    /// Draws the center, which sample goes where, and the place that each part shows.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues([
            "center": (0..<2).map { draws.value(of: center[min($0, center.count - 1)], named: "center", index: $0) },
            "order": draws.permutation(of: 4, named: "order").map(Double.init),
            "places": (0..<8).map { draws.unit(named: "places", index: $0) },
        ])
    }

    /// Puts the parts together.
    public func mix(
        _ sample: inout Augmented, with partners: [Augmented], values: DrawnValues, draws: Draws
    ) throws(AugmentError) {
        let (own, all) = (sample, [sample] + partners)
        for part in all { try PolygonCut.check(part.sample, Self.name) }
        let size = own.sample.images[0].spatialSize
        let order = try values.list("order", count: 4, in: 0...3, of: Self.name).map(\.whole)
        guard Set(order).count == 4 else {
            throw .transform(path: Self.name, "order: expected 0 to 3, each once, found \(order)")
        }
        let places = try values.list("places", count: 8, in: 0...1, of: Self.name)
        (sample.sample.boxes, sample.sample.points, sample.sample.polygons) = ([], [], [])
        var parts: [(key: DrawKey, weight: Double)] = []
        for (number, tile) in try Self.tiles(values, size).enumerated() {
            let part = order[number]
            let shift = Self.shift(places, tile, number, size)
            var paste = Paste(size: size, flags: PixelBox.flags([tile], in: size))
            paste.shift = shift
            sample.sample.take(tile, of: all[part].sample, shift: shift)
            sample.put(paste, from: all[part], layersOf: part == 0 ? own : nil)
            if part == 0 {
                let move = AffineMap.translation(SIMD3<Double>(shift))
                sample.geometry = own.geometry.composed(with: SpatialMap(outputSize: size, pulling: move))
            } else {
                parts.append((all[part].record.key, paste.share))
            }
        }
        sample.note(parts)
    }

    /// The four parts of the picture.
    private static func tiles(_ values: DrawnValues, _ size: SpatialSize) throws(AugmentError) -> [PixelBox] {
        let center = try values.list("center", count: 2, in: 0...1, of: name)
        let (x, y) = ((center[0] * Double(size.x)).whole, (center[1] * Double(size.y)).whole)
        return [(0, 0, x, y), (x, 0, size.x, y), (0, y, x, size.y), (x, y, size.x, size.y)].map { part in
            PixelBox(lower: SIMD3(part.0, part.1, 0), size: SIMD3(part.2 - part.0, part.3 - part.1, 1))
        }
    }

    /// How far the pixels that a part shows are from their places in the sample.
    private static func shift(_ places: [Double], _ tile: PixelBox, _ number: Int, _ size: SpatialSize) -> SIMD3<Int> {
        func start(_ place: Double, _ length: Int, _ extent: Int) -> Int {
            min(extent - length, (place * Double(extent - length + 1)).rounded(.down).whole)
        }
        return SIMD3(
            start(places[2 * number], tile.size.x, size.x) - tile.lower.x,
            start(places[2 * number + 1], tile.size.y, size.y) - tile.lower.y, 0)
    }
}

extension Augmented {
    /// Puts a part in; the sample's own part has the layers that it had before.
    fileprivate mutating func put(_ paste: Paste, from other: Augmented, layersOf own: Augmented?) {
        guard let own else { return put(paste, from: other) }
        for i in sample.images.indices { sample.images[i] = paste.image(sample.images[i], from: own.sample.images[i]) }
        for layer in layers.indices {
            for i in layers[layer].labels.indices {
                layers[layer].labels[i] = paste.labels(layers[layer].labels[i], from: own.layers[layer].labels[i])
            }
        }
        sample.labels = layers.first?.labels ?? []
    }
}

extension PolygonCut {
    /// Checks that polygons can be cut.
    static func check(_ sample: Sample, _ name: String) throws(AugmentError) {
        guard sample.polygons.isEmpty || !sample.images[0].isVolume else {
            throw .transform(path: name, "polygons of volumes cannot be cut: draw them into a label image")
        }
    }
}
