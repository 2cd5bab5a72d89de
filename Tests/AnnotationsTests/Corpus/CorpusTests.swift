import Annotations
import Formats
import ImageCore
import TestSupport
import Testing

/// Every annotation file of the public reference data.
struct CorpusTests {
    /// Files that are not read, and why.
    static let unsupported: [String: String] = [
        "annotations/coco/terrain1_coco.json": "COCO JSON",
        "annotations/coco/modified_terrain1_coco.json": "COCO JSON",
        "annotations/geojson/103S.json": "V7 Darwin JSON",
        "annotations/geojson/raster.json": "V7 Darwin JSON",
        "annotations/geojson/metadata.json": "V7 Darwin class list",
        "annotations/masks-csv/sample_GTcodes.csv": "class codes of label masks: a class map, not regions",
    ]

    static let files = TestData.files(below: "annotations", extensions: Set(AnnotationFiles.extensions))

    @Test(.needsTestData, arguments: files)
    func `every file is read, or refused with its name`(file: String) throws {
        let path = try TestData.path(file)
        if Self.unsupported[file] != nil {
            let error = #expect(throws: FormatError.self) { try AnnotationFiles.read(path: path) }
            #expect(error?.file == path)
            return
        }
        let set = try AnnotationFiles.read(path: path)
        #expect(!set.regions.isEmpty)
        #expect(set.regions.allSatisfy { !$0.place.isEmpty })
        let annotations = try ClassMap.inferred(from: set.classKeys).resolve(set)
        #expect(annotations.layers.count == set.regions.count { $0.hasArea })
    }

    @Test(.needsTestData) func `ASAP and GeoJSON agree on the region that both hold`() throws {
        let xml = try AnnotationFiles.read(path: TestData.path("annotations/asap/xml_example.xml"))
        let json = try AnnotationFiles.read(path: TestData.path("annotations/asap/geojson_example.geojson"))
        let fromXML = try #require(xml.regions.first { $0.group == "unsure" })
        let fromJSON = try #require(json.regions.first { $0.className == "unsure" })
        #expect(fromXML.shape == fromJSON.shape)
        #expect(fromJSON.color == RGBColor(red: 178, green: 64, blue: 255))
        #expect(xml.format == "ASAP XML" && json.format == "GeoJSON")
    }

    @Test(.needsTestData) func `ASAP types become shapes`() throws {
        func shape(_ name: String) throws -> RegionShape? {
            try AnnotationFiles.read(path: TestData.path("annotations/asap/asap-\(name).xml")).regions.first?.shape
        }
        #expect(try shape("dot") == .points([Point(x: 23071.5605, y: 16831.0098)]))
        guard case .points(let points) = try shape("pointset") else { return #expect(Bool(false)) }
        #expect(points.count == 5)
        guard case .polygon(let polygon) = try shape("polygon") else { return #expect(Bool(false)) }
        #expect(polygon.outer.count == 6 && polygon.outer.last == Point(x: 22954.1191, y: 16565.2363))
    }

    @Test(.needsTestData) func `QuPath's hole is cut out`() throws {
        let set = try AnnotationFiles.read(path: TestData.path("annotations/geojson/holed.geojson"))
        guard case .polygon(let polygon) = set.regions.first?.shape else { return #expect(Bool(false)) }
        #expect(polygon.outer.count == 4 && polygon.holes.count == 1)
        let map = CoverageMap(.polygons([polygon]))
        #expect(map.classIndex(at: Point(x: 10100, y: 16800)) == 0)
        #expect(map.classIndex(at: Point(x: 12300, y: 18000)) == nil)
    }

    @Test(.needsTestData) func `QuPath's older files give classes and colors`() throws {
        let set = try AnnotationFiles.read(path: TestData.path("annotations/geojson/geojson_example.json"))
        #expect(set.regions.map(\.className) == ["Tumor", "Invborder"])
        #expect(set.regions[1].color == RGBColor(red: 0, green: 255, blue: 0))
    }

    /// ImageScope writes the area that it measured beside each region.
    @Test(.needsTestData) func `ImageScope regions have the area that the file states`() throws {
        let set = try AnnotationFiles.read(path: TestData.path("annotations/imagescope/TCGA-EJ-5518-01Z-00-DX1.xml"))
        let stated = [29046449.6, 641099844.1, 3853031.2, 8308723.7]
        #expect(set.regions.count == stated.count && set.regions[0].className == "CaP")
        for (region, area) in zip(set.regions, stated) {
            let annotations = ResolvedAnnotations.polygons(region.shape.polygons)
            let box = Box(minX: 0, minY: 0, maxX: 200_000, maxY: 200_000)
            #expect(abs(CoverageMap(annotations).coverage(of: box)[0] * box.area / area - 1) < 0.003, "\(region.place)")
        }
    }

    @Test(.needsTestData) func `HALO's negative regions are holes`() throws {
        let set = try AnnotationFiles.read(path: TestData.path("annotations/halo/test_findholes.annotations"))
        guard case .polygon(let polygon) = set.regions.first?.shape else { return #expect(Bool(false)) }
        #expect(polygon.outer.count == 4 && polygon.holes.count == 1)
        let types = try AnnotationFiles.read(path: TestData.path("annotations/halo/test_types.annotations"))
        #expect(types.regions.count { $0.hasArea } == 7 && types.regions.count == 10)
    }
}
