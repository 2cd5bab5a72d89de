import Annotations
import Formats
import Foundation
import ImageCore
import Patches
import TestSupport
import Testing

/// Whole batches in process: what is written is what the slide and the polygons say.
@Suite struct PatchBatchTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// Runs a batch over slide a with its annotation; gives the rows of the manifest.
    @discardableResult
    private func run(
        _ folder: String = "out", slides: [String] = [SharedSlides.one],
        annotations: [String] = [SharedSlides.annotations + "/a.xml"], _ change: (inout PatchOptions) -> Void = { _ in }
    ) throws -> [[String: String]] {
        var options = PatchOptions(slides: slides, output: scratch.path(folder))
        options.annotations = annotations
        options.request.size = 32
        options.request.stride = 32
        options.request.labels.minimum = ["tumor": 0.3]
        options.tissue = .none
        options.format = .coordinates
        options.jobs = 2
        change(&options)
        if options.annotations.isEmpty { options.request.labels.minimum = [:] }
        let summary = try PatchBatch(options).run()
        #expect(summary.failures == [])
        let rows = CSV.rows(try manifest(folder))
        #expect(summary.written == rows.count)
        return rows
    }

    private func manifest(_ folder: String = "out") throws -> String {
        try String(contentsOfFile: scratch.path(folder + "/manifest.csv"), encoding: .utf8)
    }

    private func rect(_ row: [String: String]) throws -> PixelRect {
        func number(_ name: String) throws -> Int { try #require(Int(row[name] ?? "")) }
        return try PixelRect(x: number("x"), y: number("y"), width: number("width"), height: number("height"))
    }

    private func image(_ path: String) throws -> Image<UInt8> {
        guard case .uint8(let image) = try FormatTable.standard.readImage(path: path) else {
            throw FormatError(.unsupported, file: path, found: "not 8 bits")
        }
        return image
    }

    @Test func `the manifest has the columns of the design, one row per patch`() throws {
        let rows = try run { $0.format = .png }
        let header = CSV.fields(try manifest())[0]
        #expect(
            header == [
                "patch", "slide", "x", "y", "width", "height", "level", "downsample", "mpp", "tissue", "label", "tumor",
                "path", "offset",
            ])
        #expect(rows.count == 9 * 7 && Set(rows.map { $0["patch"] }).count == rows.count)
        let files = try FileTree(scratch.path("out")).names.filter { $0.hasSuffix(".png") }
        #expect(Set(files) == Set(rows.map { $0["path"] ?? "" }) && files.count == rows.count)
        for row in rows {
            #expect(row["path"] == "patches/\(row["label"] ?? "")/a/\(row["patch"] ?? "").png")
            #expect(row["patch"] == "a_x\(row["x"] ?? "")_y\(row["y"] ?? "")" && row["slide"] == "a")
            #expect(row["level"] == "0" && row["downsample"] == "1" && row["mpp"] == "2" && row["offset"] == "")
        }
        // From top to bottom, from left to right.
        let places = try rows.map { try rect($0) }.map { $0.y * 1000 + $0.x }
        #expect(places == places.sorted())
    }

    @Test(arguments: [0, 1], EdgePolicy.allCases)
    func `a native patch is what the slide reads at the manifest's place`(level: Int, edge: EdgePolicy) throws {
        let rows = try run(annotations: []) {
            $0.format = .png
            $0.request.size = 40
            $0.request.stride = 33
            $0.request.scale = .level(level)
            $0.request.edge = edge
        }
        let slide = try Slides.open(path: SharedSlides.one)
        let size = slide.levels[level].size
        // Counted by hand: starts 0, 33, 66 …
        func starts(_ length: Int) -> Int {
            switch edge {
            case .drop: (length - 40) / 33 + 1
            case .pad: (length + 32) / 33
            case .shift: (length - 40 + 32) / 33 + 1
            }
        }
        #expect(rows.count == starts(size.width) * starts(size.height))
        for row in rows {
            let area = try rect(row)
            #expect(area.width == 40 << level && area.height == 40 << level && area.x % (1 << level) == 0)
            let place = PixelRect(x: area.x >> level, y: area.y >> level, width: 40, height: 40)
            let read = try slide.read(place, level: level).pixels
            #expect(try image(scratch.path("out/" + (row["path"] ?? ""))).samplesEqual(read), "\(row)")
        }
    }

    @Test func `coverage is the part of the mask, by counting pixels`() throws {
        for stride in [32, 19] {
            let rows = try run("out\(stride)") { $0.request.stride = stride }
            let set = try AnnotationFiles.read(path: SharedSlides.annotations + "/a.xml")
            let labels = Rasterizer(
                try ClassMap.camelyon16.resolve(set), downsampleX: 1, downsampleY: 1, rule: .center,
                canvas: PixelSize(width: 300, height: 236))
            for row in rows {
                let counted = labels.labels(in: try rect(row))
                let inside = counted.samples.indices.count { counted.samples[$0] == 1 }
                let share = try #require(Double(row["tumor"] ?? ""))
                // A border of at most 4 · 32 pixels passes through; centers decide half of each on average.
                #expect(abs(share - Double(inside) / 1024) < 0.03, "\(row)")
                let label = share == 0 ? "none" : share >= 0.3 ? "tumor" : "mixed"
                #expect(row["label"] == label)
            }
            #expect(Set(rows.map { $0["label"] }) == ["none", "mixed", "tumor"])
        }
    }

    @Test func `tissue is the part of the mask that covers the patch`() throws {
        let mask = Image<UInt8>(axes: [.y, .x], sizes: [236, 300]) { samples in
            for i in 0..<samples.count { samples[i] = i % 300 >= 150 && i / 300 < 118 ? 255 : 0 }
        }
        try AtomicFile.write(PNGEncoder().encode(mask), to: scratch.path("a.png"))
        let square = """
            {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates":
            [[[150, 0], [300, 0], [300, 118], [150, 118], [150, 0]]]}}
            """
        try Data(square.utf8).write(to: URL(filePath: scratch.path("square.geojson")))
        try FileManager.default.createDirectory(atPath: scratch.path("masks"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: scratch.path("a.png"), toPath: scratch.path("masks/a_tissue.png"))
        var results: [[[String: String]]] = []
        for (number, path) in ["a.png", "masks", "square.geojson"].enumerated() {
            let rows = try run("out\(number)", annotations: []) {
                $0.tissue = .file(scratch.path(path))
                $0.request.minTissue = 0.4
            }
            for row in rows {
                let area = try rect(row)
                let inside = area.intersection(PixelRect(x: 150, y: 0, width: 150, height: 118)).area
                let tissue = try #require(Double(row["tissue"] ?? ""))
                #expect(abs(tissue - Double(inside) / 1024) < 0.0001 && tissue >= 0.4)
            }
            results.append(rows)
        }
        #expect(results[0] == results[1] && results[0] == results[2] && results[0].count == 4 * 4)
    }

    @Test func `detected tissue is where the slide is not white`() throws {
        let slide = try Slides.open(path: SharedSlides.one)
        let pixels = try slide.read(slide.levels[0].size.bounds, level: 0).pixels
        for method in [TissueMethod.otsu, .saturation] {
            let rows = try run("out-\(method.name)", annotations: []) {
                $0.tissue = method
                $0.request.minTissue = 0
            }
            #expect(rows.count == 63)
            for row in rows {
                let area = try rect(row)
                var dark = 0
                for y in area.y..<area.maxY { for x in area.x..<area.maxX where pixels[y, x, 1] < 180 { dark += 1 } }
                let tissue = try #require(Double(row["tissue"] ?? ""))
                #expect(abs(tissue - Double(dark) / 1024) < 0.12, "\(method.name) \(row)")
            }
        }
    }

    @Test func `tissue that was written is the tissue that is found`() throws {
        let folder = scratch.path("tissue")
        var options = TissueOptions(slides: [SharedSlides.slides], output: folder)
        options.writesOverview = true
        #expect(try TissueBatch(options).run().isComplete)
        let names = try FileTree(folder).names
        for name in ["a", "b", "c"] {
            #expect(names.contains("\(name)_tissue.png") && names.contains("\(name)_tissue.geojson"))
            #expect(try image("\(folder)/overview/\(name).jpg").width == 300)
        }
        let detected = try run("detected", slides: [SharedSlides.slides], annotations: []) { $0.tissue = .otsu }
        let read = try run("read", slides: [SharedSlides.slides], annotations: []) { $0.tissue = .file(folder) }
        #expect(read == detected && !read.isEmpty)
        for name in ["a", "b", "c"] {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)_tissue.png")
        }
        let polygons = try run("polygons", slides: [SharedSlides.slides], annotations: []) { $0.tissue = .file(folder) }
        #expect(polygons == detected)
    }

    @Test func `quotas keep some of each label, more of them keep the same and others`() throws {
        let all = try run()
        let few = try run("few") { $0.request.quota = PatchQuota(perClass: 3, seed: 5) }
        let more = try run("more") { $0.request.quota = PatchQuota(perClass: 6, seed: 5) }
        let other = try run("other") { $0.request.quota = PatchQuota(perClass: 3, seed: 6) }
        let slide = try run("slide") { $0.request.quota = PatchQuota(perSlide: 10, seed: 5) }
        let counts = Dictionary(grouping: few) { $0["label"] ?? "" }.mapValues(\.count)
        #expect(counts == ["none": 3, "mixed": 3, "tumor": 3] && slide.count == 10)
        #expect(Set(few).isSubset(of: Set(more)) && Set(more).isSubset(of: Set(all)) && few != other)
    }

    @Test func `a tar archive holds the patches, and the offsets point to them`() throws {
        let rows = try run { $0.format = .webdataset }
        let single = try run("single") { $0.format = .jpeg }
        let tar = scratch.path("out/shards/a-000000.tar")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: tar)))
        let listing = Process()
        listing.executableURL = URL(filePath: "/bin/tar")
        listing.arguments = ["xf", tar, "-C", scratch.url.path]
        try listing.run()
        listing.waitUntilExit()
        #expect(listing.terminationStatus == 0)
        for (row, file) in zip(rows, single) {
            #expect(row["path"] == "shards/a-000000.tar" && row["patch"] == file["patch"])
            let expected = [UInt8](try Data(contentsOf: URL(filePath: scratch.path("single/" + (file["path"] ?? "")))))
            let offset = try #require(Int(row["offset"] ?? ""))
            #expect(expected.starts(with: [0xFF, 0xD8]) && Array(bytes[offset..<offset + expected.count]) == expected)
            let name = row["patch"] ?? ""
            #expect(try [UInt8](Data(contentsOf: URL(filePath: scratch.path(name + ".jpg")))) == expected)
            let json =
                try JSONSerialization.jsonObject(
                    with: Data(contentsOf: URL(filePath: scratch.path(name + ".json")))) as? [String: Any]
            #expect(json?["slide"] as? String == "a" && json?["label"] as? String == row["label"])
            #expect(json?["x"] as? Int == Int(row["x"] ?? ""))
        }
    }

    @Test func `patch masks are the labels under the patch`() throws {
        let rows = try run {
            $0.format = .png
            $0.writesMasks = true
            $0.request.scale = .level(1)
        }
        let set = try AnnotationFiles.read(path: SharedSlides.annotations + "/a.xml")
        let labels = Rasterizer(
            try ClassMap.camelyon16.resolve(set), downsampleX: 2, downsampleY: 2, rule: .center,
            canvas: PixelSize(width: 150, height: 118))
        for row in rows {
            let area = try rect(row)
            let expected = labels.labels(in: PixelRect(x: area.x / 2, y: area.y / 2, width: 32, height: 32))
            let path = (row["path"] ?? "").replacing("patches/", with: "masks/", maxReplacements: 1)
            let mask = try image(scratch.path("out/" + path))
            #expect(mask.width == 32 && (0..<1024).allSatisfy { Int(mask.samples[$0]) == Int(expected.samples[$0]) })
        }
    }

    @Test func `the same resolution by mpp, magnification, level and table`() throws {
        let level = try run("level") { $0.request.scale = .level(1) }
        #expect(try run("mpp") { $0.request.scale = .mpp(4) } == level)
        #expect(try run("magnification") { $0.request.scale = .magnification(2.5) } == level)
        try Data("slide,mpp\r\n\"a\",1.0\r\nother slide,3\r\n".utf8).write(to: URL(filePath: scratch.path("mpp.csv")))
        let table = try MPPTable(path: scratch.path("mpp.csv"))
        #expect(table.values == ["a": 1, "other slide": 3])
        let replaced = try run("table") {
            $0.mppTable = table
            $0.request.scale = .mpp(2)
        }
        #expect(replaced.map { $0["patch"] } == level.map { $0["patch"] } && replaced[0]["mpp"] == "2")
    }

    @Test func `a resolution between levels shows the area that the manifest says`() throws {
        let rows = try run(annotations: []) {
            $0.format = .png
            $0.request.scale = .mpp(3)
        }
        let slide = try Slides.open(path: SharedSlides.one)
        for row in rows {
            let area = try rect(row)
            #expect(area.width == 48 && area.height == 48 && row["level"] == "0" && row["downsample"] == "1.5")
            // The mean color of the patch is that of the area.
            let wanted = try slide.read(area, level: 0).pixels.samples
            let found = try image(scratch.path("out/" + (row["path"] ?? ""))).samples
            for channel in 0..<3 {
                let a = stride(from: channel, to: wanted.count, by: 3).reduce(0) { $0 + Int(wanted[$1]) }
                let b = stride(from: channel, to: found.count, by: 3).reduce(0) { $0 + Int(found[$1]) }
                #expect(abs(Double(a) / 2304 - Double(b) / 1024) < 0.6)
            }
        }
    }

    @Test func `tables, class maps and GeoJSON say the same as XML`() throws {
        let xml = try run()
        let outer = SharedSlides.regions[0].corners.map { "\($0.x),\($0.y),t,Tumor" }
        let inner = SharedSlides.regions[1].corners.map { "\($0.x),\($0.y),e,Exclusion" }
        try Data((["x,y,region,class"] + outer + inner).joined(separator: "\n").utf8)
            .write(to: URL(filePath: scratch.path("a.csv")))
        func ring(_ region: TestAnnotation.Region) -> String {
            "[" + (region.corners + region.corners.prefix(1)).map { "[\($0.x), \($0.y)]" }.joined(separator: ",") + "]"
        }
        let features = SharedSlides.regions.map { region in
            "{\"type\": \"Feature\", \"properties\": {\"classification\": {\"name\": \"\(region.group)\"}}, "
                + "\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [\(ring(region))]}}"
        }
        try Data("{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ","))]}".utf8)
            .write(to: URL(filePath: scratch.path("a.geojson")))
        #expect(try run("csv", annotations: [scratch.path("a.csv")]) == xml)
        #expect(try run("json", annotations: [scratch.path("a.geojson")]) == xml)
        let map = "name,label,exclude,sources\ncancer,7,0,Tumor\nhole,0,1,Exclusion\n"
        try Data(map.utf8).write(to: URL(filePath: scratch.path("classes.csv")))
        let renamed = try run("classes") {
            $0.classes = try? ClassMap(path: scratch.path("classes.csv"))
            $0.request.labels.minimum = ["cancer": 0.3]
        }
        #expect(renamed.map { $0["cancer"] } == xml.map { $0["tumor"] })
        #expect(renamed.map { $0["label"] } == xml.map { $0["label"] == "tumor" ? "cancer" : $0["label"] })
    }

    @Test func `the overview is a JPEG of the slide`() throws {
        try run { $0.writesOverview = true }
        let picture = try image(scratch.path("out/overview/a.jpg"))
        #expect(picture.width == 300 && picture.height == 236 && picture.color == .rgb)
    }

    @Test func `an unknown class of a least coverage is refused`() throws {
        let error = #expect(throws: FormatError.self) {
            try run { $0.request.labels.minimum = ["tumour": 0.5] }
        }
        #expect(error?.code == .invalidRequest && error?.expected == "tumor" && error?.found == "tumour")
    }

    @Test(.needsTestData) func `the demo slide is cut whole`() throws {
        let slide = try TestData.path("wsi/aperio/cmu-1-small-region.svs")
        let rows = try run(slides: [slide], annotations: []) {
            $0.request.size = 512
            $0.request.stride = 512
            $0.format = .png
        }
        // 2220 × 2967 pixels hold 4 × 5 whole squares of 512.
        #expect(rows.count == 20 && rows.allSatisfy { $0["mpp"] == "0.499" })
    }
}

extension Image<UInt8> {
    fileprivate func samplesEqual(_ other: Image<UInt8>) -> Bool {
        guard sizes == other.sizes else { return false }
        let (a, b) = (contiguous(), other.contiguous())
        return a.samples.indices.allSatisfy { a.samples[$0] == b.samples[$0] }
    }
}
