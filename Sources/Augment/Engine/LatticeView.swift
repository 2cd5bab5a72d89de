import ImageCore
import ImageProcessing

/// A map that puts pixels on pixels: exchanged axes, mirrors and a crop, done on views without touching a sample.
struct LatticeView: ImageTransform {
    /// For each axis of the source: the axis of the result that it becomes, and whether it runs backwards.
    private var source: [(result: Int, isFlipped: Bool, start: Int)] = []
    private let size: [Int]

    /// The view of a map; `nil` where the map interpolates or reaches beyond the source.
    init?(_ map: SpatialMap, of image: AnyImage) {
        guard let affine = map.affine else { return nil }
        let old = image.spatialSize
        let (sizes, new) = ([old.x, old.y, old.z], [map.outputSize.x, map.outputSize.y, map.outputSize.z])
        size = new
        for (axis, row) in [affine.x, affine.y, affine.z].enumerated() {
            let used = (0..<3).filter { row[$0] != 0 }
            guard used.count == 1, abs(row[used[0]]) == 1, row.w == row.w.rounded(), abs(row.w) < 0x1p40 else {
                return nil
            }
            let isFlipped = row[used[0]] < 0
            let start = isFlipped ? sizes[axis] - Int(row.w) : Int(row.w)
            guard start >= 0, start + new[used[0]] <= sizes[axis] else { return nil }
            source.append((used[0], isFlipped, start))
        }
        guard Set(source.map(\.result)).count == 3 else { return nil }
        if !image.isVolume && (source[2].result != 2 || source[2].isFlipped || source[2].start != 0) { return nil }
    }

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Scalar> {
        let axes: [Axis] = [.x, .y, .z]
        var view = image
        for (axis, part) in source.enumerated() where image.layout.index(of: axes[axis]) != nil {
            if part.isFlipped { view = view.flipped(axes[axis]) }
            view = view.cropped(axes[axis], to: part.start..<part.start + size[part.result])
        }
        var names = axes
        for (axis, part) in source.enumerated() { names[part.result] = axes[axis] }
        return view.exchangingAxes(x: names[0], y: names[1], z: names[2])
    }
}
