import Formats
import ImageCore

/// Reads the XML of ASAP (Automated Slide Analysis Platform): Camelyon, PANDA and many others.
///
/// `ASAP_Annotations` holds `Annotations/Annotation@Name @Type @PartOfGroup @Color` with `Coordinates/Coordinate@Order @X @Y`,
/// and `AnnotationGroups/Group@Name @PartOfGroup`. The points are sorted by `Order`. A region's group is its
/// `PartOfGroup`; a region without a group has its own name for its class, unless ASAP made the name (`Annotation 7`).
final class ASAPReader: XMLHandler {
    private var set: AnnotationSet
    private let parser: CoordinateParser
    private var current: Draft?
    private var groups: Set<String> = []

    /// An annotation whose end was not seen yet.
    private struct Draft {
        var element: XMLElement
        var points: [(order: Int, point: Point)] = []
    }

    init(file: String) {
        set = AnnotationSet(format: "ASAP XML", source: file)
        parser = CoordinateParser(file: file)
    }

    static func read(_ source: ByteSource, options: AnnotationOptions) throws(FormatError) -> AnnotationSet {
        let reader = ASAPReader(file: source.name)
        try LibExpat.parse(source, limits: options.limits, handler: reader)
        return reader.finish()
    }

    func start(_ element: XMLElement) throws(FormatError) -> Bool {
        switch element.name {
        case "Annotation": current = Draft(element: element)
        case "Coordinate": try addPoint(element)
        case "Group": addGroup(element)
        default: break
        }
        return true
    }

    func end(_ name: String) throws(FormatError) {
        guard name == "Annotation", let draft = current else { return }
        current = nil
        addRegion(draft)
    }

    private func addPoint(_ element: XMLElement) throws(FormatError) {
        guard current != nil else { return }
        let x = try parser.number(element["X"], "X", place: element.place)
        let y = try parser.number(element["Y"], "Y", place: element.place)
        let order = element["Order"].flatMap { Int($0) } ?? current?.points.count ?? 0
        current?.points.append((order, Point(x: x, y: y)))
    }

    private func addGroup(_ element: XMLElement) {
        guard let name = element["Name"] else { return }
        groups.insert(name)
        if let parent = Self.group(element["PartOfGroup"]), parent != name { set.parentGroups[name] = parent }
    }

    private static func group(_ text: String?) -> String? { text == "None" || text == "" ? nil : text }
}

extension ASAPReader {
    private func addRegion(_ draft: Draft) {
        let element = draft.element
        let name = element["Name"] ?? ""
        let points = orderedPoints(of: draft, name: name)
        guard let shape = shape(element["Type"] ?? "Polygon", points, name: name, place: element.place) else { return }
        let group = Self.group(element["PartOfGroup"])
        set.regions.append(
            AnnotationRegion(
                shape: shape, name: name, className: group == nil && !Self.isAutomatic(name) ? name : nil, group: group,
                color: element["Color"].flatMap(RGBColor.init(hexadecimal:)), place: element.place))
    }

    /// Names that ASAP gives by itself: `Annotation 0`.
    private static func isAutomatic(_ name: String) -> Bool {
        let parts = name.split(separator: " ")
        return name.isEmpty || (parts.count == 2 && parts[0] == "Annotation" && Int(parts[1]) != nil)
    }

    private func orderedPoints(of draft: Draft, name: String) -> [Point] {
        // Sorting with the position as second key keeps equal orders as they stand in the file.
        let sorted = draft.points.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
        let orders = sorted.map(\.element.order)
        let steps = zip(orders, orders.dropFirst()).map { $1.subtractingReportingOverflow($0).partialValue }
        if steps.contains(0) { warn(draft.element.place, "annotation \"\(name)\" has points of equal Order") }
        if steps.contains(where: { $0 != 0 && $0 != 1 }) {
            warn(draft.element.place, "annotation \"\(name)\" has gaps in the Order of its points")
        }
        return sorted.map(\.element.point)
    }

    private func shape(_ type: String, _ points: [Point], name: String, place: String) -> RegionShape? {
        switch type {
        case "Polygon", "Spline": return polygon(points, name: name, place: place)
        case "Rectangle":
            if points.count == 2, points[0].x != points[1].x, points[0].y != points[1].y {
                return .rectangle(Box(between: points[0], points[1]))
            }
            return polygon(points, name: name, place: place)
        case "Dot", "PointSet":
            guard !points.isEmpty else { break }
            return .points(points)
        case "Measurement":
            guard points.count > 1 else { break }
            return .line(points)
        default:
            warn(place, "annotation \"\(name)\" has the unknown type \"\(type)\", skipped")
            return nil
        }
        warn(place, "annotation \"\(name)\" has too few points, skipped")
        return nil
    }

    private func polygon(_ points: [Point], name: String, place: String) -> RegionShape? {
        let ring = Polygon.ring(points)
        guard ring.count >= 3 else {
            warn(place, "annotation \"\(name)\" is a polygon of \(ring.count) distinct points, skipped")
            return nil
        }
        return .polygon(Polygon(outer: ring))
    }

    private func warn(_ place: String, _ text: String) { set.warnings.append("\(place): \(text)") }

    /// ASAP itself rejects a file whose annotations name a group that does not exist; here it is a warning.
    private func finish() -> AnnotationSet {
        for region in set.regions {
            guard let group = region.group, !groups.contains(group) else { continue }
            warn(
                region.place,
                "annotation \"\(region.name)\" names the group \"\(group)\", which the file does not declare")
        }
        return set
    }
}

extension Box {
    /// The box between two opposite corners.
    init(between a: Point, _ b: Point) {
        self.init(minX: min(a.x, b.x), minY: min(a.y, b.y), maxX: max(a.x, b.x), maxY: max(a.y, b.y))
    }
}
