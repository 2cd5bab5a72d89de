import ImageCore
import ImageProcessing

/// A box of whole pixels.
struct PixelBox: Hashable, Sendable {
    var lower: SIMD3<Int>
    var size: SIMD3<Int>

    /// The boxes of six numbers each that a record has.
    static func boxes(_ numbers: [Double]) -> [PixelBox] {
        (0..<numbers.count / 6).map { box in
            let part = (0..<6).map { numbers[6 * box + $0].whole }
            return PixelBox(lower: SIMD3(part[0], part[1], part[2]), size: SIMD3(part[3], part[4], part[5]))
        }
    }

    /// The numbers for the record.
    var numbers: [Double] { [lower.x, lower.y, lower.z, size.x, size.y, size.z].map(Double.init) }

    /// One flag for each pixel of an image that lies in one of the boxes, in C order of z, y, x.
    static func flags(_ boxes: [PixelBox], in size: SpatialSize) -> [Bool] {
        var flags = [Bool](repeating: false, count: size.x * size.y * size.z)
        for box in boxes { box.forEachPixel(in: size) { flags[$0] = true } }
        return flags
    }

    /// Calls a closure with the index of each pixel of the box that lies in an image.
    func forEachPixel(in extent: SpatialSize, _ body: (Int) -> Void) {
        let end = SIMD3(
            min(extent.x, lower.x + size.x), min(extent.y, lower.y + size.y), min(extent.z, lower.z + size.z))
        for z in max(0, lower.z)..<max(0, lower.z, end.z) {
            for y in max(0, lower.y)..<max(0, lower.y, end.y) {
                for x in max(0, lower.x)..<max(0, lower.x, end.x) { body((z * extent.y + y) * extent.x + x) }
            }
        }
    }
}

/// How large boxes are; the parameters that transforms share which place boxes.
public struct BoxSize: Sendable, Hashable {
    /// Sides as parts of the size of the image; one distribution for all axes, drawn for each, or one for each.
    public var fraction: [Distribution] = [.uniform(0.1, 0.2)]
    /// Sides in pixels, which count instead where they are above 0.
    public var pixels: [Distribution] = [.fixed(0)]

    /// Between a tenth and a fifth of the image.
    public init() {}

    /// The declarations of the parameters.
    public static let parameters: [Parameter<BoxSize>] = [
        .perAxis(
            "size", \.fraction, unit: .fraction, in: 0...1, neutral: nil,
            "Sides as parts of the image, drawn for each axis."),
        .perAxis(
            "size_pixels", \.pixels, unit: .pixels, in: 0...65536, neutral: 0,
            "Sides in pixels; counts instead of size where it is above 0."),
    ]

    /// The size of the box with an index; 0 along an axis where nothing is left.
    func size(_ draws: Draws, in scene: Scene, index: Int) -> SIMD3<Int> {
        var size = SIMD3(1, 1, 1)
        for axis in scene.axisNumbers {
            let part = draws.value(
                of: fraction[min(axis, fraction.count - 1)], named: "size", index: 3 * index + axis)
            let whole = draws.value(
                of: pixels[min(axis, pixels.count - 1)], named: "size_pixels", index: 3 * index + axis)
            let extent = scene.extent(axis)
            size[axis] = min(extent, (whole > 0 ? whole : part * Double(extent)).whole)
        }
        return size
    }

    /// A box of a size somewhere inside of the image.
    static func box(_ size: SIMD3<Int>, _ draws: Draws, in scene: Scene, named name: String, index: Int) -> PixelBox {
        var lower = SIMD3(0, 0, 0)
        for axis in scene.axisNumbers {
            lower[axis] = draws.integer(
                below: scene.extent(axis) - size[axis] + 1, named: name, index: 3 * index + axis)
        }
        return PixelBox(lower: lower, size: size)
    }

    /// Several boxes, without those of no pixel.
    func boxes(_ count: Distribution, _ draws: Draws, in scene: Scene) -> [PixelBox] {
        (0..<max(0, draws.value(of: count, named: "count").whole)).compactMap { index in
            let size = size(draws, in: scene, index: index)
            guard size.min() > 0 else { return nil }
            return Self.box(size, draws, in: scene, named: "place", index: index)
        }
    }
}
