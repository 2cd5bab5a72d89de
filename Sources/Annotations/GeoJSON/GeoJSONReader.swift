import Formats
import FoundationEssentials
import ImageCore

/// Reads GeoJSON as QuPath writes it: a feature, a list of features, or a feature collection.
///
/// Coordinates are pixels of the image that QuPath showed: level 0, moved by ``AnnotationOptions/boundsOffset``. Places are
/// `feature 1`, `feature 2` … in the order of the file, and `feature 3, child 1` for nested objects.
struct GeoJSONReader {
    private var set: AnnotationSet
    private let parser: CoordinateParser
    private let offset: Point

    static func read(_ source: ByteSource, options: AnnotationOptions) throws(FormatError) -> AnnotationSet {
        var bytes = try source.all()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        try JSONStructure.check(bytes, limits: options.limits, file: source.name)
        let features: [GeoJSONFeature]
        do {
            features = try JSONDecoder().decode(GeoJSONRoot.self, from: Data(bytes)).features
        } catch let error as NotGeoJSON {
            throw FormatError(
                .unsupported, file: source.name,
                expected: "GeoJSON (a Feature, a FeatureCollection or a list of features)",
                found: error.keys.isEmpty
                    ? "an empty object" : "JSON with \(error.keys.sorted().prefix(8).joined(separator: ", "))")
        } catch {
            throw failure(error, file: source.name)
        }
        var reader = GeoJSONReader(file: source.name, offset: options.boundsOffset)
        for (i, feature) in features.enumerated() { try reader.add(feature, place: "feature \(i + 1)") }
        return reader.set
    }

    private init(file: String, offset: Point) {
        set = AnnotationSet(format: "GeoJSON", source: file)
        parser = CoordinateParser(file: file)
        self.offset = offset
    }

    /// The decoder's error, with `feature 3` for `features[2]`.
    private static func failure(_ error: any Error, file: String) -> FormatError {
        var failure = JSONFailure.error(error, file: file)
        if let place = failure.place, let open = place.firstIndex(of: "["), let close = place.firstIndex(of: "]"),
            let index = Int(place[place.index(after: open)..<close])
        {
            failure.place = "feature \(index + 1)\(place[place.index(after: close)...])"
        }
        return failure
    }
}

extension GeoJSONReader {
    private mutating func add(_ feature: GeoJSONFeature, place: String) throws(FormatError) {
        if let geometry = feature.geometry {
            try add(geometry, of: feature, place: place)
        } else {
            set.warnings.append("\(place): no geometry, skipped")
        }
        for (i, child) in feature.children.enumerated() { try add(child, place: "\(place), child \(i + 1)") }
    }

    private mutating func add(
        _ geometry: GeoJSONGeometry, of feature: GeoJSONFeature, place: String
    ) throws(FormatError) {
        switch geometry {
        case .collection(let members):
            for member in members { try add(member, of: feature, place: place) }
        case .lines(let lines):
            for line in lines { append(.line(try points(line, place: place)), of: feature, place: place) }
        case .line(let line): append(.line(try points(line, place: place)), of: feature, place: place)
        case .points(let all): append(.points(try points(all, place: place)), of: feature, place: place)
        case .polygon(let rings, isEllipse: true): try addEllipse(rings, of: feature, place: place)
        case .polygon(let rings, isEllipse: false):
            if let polygon = try polygon(rings, place: place) { append(.polygon(polygon), of: feature, place: place) }
        case .polygons(let all):
            var polygons: [Polygon] = []
            for rings in all {
                if let polygon = try polygon(rings, place: place) { polygons.append(polygon) }
            }
            if !polygons.isEmpty { append(.multiPolygon(polygons), of: feature, place: place) }
        }
    }

    private mutating func append(_ shape: RegionShape, of feature: GeoJSONFeature, place: String) {
        set.regions.append(
            AnnotationRegion(
                shape: shape, name: feature.name ?? "", className: feature.className, color: feature.color, place: place
            ))
    }

    /// QuPath writes an ellipse as a polygon with `isEllipse`; the true shape fills the polygon's box.
    private mutating func addEllipse(
        _ rings: [[Point]], of feature: GeoJSONFeature, place: String
    ) throws(FormatError) {
        let corners = try points(rings.first ?? [], place: place)
        let box = corners.reduce(into: Box.empty) { $0.formUnion(Box(between: $1, $1)) }
        guard box.area > 0 else {
            set.warnings.append("\(place): an ellipse without area, skipped")
            return
        }
        append(.ellipse(box), of: feature, place: place)
    }

    private mutating func polygon(_ rings: [[Point]], place: String) throws(FormatError) -> Polygon? {
        var checked: [[Point]] = []
        for (i, ring) in rings.enumerated() {
            let ring = Polygon.ring(try points(ring, place: place))
            if ring.count >= 3 {
                checked.append(ring)
            } else {
                set.warnings.append("\(place): a ring of \(ring.count) distinct points, skipped")
                if i == 0 { return nil }
            }
        }
        guard let outer = checked.first else {
            set.warnings.append("\(place): a polygon without rings, skipped")
            return nil
        }
        return Polygon(outer: outer, holes: Array(checked.dropFirst()))
    }

    private func points(_ points: [Point], place: String) throws(FormatError) -> [Point] {
        var moved: [Point] = []
        moved.reserveCapacity(points.count)
        for point in points {
            moved.append(
                Point(
                    x: try parser.checked(point.x + offset.x, "x", place: place),
                    y: try parser.checked(point.y + offset.y, "y", place: place)))
        }
        return moved
    }
}

/// What a GeoJSON file can be.
private struct GeoJSONRoot: Decodable {
    let features: [GeoJSONFeature]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        guard let values = try? decoder.container(keyedBy: Key.self) else {
            features = try decoder.singleValueContainer().decode([GeoJSONFeature].self)
            return
        }
        let type = try? values.decode(String.self, forKey: Key(stringValue: "type"))
        switch type {
        case "FeatureCollection":
            features = try values.decode([GeoJSONFeature].self, forKey: Key(stringValue: "features"))
        case "Feature": features = [try decoder.singleValueContainer().decode(GeoJSONFeature.self)]
        case let type? where GeoJSONGeometry.types.contains(type):
            features = [GeoJSONFeature(geometry: try decoder.singleValueContainer().decode(GeoJSONGeometry.self))]
        default: throw NotGeoJSON(keys: values.allKeys.map(\.stringValue))
        }
    }
}

/// The file is JSON of another kind, with these keys.
private struct NotGeoJSON: Error {
    let keys: [String]
}
