import Glibc
import ImageCore

extension Polygon {
    /// The ellipse that fills a box, as a polygon.
    ///
    /// The corners lie on the ellipse, dense enough that no side is farther than 0.01 pixels from it (below 16,384
    /// corners); the four extremes are corners.
    public init(ellipseIn box: Box) {
        let (radiusX, radiusY) = ((box.maxX - box.minX) / 2, (box.maxY - box.minY) / 2)
        let (centerX, centerY) = ((box.maxX + box.minX) / 2, (box.maxY + box.minY) / 2)
        let quarter = Self.cornersPerQuarter(radius: max(radiusX, radiusY))
        self.init(
            outer: (0..<4 * quarter).map { i in
                let (cosine, sine) = Self.direction(quarterTurns: i / quarter, part: i % quarter, of: quarter)
                return Point(x: centerX + radiusX * cosine, y: centerY + radiusY * sine)
            })
    }

    /// A side that spans the angle 2α stays r (1 - cos α) inside the circle.
    private static func cornersPerQuarter(radius: Double) -> Int {
        guard radius > 0.01 else { return 1 }
        let halfAngle = acos(1 - 0.01 / radius)
        return min(4096, max(2, Int((Double.pi / 4 / halfAngle).rounded(.up))))
    }

    /// Whole quarter turns are exact, so that the extremes lie on the box.
    private static func direction(quarterTurns: Int, part: Int, of parts: Int) -> (cosine: Double, sine: Double) {
        let angle = Double(part) / Double(parts) * .pi / 2
        let (c, s) = part == 0 ? (1, 0) : (cos(angle), sin(angle))
        switch quarterTurns {
        case 0: return (c, s)
        case 1: return (-s, c)
        case 2: return (-c, -s)
        default: return (s, -c)
        }
    }
}
