import Formats
public import ImageCore

/// Small real slides: pyramidal TIFF files with JPEG tiles, written as Aperio does, round tissue on white glass.
public enum TestSlide {
    /// How a slide is written.
    public struct Recipe: Sendable {
        /// Size of level 0.
        public var size = PixelSize(width: 300, height: 236)
        /// Number of levels, each half as large as the one before.
        public var levels = 2
        /// Micrometres per pixel of level 0; `nil` writes none.
        public var mpp: Double? = 2
        /// The objective's magnification; `nil` writes none.
        public var magnification: Double? = 5
        /// Tiles that the file does not store.
        public var missing: Set<SyntheticSlide.Tile> = []
        /// Tiles that hold rubbish.
        public var corrupt: Set<SyntheticSlide.Tile> = []
        /// Another seed gives other tissue.
        public var seed: UInt64 = 1

        /// A whole slide of two levels.
        public init() {}
    }

    /// Edge of the tiles.
    public static let tileEdge = 64

    /// Writes a slide and gives its path.
    @discardableResult
    public static func write(to path: String, _ change: (inout Recipe) -> Void = { _ in }) throws -> String {
        var recipe = Recipe()
        change(&recipe)
        let pages = (0..<recipe.levels).map { page(level: $0, recipe) }
        let encoder = JPEGEncoder(quality: 95, subsampling: .s444)
        let writer = try TIFFPyramidWriter(path: path, pages: pages)
        for (level, page) in pages.enumerated() {
            for index in 0..<page.columns * page.rows {
                let (row, column) = index.quotientAndRemainder(dividingBy: page.columns)
                let tile = SyntheticSlide.Tile(level: level, column: column, row: row)
                if recipe.missing.contains(tile) { continue }
                let samples = self.samples(of: tile, recipe)
                let bytes =
                    recipe.corrupt.contains(tile)
                    ? [UInt8](repeating: 0x55, count: 500)
                    : try encoder.encode(
                        samples.span, width: tileEdge, height: tileEdge, rowStride: tileEdge * 3, color: .rgb)
                try writer.writeTile(page: level, column: column, row: row, compressed: bytes)
            }
        }
        try writer.finish(allowsMissingTiles: true)
        return path
    }

    private static func page(level: Int, _ recipe: Recipe) -> TIFFPage {
        var page = TIFFPage(
            size: PixelSize(width: recipe.size.width >> level, height: recipe.size.height >> level),
            layout: .tiles(PixelSize(width: tileEdge, height: tileEdge)), samplesPerPixel: 3, photometric: .yCbCr,
            compression: .jpeg, isReducedResolution: level > 0)
        page.chromaSubsampling = PixelSize(width: 1, height: 1)
        var description = "Aperio Test Slide"
        if let magnification = recipe.magnification { description += "|AppMag = \(magnification)" }
        if let mpp = recipe.mpp { description += "|MPP = \(mpp)" }
        page.description = description
        return page
    }

    private static func samples(of tile: SyntheticSlide.Tile, _ recipe: Recipe) -> [UInt8] {
        let blobs = self.blobs(recipe)
        var samples = [UInt8](repeating: 0, count: tileEdge * tileEdge * 3)
        var at = 0
        for y in 0..<tileEdge {
            for x in 0..<tileEdge {
                let place = (
                    x: (tile.column * tileEdge + x) << tile.level, y: (tile.row * tileEdge + y) << tile.level
                )
                let isTissue = blobs.contains { blob in
                    let (dx, dy) = (place.x - blob.x, place.y - blob.y)
                    return dx * dx + dy * dy < blob.radius * blob.radius
                }
                let texture = UInt8(truncatingIfNeeded: (place.x * 7 ^ place.y * 13) & 31)
                samples[at] = isTissue ? 150 + texture : 244
                samples[at + 1] = isTissue ? 80 + texture : 243
                samples[at + 2] = isTissue ? 140 + texture : 245
                at += 3
            }
        }
        return samples
    }

    /// The pieces of tissue: circles in pixels of level 0, about half of the slide.
    private static func blobs(_ recipe: Recipe) -> [(x: Int, y: Int, radius: Int)] {
        var random = SeededGenerator(seed: recipe.seed)
        let (width, height) = (recipe.size.width, recipe.size.height)
        return (0..<4).map { i in
            let radius = min(width, height) / 4
            return (
                x: width * (1 + 2 * (i % 2)) / 4 + Int.random(in: 0...radius / 2, using: &random),
                y: height * (1 + 2 * (i / 2)) / 4 - Int.random(in: 0...radius / 2, using: &random), radius: radius
            )
        }
    }
}

/// Annotation files as ASAP writes them.
public enum TestAnnotation {
    /// One polygon of a group, by its corners in pixels of level 0.
    public struct Region: Sendable {
        /// The group: the class.
        public var group: String
        /// The corners.
        public var corners: [(x: Double, y: Double)]

        /// A region by its parts.
        public init(_ group: String, _ corners: [(x: Double, y: Double)]) {
            self.group = group
            self.corners = corners
        }

        /// A rectangle.
        public init(_ group: String, x: Double, y: Double, width: Double, height: Double) {
            self.init(group, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        }
    }

    /// The text of an ASAP file.
    public static func asap(_ regions: [Region]) -> String {
        var text = "<?xml version=\"1.0\"?>\n<ASAP_Annotations>\n<Annotations>\n"
        for (number, region) in regions.enumerated() {
            text +=
                "<Annotation Name=\"Annotation \(number)\" Type=\"Polygon\" PartOfGroup=\"\(region.group)\" Color=\"#F4FA58\">\n"
            text += "<Coordinates>\n"
            for (order, corner) in region.corners.enumerated() {
                text += "<Coordinate Order=\"\(order)\" X=\"\(corner.x)\" Y=\"\(corner.y)\" />\n"
            }
            text += "</Coordinates>\n</Annotation>\n"
        }
        text += "</Annotations>\n<AnnotationGroups>\n"
        for group in Set(regions.map(\.group)).sorted() {
            text += "<Group Name=\"\(group)\" PartOfGroup=\"None\" Color=\"#00FF00\"><Attributes /></Group>\n"
        }
        return text + "</AnnotationGroups>\n</ASAP_Annotations>\n"
    }
}
