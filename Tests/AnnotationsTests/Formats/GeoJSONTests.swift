import Annotations
import ImageCore
import Testing

struct GeoJSONTests {
    private let polygon = #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]]]}"#

    private func feature(_ geometry: String, _ properties: String = "{}") -> String {
        #"{"type":"Feature","geometry":\#(geometry),"properties":\#(properties)}"#
    }

    @Test func `a feature, a list, a collection and a geometry give the same region`() throws {
        let one = feature(polygon)
        for text in [one, "[\(one)]", #"{"type":"FeatureCollection","features":[\#(one)]}"#, polygon] {
            let set = try AnnotationFiles.read(text: text)
            #expect(set.regions.map(\.shape) == [.polygon(Polygon(outer: ring((0, 0), (4, 0), (4, 4))))])
            #expect(set.regions[0].place == "feature 1")
        }
    }

    @Test(
        arguments: [
            (#""Tumor""#, "Tumor"), (#"{"name":"Tumor"}"#, "Tumor"),
            (#"{"names":["Tumor","Positive"],"color":[1,2,3]}"#, "Tumor: Positive"),
            ("null", nil), (#"{"name":"Tumor","colorRGB":-3670016}"#, "Tumor"),
        ] as [(String, String?)])
    func `every form of classification is read`(classification: String, name: String?) throws {
        let set = try AnnotationFiles.read(text: feature(polygon, #"{"classification":\#(classification),"name":"n"}"#))
        #expect(set.regions[0].className == name && set.regions[0].name == "n")
    }

    @Test func `the bounds offset moves coordinates`() throws {
        let options = AnnotationOptions(boundsOffset: Point(x: 100, y: 1000))
        let set = try AnnotationFiles.read(
            text: feature(#"{"type":"Point","coordinates":[1.5,2.25,7]}"#), options: options)
        #expect(set.regions[0].shape == .points([Point(x: 101.5, y: 1002.25)]))
    }

    @Test func `an ellipse fills the box of its polygon`() throws {
        let text = #"{"type":"Polygon","isEllipse":true,"coordinates":[[[0,5],[10,0],[20,5],[10,10],[0,5]]]}"#
        let set = try AnnotationFiles.read(text: feature(text))
        #expect(set.regions[0].shape == .ellipse(Box(minX: 0, minY: 0, maxX: 20, maxY: 10)))
    }

    @Test func `geometries of every type become shapes`() throws {
        let types = [
            #"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#,
            #"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#,
            #"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#,
            #"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]],[[[9,9],[8,9],[8,8]]]]}"#,
        ]
        let collection = #"{"type":"GeometryCollection","geometries":[\#(types.joined(separator: ","))]}"#
        let set = try AnnotationFiles.read(text: feature(collection))
        #expect(
            set.regions.map(\.shape) == [
                .points(ring((1, 2), (3, 4))), .line(ring((1, 2), (3, 4))), .line(ring((1, 2), (3, 4))),
                .line(ring((5, 6), (7, 8))),
                .multiPolygon([
                    Polygon(outer: ring((0, 0), (4, 0), (4, 4))), Polygon(outer: ring((9, 9), (8, 9), (8, 8))),
                ]),
            ])
    }

    @Test func `children, null geometries and thin rings have places`() throws {
        let child = #"{"childObjects":[\#(feature(polygon))]}"#
        let thin = #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[0,0]]]}"#
        let set = try AnnotationFiles.read(text: "[\(feature("null")),\(feature(thin)),\(feature(polygon, child))]")
        #expect(set.regions.map(\.place) == ["feature 3", "feature 3, child 1"])
        #expect(set.warnings == ["feature 1: no geometry, skipped", "feature 2: a ring of 2 distinct points, skipped"])
    }
}
