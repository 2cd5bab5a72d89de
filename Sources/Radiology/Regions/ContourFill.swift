import Annotations
import ImageCore

/// Fills the rings of a slice.
struct ContourFill {
    let grid: SliceGrid

    /// How often the lines of voxels cross the sides of rings, at most: what filling costs in time and memory.
    func crossings(of rings: [[Point]]) -> Int {
        let height = Double(grid.rows)
        var count = 0
        for ring in rings {
            var last = ring.last?.y ?? 0
            for point in ring {
                let span = abs(min(max(point.y, 0), height) - min(max(last, 0), height))
                count += Int(span.rounded(.up))
                last = point.y
            }
        }
        return count
    }

    /// The runs of voxels inside of a slice's rings, as indices into the volume, in rising order.
    func spans(of rings: [[Point]], slice: Int, _ combination: OutlinedRegion.Combination) -> [Range<Int>] {
        guard let box = visibleBox(of: rings) else { return [] }
        let polygons: [Polygon] =
            switch combination {
            case .exclusive: [Polygon(outer: rings[0], holes: Array(rings.dropFirst()))]
            case .union: rings.map { Polygon(outer: $0) }
            }
        let annotations = ResolvedAnnotations(
            layers: [.init(label: 1, classIndex: 0, polygons: polygons)], classNames: ["region"], classLabels: [1])
        let rasterizer = Rasterizer(
            annotations, downsampleX: 1, downsampleY: 1, canvas: PixelSize(width: grid.columns, height: grid.rows))
        let image = rasterizer.labels(in: box).contiguous()
        let start = slice * grid.rows * grid.columns
        var spans: [Range<Int>] = []
        for row in 0..<box.height {
            let line = start + (box.y + row) * grid.columns + box.x
            var column = 0
            while column < box.width {
                let isInside = image.samples[row * box.width + column] != 0
                let first = column
                repeat {
                    column += 1
                } while column < box.width
                    && (image.samples[row * box.width + column] != 0) == isInside
                if isInside { spans.append(line + first..<line + column) }
            }
        }
        return spans
    }

    /// The pixels around all rings that the slice has.
    private func visibleBox(of rings: [[Point]]) -> PixelRect? {
        var (minX, minY) = (Double.infinity, Double.infinity)
        var (maxX, maxY) = (-Double.infinity, -Double.infinity)
        for point in rings.joined() {
            (minX, maxX) = (min(minX, point.x), max(maxX, point.x))
            (minY, maxY) = (min(minY, point.y), max(maxY, point.y))
        }
        guard minX < maxX, minY < maxY else { return nil }
        let (left, top) = (max(0, Int(minX.rounded(.down))), max(0, Int(minY.rounded(.down))))
        let (right, bottom) = (min(grid.columns, Int(maxX.rounded(.up))), min(grid.rows, Int(maxY.rounded(.up))))
        guard left < right, top < bottom else { return nil }
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
