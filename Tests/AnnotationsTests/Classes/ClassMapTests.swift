import Annotations
import Formats
import ImageCore
import TestSupport
import Testing

struct ClassMapTests {
    private let square = RegionShape.rectangle(Box(minX: 0, minY: 0, maxX: 4, maxY: 4))

    @Test(arguments: [["_0", "_2"], ["Tumor"], ["Tumor", "Exclusion", "None"], ["_0", "_1", "annotation"]])
    func `Camelyon16 names choose its map`(names: [String]) {
        #expect(ClassMap.inferred(from: names) == .camelyon16)
    }

    @Test func `Camelyon17 names choose its map, other names become classes`() {
        #expect(ClassMap.inferred(from: ["normal", "metastases"]) == .camelyon17)
        let map = ClassMap.inferred(from: ["tumor", "stroma", "fat"])
        #expect(map.entries.map(\.name) == ["fat", "stroma", "tumor"] && map.entries.map(\.label) == [1, 2, 3])
        #expect(ClassMap.inferred(from: ["annotation"]).entries.map(\.label) == [1])
    }

    @Test func `regions are painted by priority, then in the file's order, exclusions last`() throws {
        let map = ClassMap([
            .init(name: "over", label: 1, priority: 9), .init(name: "cut", label: 0, priority: 0, isExclusion: true),
            .init(name: "under", label: 2, sources: ["u"], priority: 1),
        ])
        let regions = ["over", "cut", "U", "over"].enumerated().map { i, name in
            AnnotationRegion(shape: square, className: name, place: "line \(i)")
        }
        let resolved = try map.resolve(AnnotationSet(regions: regions, format: "test", source: "a"))
        #expect(resolved.layers.map(\.place) == ["line 2", "line 0", "line 3", "line 1"])
        #expect(resolved.layers.map(\.label) == [2, 1, 1, 0] && resolved.layers.map(\.classIndex) == [1, 0, 0, nil])
        #expect(resolved.classNames == ["over", "under"] && resolved.maxLabel == 2)
    }

    @Test func `JSON and CSV maps agree`() throws {
        let folder = try ScratchFolder()
        let json = try folder.write(
            """
            {"classes": [{"name": "tumor", "label": 3, "sources": ["_0", "_1"], "priority": 2},
             {"name": "hole", "exclude": true, "priority": 5}]}
            """.utf8, to: "map.json")
        let csv = try folder.write(
            "name,label,priority,exclude,sources\ntumor,3,2,0,_0|_1\nhole,,5,true,\n".utf8, to: "map.csv")
        let map = try ClassMap(path: json)
        #expect(try map == ClassMap(path: csv))
        #expect(map.entries.map(\.isExclusion) == [false, true] && map.entries[0].sources == ["_0", "_1"])
    }

    @Test(
        arguments: [
            ("[{\"name\": \"a\", \"label\": 0}]", "class \"a\""),
            ("[{\"name\": \"a\", \"label\": 65536}]", "class \"a\""),
            ("[{\"label\": 1}]", "[0]"), ("name,label\na,1\nb,x\n", "line 3"), ("name,label\n,1\n", "line 2"),
            ("[{\"name\": \"a\", \"label\": 1}, {\"name\": \"b\", \"label\": 2, \"sources\": [\"a\"]}]", "class \"b\""),
            ("name,label,exclude\na,1,maybe\n", "line 2"), ("[]", nil), ("", nil), ("{\"classes\": 3}", "classes"),
        ] as [(String, String?)])
    func `maps that make no sense name the place`(text: String, place: String?) throws {
        let folder = try ScratchFolder()
        let path = try folder.write(text.utf8, to: "map")
        let error = #expect(throws: FormatError.self) { try ClassMap(path: path) }
        #expect(error?.place == place && error?.file == path)
    }

    @Test func `more classes than labels are an error`() throws {
        let map = ClassMap.inferred(from: (0...65535).map { "class \($0)" })
        let set = AnnotationSet(
            regions: [AnnotationRegion(shape: square, className: "class 1")], format: "test", source: "a")
        #expect(throws: FormatError.self) { try map.resolve(set) }
    }

    @Test(.needsTestData) func `class codes of published label masks are a map`() throws {
        let map = try ClassMap(path: TestData.path("annotations/masks-csv/sample_GTcodes.csv"))
        #expect(map.entries.count == 23 && map.entries[2].name == "mostly_tumor" && map.entries[2].label == 1)
    }
}
