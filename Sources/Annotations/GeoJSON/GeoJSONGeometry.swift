import ImageCore

/// A geometry object of GeoJSON (RFC 7946), in the file's coordinates.
enum GeoJSONGeometry: Decodable {
    case points([Point])
    case line([Point])
    case lines([[Point]])
    case polygon([[Point]], isEllipse: Bool)
    case polygons([[[Point]]])
    case collection([GeoJSONGeometry])

    /// The types of geometries.
    static let types: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
    ]

    private enum CodingKeys: String, CodingKey { case type, coordinates, geometries, isEllipse }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func coordinates<Nested: Decodable>(_: Nested.Type) throws -> Nested {
            try values.decode(Nested.self, forKey: .coordinates)
        }
        let type = try values.decode(String.self, forKey: .type)
        switch type {
        case "Point": self = .points([try coordinates(Position.self).point])
        case "MultiPoint": self = .points(try coordinates([Position].self).map(\.point))
        case "LineString": self = .line(try coordinates([Position].self).map(\.point))
        case "MultiLineString": self = .lines(Self.rings(try coordinates([[Position]].self)))
        case "Polygon":
            let isEllipse = try values.decodeIfPresent(Bool.self, forKey: .isEllipse) ?? false
            self = .polygon(Self.rings(try coordinates([[Position]].self)), isEllipse: isEllipse)
        case "MultiPolygon": self = .polygons(try coordinates([[[Position]]].self).map(Self.rings))
        case "GeometryCollection": self = .collection(try values.decode([GeoJSONGeometry].self, forKey: .geometries))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: values, debugDescription: "\"\(type.prefix(40))\" is no type of geometry")
        }
    }

    private static func rings(_ positions: [[Position]]) -> [[Point]] { positions.map { $0.map(\.point) } }
}

/// Two or more numbers: x, y, and what is left out.
private struct Position: Decodable {
    let point: Point

    init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        point = Point(x: try values.decode(Double.self), y: try values.decode(Double.self))
    }
}
