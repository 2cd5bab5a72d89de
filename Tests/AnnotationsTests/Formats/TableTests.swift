import Annotations
import Formats
import ImageCore
import Testing

struct TableTests {
    private let triangle = ring((1, 2), (9, 2), (9, 8))

    @Test(arguments: [
        "ROI_name,X_base,Y_base,label\na,1,2,tumor\na,9,2,tumor\na,9,8,tumor\n",
        "class;region id;y;x\r\ntumor;a;2;1\r\ntumor;a;2,0;9\r\ntumor;a;8;9",
        "id\tclass\tx (px)\ty (px)\n\na\ttumor\t1\t2\na\ttumor\t9\t2\na\ttumor\t9\t8",
        "# made by hand\nid class x y\na tumor  1 2\na  tumor 9 2\n a tumor 9 8\n",
        "\"id\",\"class\",\"x\",\"y\",\"order\"\na,tumor,9,8,3\na,tumor,1,2,1\na,tumor,9,2,2\n",
        "\u{FEFF}id, class, x, y\na, tumor, 1, 2\na, tumor, 9, 2\na, tumor, 9, 8\n",
    ])
    func `tables of one triangle agree`(text: String) throws {
        let set = try AnnotationFiles.read(text: text, name: "t.csv")
        #expect(set.regions.map(\.shape) == [.polygon(Polygon(outer: triangle))])
        #expect(set.regions[0].className == "tumor" && set.regions[0].name == "a")
    }

    @Test func `rows of different regions may mix`() throws {
        let set = try AnnotationFiles.read(text: "id,x,y\na,1,2\nb,5,5\na,9,2\nb,6,5\nb,6,6\na,9,8\nc,1,1\n")
        #expect(set.regions.map(\.name) == ["a", "b"])
        #expect(set.regions[0].shape == .polygon(Polygon(outer: triangle)) && set.regions[0].place == "line 2")
        #expect(set.warnings.contains { $0.contains("region \"c\" has 1 distinct points") })
    }

    @Test(arguments: [
        "x,y,w,h,label\n1,2,8,6,t\n", "xmin,ymin,xmax,ymax,class\n1,2,9,8,t\n", "label x1 y1 x2 y2\nt 1 2 9 8\n",
    ])
    func `boxes by size and by corners agree`(text: String) throws {
        let set = try AnnotationFiles.read(text: text)
        #expect(set.regions.map(\.shape) == [.rectangle(Box(minX: 1, minY: 2, maxX: 9, maxY: 8))])
        #expect(set.regions[0].className == "t")
    }

    @Test func `units are applied, and asked for when the header needs one`() throws {
        let text = "id,x_um,y_um\na,1,2\na,9,2\na,9,8\n"
        let error = try #require(failure(text, name: "u.csv"))
        #expect(error.description.contains("known resolution") && error.place == "line 1")
        let resolved = AnnotationOptions(mpp: SIMD2(0.5, 0.25))
        #expect(
            try AnnotationFiles.read(text: text, options: resolved).regions[0].shape
                == .polygon(Polygon(outer: ring((2, 8), (18, 8), (18, 32)))))
        let options = AnnotationOptions(unit: .micrometres(mppX: 0.5, mppY: 0.25))
        let set = try AnnotationFiles.read(text: text, options: options)
        #expect(set.regions[0].shape == .polygon(Polygon(outer: ring((2, 8), (18, 8), (18, 32)))))
        let level = AnnotationOptions(unit: .pixelsAtDownsample(x: 4, y: 4))
        let scaled = try AnnotationFiles.read(text: "id,x,y\na,1,2\na,9,2\na,9,8\n", options: level)
        #expect(scaled.regions[0].shape == .polygon(Polygon(outer: ring((4, 8), (36, 8), (36, 32)))))
    }

    @Test func `what cannot be known is asked for`() throws {
        let plain = "1 2\n9 2\n9 8\n\n5 5\n6 5\n6 6\n"
        #expect(try #require(failure(plain)).description.contains("--annotation-rows"))
        #expect(
            try #require(failure(plain, options: AnnotationOptions(rows: .vertices))).description.contains(
                "--annotation-order"))
        #expect(try #require(failure("x,y\n1,2\n")).description.contains("--annotation-rows"))
        let set = try AnnotationFiles.read(text: plain, options: AnnotationOptions(order: .xy, rows: .vertices))
        #expect(set.regions.count == 2 && set.regions[0].shape == .polygon(Polygon(outer: triangle)))
        let swapped = try AnnotationFiles.read(
            text: "a,2,1\na,2,9\na,8,9\n", options: AnnotationOptions(order: .yx, rows: .vertices))
        #expect(swapped.regions[0].shape == .polygon(Polygon(outer: triangle)) && swapped.regions[0].name == "a")
    }

    @Test func `points are grouped by class`() throws {
        let set = try AnnotationFiles.read(
            text: "x,y,label\n1,2,a\n3,4,a\n5,6,b\n", options: AnnotationOptions(rows: .points))
        #expect(set.regions.map(\.shape) == [.points(ring((1, 2), (3, 4))), .points(ring((5, 6)))])
        #expect(set.regions.map(\.className) == ["a", "b"])
    }

    @Test func `a quote that stays open names its line`() throws {
        let error = try #require(failure("id,x,y\na,1,2\n\"b,1,2\nb,3,4\n"))
        #expect(error.code == .truncated && error.place == "line 3")
    }

    @Test func `headers without coordinates say what is expected`() throws {
        #expect(try #require(failure("group,overlay_order,GT_code\nroi,0,254\n")).code == .unsupported)
    }
}
