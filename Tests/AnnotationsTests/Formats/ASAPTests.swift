import Annotations
import ImageCore
import Testing

struct ASAPTests {
    private func file(_ annotations: String, groups: String = "") -> String {
        """
        <ASAP_Annotations><Annotations>
        \(annotations)
        </Annotations><AnnotationGroups>\(groups)</AnnotationGroups></ASAP_Annotations>
        """
    }

    private func annotation(_ attributes: String, _ coordinates: (String, String, String)...) -> String {
        let lines = coordinates.map { "<Coordinate Order=\"\($0.0)\" X=\"\($0.1)\" Y=\"\($0.2)\"/>" }
        return "<Annotation \(attributes)><Coordinates>\(lines.joined(separator: "\n"))</Coordinates></Annotation>"
    }

    @Test func `points are placed by Order, gaps and repetitions are warned of`() throws {
        let set = try AnnotationFiles.read(
            text: file(
                annotation(
                    "Name=\"a\" Type=\"Polygon\" PartOfGroup=\"None\"", ("2", "5", "5"), ("0", "0", "0"),
                    ("1", "5", "0"))
                    + annotation(
                        "Name=\"b\" Type=\"Spline\" PartOfGroup=\"None\"", ("0", "0", "0"), ("4", "5", "5"),
                        ("4", "9", "0"))))
        #expect(set.regions[0].shape == .polygon(Polygon(outer: ring((0, 0), (5, 0), (5, 5)))))
        #expect(set.warnings.count == 2 && set.warnings.allSatisfy { $0.contains("\"b\"") })
    }

    @Test func `decimal commas and the color are read`() throws {
        let set = try AnnotationFiles.read(
            text: file(
                annotation("Name=\"a\" Type=\"Dot\" PartOfGroup=\"None\" Color=\"#F4FA58\"", ("0", "1,5", "-2,25"))))
        #expect(set.regions[0].shape == .points([Point(x: 1.5, y: -2.25)]))
        #expect(set.regions[0].color == RGBColor(red: 0xF4, green: 0xFA, blue: 0x58))
    }

    @Test func `too few points and unknown types are skipped with a warning`() throws {
        let set = try AnnotationFiles.read(
            text: file(
                annotation("Name=\"two\" Type=\"Polygon\" PartOfGroup=\"None\"", ("0", "0", "0"), ("1", "5", "0"))
                    + annotation("Name=\"odd\" Type=\"Blob\" PartOfGroup=\"None\"", ("0", "0", "0"))
                    + annotation(
                        "Name=\"same\" Type=\"Polygon\" PartOfGroup=\"None\"", ("0", "1", "1"), ("1", "1", "1"),
                        ("2", "1", "1"))))
        #expect(set.regions.isEmpty && set.warnings.count == 3)
        #expect(set.warnings[0] == "line 2: annotation \"two\" is a polygon of 2 distinct points, skipped")
    }

    @Test func `groups nest, missing groups are warned of, own names count without a group`() throws {
        let triangle = [("0", "0", "0"), ("1", "5", "0"), ("2", "5", "5")]
        let set = try AnnotationFiles.read(
            text: file(
                annotation(
                    "Name=\"Annotation 0\" Type=\"Polygon\" PartOfGroup=\"inner\"", triangle[0], triangle[1],
                    triangle[2])
                    + annotation(
                        "Name=\"lost\" Type=\"Polygon\" PartOfGroup=\"nowhere\"", triangle[0], triangle[1], triangle[2])
                    + annotation(
                        "Name=\"Stroma\" Type=\"Polygon\" PartOfGroup=\"None\"", triangle[0], triangle[1], triangle[2])
                    + annotation(
                        "Name=\"Annotation 3\" Type=\"Polygon\" PartOfGroup=\"None\"", triangle[0], triangle[1],
                        triangle[2]),
                groups: "<Group Name=\"outer\" PartOfGroup=\"None\"/><Group Name=\"inner\" PartOfGroup=\"outer\"/>"))
        #expect(set.classKeys == ["inner", "nowhere", "Stroma", ClassMap.unnamed])
        #expect(set.warnings.count == 1 && set.warnings[0].contains("nowhere"))
        let map = ClassMap([.init(name: "all", label: 7, sources: ["outer", "nowhere", "stroma", "annotation"])])
        #expect(try map.resolve(set).layers.map(\.label) == [7, 7, 7, 7])
    }

    @Test func `rectangles keep their four points, measurements are lines`() throws {
        let corners = [("0", "0", "0"), ("1", "4", "0"), ("2", "4", "3"), ("3", "0", "3")]
        let set = try AnnotationFiles.read(
            text: file(
                annotation(
                    "Name=\"r\" Type=\"Rectangle\" PartOfGroup=\"None\"", corners[0], corners[1], corners[2], corners[3]
                )
                    + annotation("Name=\"m\" Type=\"Measurement\" PartOfGroup=\"None\"", corners[0], corners[2])))
        #expect(
            set.regions.map(\.shape) == [
                .polygon(Polygon(Box(minX: 0, minY: 0, maxX: 4, maxY: 3))), .line(ring((0, 0), (4, 3))),
            ])
    }

    @Test func `a file without the outermost element is read`() throws {
        let dot = annotation("Name=\"a\" Type=\"Dot\" PartOfGroup=\"None\"", ("0", "1", "2"))
        let set = try AnnotationFiles.read(text: "<Annotations>\(dot)</Annotations>")
        #expect(set.format == "ASAP XML" && set.regions.map(\.shape) == [.points(ring((1, 2)))])
    }
}
