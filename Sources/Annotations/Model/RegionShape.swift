public import ImageCore

/// The geometry of one annotation, in level-0 pixels.
public enum RegionShape: Sendable, Hashable {
    /// One area.
    case polygon(Polygon)
    /// The union of several areas.
    case multiPolygon([Polygon])
    /// A rectangle along the axes.
    case rectangle(Box)
    /// The ellipse that fills a box.
    case ellipse(Box)
    /// Places without area.
    case points([Point])
    /// A path without area.
    case line([Point])

    /// The areas of the shape; none for points and lines.
    public var polygons: [Polygon] {
        switch self {
        case .polygon(let polygon): [polygon]
        case .multiPolygon(let polygons): polygons
        case .rectangle(let box): [Polygon(box)]
        case .ellipse(let box): [Polygon(ellipseIn: box)]
        case .points, .line: []
        }
    }
}
