import ImageCore

/// A feature of GeoJSON with the properties that QuPath writes.
struct GeoJSONFeature: Decodable {
    var geometry: GeoJSONGeometry?
    var name: String?
    var className: String?
    var color: RGBColor?
    var objectType: String?
    var children: [GeoJSONFeature] = []

    private enum CodingKeys: String, CodingKey { case type, geometry, properties, childObjects }

    private enum PropertyKeys: String, CodingKey {
        case name, color, classification, objectType, childObjects
        case olderObjectType = "object_type"
    }

    init(geometry: GeoJSONGeometry) { self.geometry = geometry }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        if let type = try values.decodeIfPresent(String.self, forKey: .type), type != "Feature" {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: values, debugDescription: "expected a Feature, found \"\(type.prefix(40))\"")
        }
        // Written even when it is null; an object without it is no feature.
        geometry = try values.decode(GeoJSONGeometry?.self, forKey: .geometry)
        children = try values.decodeIfPresent([GeoJSONFeature].self, forKey: .childObjects) ?? []
        guard values.contains(.properties), try !values.decodeNil(forKey: .properties) else { return }
        let properties = try values.nestedContainer(keyedBy: PropertyKeys.self, forKey: .properties)
        name = try? properties.decodeIfPresent(String.self, forKey: .name)
        objectType =
            (try? properties.decodeIfPresent(String.self, forKey: .objectType))
            ?? (try? properties.decodeIfPresent(String.self, forKey: .olderObjectType))
        let classification = try properties.decodeIfPresent(GeoJSONClassification.self, forKey: .classification)
        className = classification?.name
        let own = try? properties.decodeIfPresent([Int].self, forKey: .color)
        color = own.flatMap(RGBColor.init(components:)) ?? classification?.color
        children += try properties.decodeIfPresent([GeoJSONFeature].self, forKey: .childObjects) ?? []
    }
}

/// QuPath's class of an object: `{name, color}`, `{names, color}`, `{name, colorRGB}` (before 0.4) or a text.
private struct GeoJSONClassification: Decodable {
    var name: String?
    var color: RGBColor?

    private enum CodingKeys: String, CodingKey { case name, names, color, colorRGB }

    init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            name = text.isEmpty ? nil : text
            return
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let names = try values.decodeIfPresent([String].self, forKey: .names)
        // QuPath shows a derived class this way.
        name = try values.decodeIfPresent(String.self, forKey: .name) ?? names?.joined(separator: ": ")
        if let components = try? values.decodeIfPresent([Int].self, forKey: .color) {
            color = RGBColor(components: components)
        } else if let packed = try? values.decodeIfPresent(Int32.self, forKey: .colorRGB) {
            color = RGBColor(packed: packed)
        }
    }
}

extension RGBColor {
    /// A color as a list of red, green, blue and perhaps alpha.
    init?(components: [Int]) {
        guard components.count >= 3, components.allSatisfy((0...255).contains) else { return nil }
        self.init(red: UInt8(components[0]), green: UInt8(components[1]), blue: UInt8(components[2]))
    }

    /// A color as Java packs it: alpha, red, green, blue from the highest byte down.
    init(packed: Int32) {
        let bits = UInt32(bitPattern: packed)
        self.init(
            red: UInt8(truncatingIfNeeded: bits >> 16), green: UInt8(truncatingIfNeeded: bits >> 8),
            blue: UInt8(truncatingIfNeeded: bits))
    }
}
