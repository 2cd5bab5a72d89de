/// What a column of a table means.
enum TableColumn: Hashable {
    case x, y, left, top, right, bottom, width, height
    case region, className, order
    case other

    /// The meaning of a column by the usual names for it; case, spaces, underscores and units do not matter.
    init(header: String) {
        let key = Self.key(header)
        self =
            Self.names[key] ?? Self.unitEndings.lazy.compactMap { Self.meaning(of: key, without: $0) }.first ?? .other
    }

    /// Whether a header says that its numbers are micrometres (`true`) or pixels of level 0 (`false`).
    static func statesMicrometres(_ header: String) -> Bool? {
        let text = header.lowercased()
        let key = key(header)
        if text.contains("µm") || text.contains("μm") || text.contains("micro") { return true }
        if TableColumn.meaning(of: key, without: "um") != nil && names[key] == nil { return true }
        return key.hasSuffix("base") || key.hasSuffix("px") || key.contains("pixel") ? false : nil
    }

    private static func meaning(of key: String, without ending: String) -> TableColumn? {
        key.hasSuffix(ending) ? names[String(key.dropLast(ending.count))] : nil
    }

    private static func key(_ header: String) -> String {
        String(
            String.UnicodeScalarView(
                header.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
    }

    private static let unitEndings = [
        "base", "um", "µm", "μm", "microns", "micrometers", "micrometres", "px", "pixel", "pixels",
    ]

    private static let names: [String: TableColumn] = {
        let meanings: [(TableColumn, String)] = [
            (.x, "x xcoord xcoordinate coordx posx pointx vertexx centroidx centerx centrex cx col column"),
            (.y, "y ycoord ycoordinate coordy posy pointy vertexy centroidy centery centrey cy row"),
            (.left, "left xmin minx x0 x1 xstart"), (.top, "top ymin miny y0 y1 ystart"),
            (.right, "right xmax maxx x2 xend"), (.bottom, "bottom ymax maxy y2 yend"),
            (.width, "width w"), (.height, "height h"),
            (
                .region,
                "id region regionid roi roiname roiid name annotation annotationid annotationname polygon polygonid"
            ), (.region, "object objectid contour contourid shape shapeid"),
            (.className, "class classname classification label category group type"),
            (.order, "order index vertex vertexid vertexindex point pointid sequence"),
        ]
        return Dictionary(
            meanings.flatMap { meaning, names in names.split(separator: " ").map { (String($0), meaning) } },
            uniquingKeysWith: { first, _ in first })
    }()
}
