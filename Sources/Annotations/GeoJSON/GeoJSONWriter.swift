import FoundationEssentials
import ImageCore

/// Writes regions as a GeoJSON FeatureCollection that QuPath opens, in pixels of level 0.
///
/// Coordinates are rounded to two decimals, as QuPath does. Rings are closed. The bytes depend on the regions alone.
public enum GeoJSONWriter {
    /// The bytes of a file.
    public static func encode(_ regions: [AnnotationRegion]) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let collection = Collection(features: regions.map(Feature.init))
        guard let data = try? encoder.encode(collection) else {
            preconditionFailure("finite coordinates are encodable")
        }
        return [UInt8](data) + [0x0A]
    }

    private struct Collection: Encodable {
        let type = "FeatureCollection"
        let features: [Feature]
    }

    private struct Feature: Encodable {
        let type = "Feature"
        let geometry: Geometry
        let properties: Properties

        init(_ region: AnnotationRegion) {
            geometry = Geometry(region.shape)
            properties = Properties(
                name: region.name.isEmpty ? nil : region.name,
                classification: region.className.map { Classification(name: $0) })
        }
    }

    private struct Properties: Encodable {
        let objectType = "annotation"
        let name: String?
        let classification: Classification?
    }

    private struct Classification: Encodable {
        let name: String
    }

    private enum Geometry: Encodable {
        case multiPolygon([[[[Double]]]])
        case multiPoint([[Double]])
        case line([[Double]])

        init(_ shape: RegionShape) {
            switch shape {
            case .points(let points): self = .multiPoint(points.map(Self.position))
            case .line(let points): self = .line(points.map(Self.position))
            default: self = .multiPolygon(shape.polygons.map { ([$0.outer] + $0.holes).map(Self.ring) })
            }
        }

        private static func position(_ point: Point) -> [Double] {
            [(point.x * 100).rounded() / 100, (point.y * 100).rounded() / 100]
        }

        private static func ring(_ points: [Point]) -> [[Double]] { (points + points.prefix(1)).map(position) }

        private enum Keys: CodingKey { case type, coordinates }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            switch self {
            case .multiPolygon(let polygons) where polygons.count == 1:
                try container.encode("Polygon", forKey: .type)
                try container.encode(polygons[0], forKey: .coordinates)
            case .multiPolygon(let polygons):
                try container.encode("MultiPolygon", forKey: .type)
                try container.encode(polygons, forKey: .coordinates)
            case .multiPoint(let points):
                try container.encode("MultiPoint", forKey: .type)
                try container.encode(points, forKey: .coordinates)
            case .line(let points):
                try container.encode("LineString", forKey: .type)
                try container.encode(points, forKey: .coordinates)
            }
        }
    }
}
