import Formats
import ImageCore

/// Reads Aperio ImageScope XML and HALO `.annotations`: `Annotations/Annotation` (a layer) with `Regions/Region`, whose
/// corners are `Vertices/Vertex@X @Y` (ImageScope) or `Vertices/V@X @Y` (HALO).
///
/// A layer's class is its name, or else its `Description`, or the name of its first attribute. A region with
/// `NegativeROA="1"` is a hole of the regions of its layer that it lies in.
final class LayeredRegionsReader: XMLHandler {
    private var set: AnnotationSet
    private let parser: CoordinateParser
    private var layer: Layer?
    private var region: Draft?

    /// A layer whose end was not seen yet.
    private struct Layer {
        var name: String
        var attributeName: String?
        var color: RGBColor?
        var regions: [AnnotationRegion] = []
        var negatives: [AnnotationRegion] = []
    }

    private struct Draft {
        var element: XMLElement
        var points: [Point] = []
    }

    private init(file: String) {
        set = AnnotationSet(format: "ImageScope XML", source: file)
        parser = CoordinateParser(file: file)
    }

    static func read(_ source: ByteSource, options: AnnotationOptions) throws(FormatError) -> AnnotationSet {
        let reader = LayeredRegionsReader(file: source.name)
        try LibExpat.parse(source, limits: options.limits, handler: reader)
        return reader.set
    }

    func start(_ element: XMLElement) throws(FormatError) -> Bool {
        switch element.name {
        case "Annotation":
            layer = Layer(
                name: element["Name"] ?? "", color: element["LineColor"].flatMap(RGBColor.init(redLowest:)))
        case "Attribute" where region == nil: noteAttribute(element)
        case "Region": region = Draft(element: element)
        case "Vertex", "V":
            if element.name == "V" { set.format = "HALO annotations" }
            let x = try parser.number(element["X"], "X", place: element.place)
            let y = try parser.number(element["Y"], "Y", place: element.place)
            region?.points.append(Point(x: x, y: y))
        default: break
        }
        return true
    }

    func end(_ name: String) throws(FormatError) {
        if name == "Region", let draft = region {
            region = nil
            add(draft)
        } else if name == "Annotation", let layer {
            self.layer = nil
            finish(layer)
        }
    }

    /// ImageScope's own attribute is `Description`, with the text as value; others name the class in the attribute itself.
    private func noteAttribute(_ element: XMLElement) {
        let name = element["Name"] ?? ""
        let text = name == "Description" ? element["Value"] ?? "" : name
        if layer?.attributeName == nil, !text.isEmpty { layer?.attributeName = text }
    }
}

extension LayeredRegionsReader {
    private func add(_ draft: Draft) {
        let place = draft.element.place
        guard let shape = shape(draft.element["Type"] ?? "0", draft.points, place: place) else { return }
        let isNegative = ["1", "True", "true"].contains(draft.element["NegativeROA"] ?? "0")
        let region = AnnotationRegion(
            shape: shape, name: draft.element["Text"] ?? "", role: isNegative ? .exclude : .include,
            color: layer?.color,
            place: place)
        if isNegative { layer?.negatives.append(region) } else { layer?.regions.append(region) }
    }

    /// Types are numbers in ImageScope and words in HALO.
    private func shape(_ type: String, _ points: [Point], place: String) -> RegionShape? {
        switch type {
        case "1", "Rectangle", "2", "Ellipse":
            let isEllipse = type == "2" || type == "Ellipse"
            guard points.count == 2 || (isEllipse && points.count == 4) else { return polygon(points, place: place) }
            let box = points.reduce(into: Box.empty) { $0.formUnion(Box(between: $1, $1)) }
            guard box.area > 0 else { break }
            return isEllipse ? .ellipse(box) : .rectangle(box)
        case "0", "Polygon", "Freehand": return polygon(points, place: place)
        case "3", "4", "5", "Ruler", "Arrow", "Line": return points.isEmpty ? nil : .line(points)
        case "Pin", "Point": return points.isEmpty ? nil : .points(points)
        default:
            set.warnings.append("\(place): a region of the unknown type \"\(type)\", skipped")
            return nil
        }
        set.warnings.append("\(place): a region without area, skipped")
        return nil
    }

    private func polygon(_ points: [Point], place: String) -> RegionShape? {
        let ring = Polygon.ring(points)
        guard ring.count >= 3 else {
            set.warnings.append("\(place): a polygon of \(ring.count) distinct points, skipped")
            return nil
        }
        return .polygon(Polygon(outer: ring))
    }

    private func finish(_ layer: Layer) {
        var layer = layer
        cutNegatives(of: &layer)
        let className = layer.name.isEmpty ? layer.attributeName : layer.name
        set.regions += layer.regions.map { region in
            var region = region
            region.className = className
            return region
        }
    }

    /// Makes each negative region a hole of the regions that hold all of its corners.
    private func cutNegatives(of layer: inout Layer) {
        guard !layer.negatives.isEmpty else { return }
        let outlines = layer.regions.map { region in
            region.shape.polygons.first.map { IndexedPolygon(Polygon(outer: $0.outer), label: 1, classIndex: nil) }
        }
        for negative in layer.negatives {
            guard let ring = negative.shape.polygons.first?.outer else { continue }
            let owners = outlines.indices.filter { i in
                guard let outline = outlines[i] else { return false }
                return ring.allSatisfy { outline.contains($0.x, $0.y) }
            }
            for i in owners { layer.regions[i].cut(ring) }
            guard owners.isEmpty else { continue }
            set.warnings.append(
                "\(negative.place): a negative region that no region of its layer holds whole cuts every class")
            layer.regions.append(negative)
        }
    }
}

extension AnnotationRegion {
    /// Makes a ring a hole of the region's first polygon.
    fileprivate mutating func cut(_ hole: [Point]) {
        guard var polygon = shape.polygons.first else { return }
        polygon.holes.append(hole)
        shape = .polygon(polygon)
    }
}

extension RGBColor {
    /// A color as one decimal number with red in the lowest byte.
    init?(redLowest text: String) {
        guard let value = UInt32(text) else { return nil }
        self.init(
            red: UInt8(truncatingIfNeeded: value), green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value >> 16))
    }
}
