import Foundation
import TestSupport
import Testing

/// Names of files and classes are whatever people make them.
@Suite struct NamesTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func copySlide(to name: String) throws {
        let url = URL(filePath: scratch.path(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: SharedSlides.one, toPath: url.path)
    }

    private func run(_ arguments: [String]) throws -> Tessera.Outcome {
        try Tessera.run(["patches", "--output", "out", "--size", "64"] + arguments, in: scratch.url)
    }

    /// The fields of all rows of the manifest.
    private func manifest() throws -> [[String: String]] {
        try CSV.rows(String(contentsOfFile: scratch.path("out/manifest.csv"), encoding: .utf8))
    }

    @Test func `names with spaces, commas, quotes, dots, umlauts and dashes`() throws {
        let names = [
            "with space", "a,b", "qu\"ote", "dots.in.name", "Grüße 日本", "-dash", "it's", "new\nline", "per%cent",
        ]
        for name in names { try copySlide(to: "slides/\(name).svs") }
        for format in ["jpeg", "webdataset"] {
            let outcome = try run(["slides", "--format", format])
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.errorLines.count == names.count + 1)
            let rows = try manifest()
            let written = names.map { $0 == "new\nline" ? "new_line" : $0 }
            #expect(Set(rows.map { $0["slide"] }) == Set(written))
            #expect(Set(rows.map { $0["patch"] }).count == rows.count)
            for row in rows {
                #expect(FileManager.default.fileExists(atPath: scratch.path("out/" + (row["path"] ?? "?"))), "\(row)")
            }
            try FileManager.default.removeItem(atPath: scratch.path("out"))
        }
    }

    @Test func `named slides with odd names stay inside the output folder`() throws {
        for name in ["..svs", "...svs", ".hidden.svs", "-x.svs"] { try copySlide(to: name) }
        let outcome = try run(["--", "..svs", "...svs", ".hidden.svs", "-x.svs"])
        #expect(outcome.status == 0 && outcome.errors.contains("patches: 4 done; "), "\(outcome)")
        let slides = try FileManager.default.contentsOfDirectory(atPath: scratch.path("out/patches")).sorted()
        #expect(slides == ["-x", "_", "__", "_hidden"])
        #expect(try run(["--", "..svs", "...svs", ".hidden.svs", "-x.svs"]).errors.contains("4 done before"))
    }

    @Test func `slides with one base name get names of their own`() throws {
        for name in ["s/one/x.svs", "s/two/x.svs", "s/two/x.tif", "s/a/b/y.svs", "s/a_b/y.svs", "s/z.svs"] {
            try copySlide(to: name)
        }
        let outcome = try run(["s", "--format", "coordinates"])
        #expect(outcome.status == 0, "\(outcome)")
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("out/slides"))
        #expect(
            names.filter { $0.hasSuffix(".json") }.sorted() == [
                "a_b_y_svs-2.json", "a_b_y_svs.json", "one_x_svs.json", "two_x_svs.json", "two_x_tif.json", "z.json",
            ])
        let rows = try manifest()
        #expect(Set(rows.map { $0["patch"] }).count == rows.count && Set(rows.map { $0["slide"] }).count == 6)
    }

    @Test func `one slide reached in several ways is one slide`() throws {
        try copySlide(to: "s/x.svs")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: scratch.path("s"))
        let outcome = try run([
            "s/x.svs", "./s/x.svs", "s", "link", scratch.path("s"), "s//x.svs", "--format", "coordinates",
        ])
        #expect(outcome.status == 0 && outcome.errors.contains("patches: 1 done; "), "\(outcome)")
    }

    @Test func `annotations of slides with one base name are told apart by their folders`() throws {
        for name in ["s/one/x.svs", "s/two/x.svs", "s/three/x.svs"] { try copySlide(to: name) }
        for (folder, group) in [("one", "first"), ("two", "second")] {
            let url = URL(filePath: scratch.path("notes/\(folder)/x.xml"))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            let region = TestAnnotation.Region(group, x: 0, y: 0, width: 300, height: 236)
            try Data(TestAnnotation.asap([region]).utf8).write(to: url)
        }
        let outcome = try run(["s", "--annotations", "notes", "--format", "coordinates"])
        #expect(outcome.status == 0, "\(outcome)")
        let labels = Dictionary(grouping: try manifest()) { $0["slide"] ?? "" }.mapValues {
            Set($0.map { $0["label"] })
        }
        #expect(labels == ["one_x_svs": ["first"], "two_x_svs": ["second"], "three_x_svs": ["none"]])

        try FileManager.default.removeItem(atPath: scratch.path("out"))
        try FileManager.default.moveItem(atPath: scratch.path("notes/one/x.xml"), toPath: scratch.path("x.xml"))
        let flat = try run(["s", "--annotations", "x.xml", "--format", "coordinates"])
        #expect(flat.status == 1 && flat.failures.count == 3 && flat.errors.contains("found x.xml for several named x"))
    }

    @Test(arguments: ["../../escape", "/absolute", "a/b", "..", ".", "tab\there", "with space", "ümlaut"])
    func `class names are folders inside the output folder`(name: String) throws {
        try copySlide(to: "s/x.svs")
        let feature: [String: Any] = [
            "type": "Feature", "properties": ["classification": ["name": name]],
            "geometry": ["type": "Polygon", "coordinates": [[[0, 0], [300, 0], [300, 236], [0, 236], [0, 0]]]],
        ]
        try JSONSerialization.data(withJSONObject: feature).write(to: URL(filePath: scratch.path("x.geojson")))
        let before = try FileTree(scratch.url.path).names
        let outcome = try run(["s", "--annotations", "x.geojson", "--format", "png", "--write-masks"])
        #expect(outcome.status == 0, "\(outcome)")
        let new = Set(try FileTree(scratch.url.path).names).subtracting(before)
        #expect(new.allSatisfy { $0.hasPrefix("out/") } && !new.contains { $0.contains("escape/../") })
        let rows = try manifest()
        #expect(!rows.isEmpty && rows.allSatisfy { $0["label"] == name && $0[name] == "1" })
        for row in rows {
            let path = row["path"] ?? "?"
            #expect(
                path.split(separator: "/").count == 4
                    && FileManager.default.fileExists(atPath: scratch.path("out/" + path)))
        }
    }

    @Test func `an output folder inside the input folder is not an input`() throws {
        try copySlide(to: "s/x.svs")
        for _ in 0..<2 {
            let outcome = try Tessera.run(
                "masks", "s", "--annotations", SharedSlides.annotations + "/a.xml", "--output", "s/masks",
                in: scratch.url)
            #expect(outcome.errors.contains("a.xml: expected a slide named a"))
        }
        let masks = try FileManager.default.contentsOfDirectory(atPath: scratch.path("s/masks")).sorted()
        #expect(masks == ["run.json", "slides", "x_mask.tif"])
    }
}
