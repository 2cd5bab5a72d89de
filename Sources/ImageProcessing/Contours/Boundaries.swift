public import ImageCore

/// The outlines of a mask along the edges of its pixels: painting them back by pixel centers gives the mask exactly.
///
/// The foreground is connected over edges alone: pixels that touch at a corner belong to different polygons, and holes
/// that touch at a corner are one ring that passes the corner twice. Every corner of a ring is a turn; straight runs have
/// no points between. Polygons come in the order of their first pixels, row by row, and so do the holes of each.
///
/// - Parameter mask: A mask with the axes `[.y, .x]`; pixels outside do not belong to it.
/// - Returns: One polygon for each part of the foreground.
/// - Throws: ``ImageError`` for other axes.
public func boundaries(of mask: Image<Bool>) throws(ImageError) -> [MaskPolygon] {
    let components = try Components(of: mask, connectivity: .four)
    var polygons = [MaskPolygon](repeating: MaskPolygon(outer: [], holes: []), count: components.components.count)
    let labels = components.labels
    var tracer = CrackTracer(width: mask.width, height: mask.height)
    let samples = labels.samples
    for i in 0..<samples.count where samples[i] > 0 {
        guard i < tracer.width || samples[i - tracer.width] != samples[i], !tracer.visited[i] else { continue }
        // The first top edge of a component lies on its outer ring, and that ring takes all of its top edges along.
        let ring = tracer.trace(samples, from: i)
        let index = Int(samples[i]) - 1
        if polygons[index].outer.isEmpty { polygons[index].outer = ring } else { polygons[index].holes.append(ring) }
    }
    return polygons
}

/// Follows the cracks between a component and the rest, with the component on the right-hand side.
private struct CrackTracer {
    let width: Int
    let height: Int
    /// The pixels whose top edge a ring has passed; every ring has one.
    var visited: [Bool]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        visited = [Bool](repeating: false, count: width * height)
    }

    /// One ring, starting at the top-left corner of a pixel with an open top edge, to the right.
    mutating func trace(_ labels: Span<Int32>, from start: Int) -> [PixelCorner] {
        let (startY, startX) = start.quotientAndRemainder(dividingBy: width)
        let label = labels[start]
        func holds(_ x: Int, _ y: Int) -> Bool {
            x >= 0 && x < width && y >= 0 && y < height && labels[y * width + x] == label
        }
        var ring: [PixelCorner] = []
        var (x, y) = (startX, startY)
        var (dx, dy) = (1, 0)
        var turned = true
        repeat {
            if turned { ring.append(PixelCorner(x: x, y: y)) }
            if dx == 1 { visited[y * width + x] = true }
            x += dx
            y += dy
            // The pixels ahead, right and left of the way; x - (dx - dy ...) picks them around the corner (x, y).
            let right = holds(x + (dx - dy - 1) / 2, y + (dx + dy - 1) / 2)
            let left = holds(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2)
            turned = !right || left
            if !right { (dx, dy) = (-dy, dx) } else if left { (dx, dy) = (dy, -dx) }
        } while (x, y) != (startX, startY) || (dx, dy) != (1, 0)
        return ring
    }
}
