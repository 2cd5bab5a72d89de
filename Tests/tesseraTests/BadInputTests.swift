import Foundation
import TestSupport
import Testing

/// Whatever is wrong with an input is told in one line that names file and place; the rest of the batch is done.
@Suite struct BadInputTests {
    private let scratch: ScratchFolder
    private let slides: String

    init() throws {
        scratch = try ScratchFolder()
        slides = scratch.path("slides")
        try FileManager.default.createDirectory(atPath: slides, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: SharedSlides.one, toPath: slides + "/good.svs")
    }

    private var out: String { scratch.path("out") }

    private func write(_ text: String, to name: String) throws {
        let url = URL(filePath: scratch.path(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Runs over all slides; exactly one line tells of what could not be done, and the good slide is done.
    @discardableResult
    private func failsOnce(
        _ options: [String] = [], naming parts: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Tessera.Outcome {
        let outcome = try Tessera.run(["patches", slides, "--output", out, "--size", "64"] + options)
        #expect(outcome.status == 1 && !outcome.wasSignalled, "\(outcome)", sourceLocation: sourceLocation)
        #expect(outcome.failures.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
        for part in parts {
            #expect(outcome.failures.first?.contains(part) == true, "\(outcome.errors)", sourceLocation: sourceLocation)
        }
        let tree = try FileTree.outputs(out)
        #expect(tree.leftovers == [], sourceLocation: sourceLocation)
        let isDone = tree.names.contains { $0.contains("/good/good_x") }
        #expect(isDone, "\(outcome.errors)", sourceLocation: sourceLocation)
        return outcome
    }

    private func hasOutputs(_ slide: String) throws -> Bool {
        try FileTree(out).names.contains { $0.contains("/\(slide)/") || $0 == "slides/\(slide).csv" }
    }

    @Test func `an empty file`() throws {
        try write("", to: "slides/bad.svs")
        try failsOnce(naming: "bad.svs: expected a slide, found an empty file")
        #expect(try !hasOutputs("bad"))
    }

    @Test func `a text file`() throws {
        try write("this is no slide\n", to: "slides/bad.svs")
        try failsOnce(naming: "bad.svs: expected a slide, found ")
        #expect(try !hasOutputs("bad"))
    }

    @Test(arguments: [10, 1000, 20000]) func `a truncated slide`(length: Int) throws {
        let whole = try Data(contentsOf: URL(filePath: SharedSlides.one))
        try whole.prefix(length).write(to: URL(filePath: slides + "/bad.svs"))
        try failsOnce(naming: "bad.svs: ")
        #expect(try !hasOutputs("bad"))
    }

    @Test func `a slide with a corrupt and a missing tile`() throws {
        try TestSlide.write(to: slides + "/bad.svs") {
            $0.corrupt = [.init(column: 1, row: 1)]
            $0.missing = [.init(column: 3, row: 2)]
        }
        try failsOnce(naming: "bad.svs: level 0, tile (column 1, row 1) at offset ")
        // All but the patches on the tile are there; the missing one is background.
        #expect(try hasOutputs("bad"))
        let record = try Self.record(out, "bad")
        #expect(record["skippedPatches"] as? Int == 0 || record["skippedPatches"] as? Int == 1)
        for policy in ["lower", "background", "skip"] {
            let other = scratch.path(policy)
            let outcome = try Tessera.run(
                "patches", slides, "--output", other, "--size", "64", "--tissue", "none", "--corrupt-tiles", policy)
            #expect(outcome.status == 1 && outcome.failures.count == 1)
            let record = try Self.record(other, "bad")
            #expect(record["patches"] as? Int == (policy == "skip" ? 11 : 12))
            #expect(record["skippedPatches"] as? Int == (policy == "skip" ? 1 : 0))
            #expect(record["missingTiles"] as? Int == 1)
        }
    }

    static let annotations: [(text: String, found: String)] = [
        ("<?xml version=\"1.0\"?>\n<ASAP_Annotations>\n<Annotations>\n<Annotation Name=\"x\">", "bad.xml: line 4"),
        (
            "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n"
                + "<ASAP_Annotations>&b;</ASAP_Annotations>\n",
            "bad.xml: line 2: entity declarations are not allowed"
        ),
        (
            TestAnnotation.asap([.init("Tumor", [(1, 2), (.nan, 3), (4, 5)])]),
            "expected X between -1e9 and 1e9, found nan"
        ),
        (
            TestAnnotation.asap([.init("Tumor", [(1, 2), (9, 1e300), (4, 5)])]),
            "expected Y between -1e9 and 1e9, found 1e+300"
        ),
        ("", "bad.xml: expected annotations"), ("\u{0}\u{1}\u{2}", "bad.xml: "), ("{\"type\": ", "bad.xml: "),
    ]

    @Test(arguments: annotations) func `a broken annotation file`(annotation: (text: String, found: String)) throws {
        try FileManager.default.copyItem(atPath: SharedSlides.one, toPath: slides + "/bad.svs")
        try write(annotation.text, to: "annotations/bad.xml")
        try write(TestAnnotation.asap(SharedSlides.regions), to: "annotations/good.xml")
        let folder = scratch.path("annotations")
        // A least coverage for a class that stands only in the broken file is no wrong usage.
        try failsOnce(["--annotations", folder, "--min-coverage", "Other=0.5"], naming: "bad.xml", annotation.found)
        #expect(try !hasOutputs("bad"))
        let masks = try Tessera.run(
            "masks", slides, "--annotations", folder, "--output", scratch.path("masks"), "--format", "png")
        #expect(masks.status == 1 && masks.failures.count == 1)
        let names = try FileTree(scratch.path("masks")).names
        #expect(names == ["good_mask.png", "run.json", "slides/", "slides/bad.json", "slides/good.json"])
    }

    @Test func `a class that no map knows`() throws {
        try FileManager.default.copyItem(atPath: SharedSlides.one, toPath: slides + "/bad.svs")
        try write(TestAnnotation.asap([.init("Mystery", x: 1, y: 1, width: 50, height: 50)]), to: "annotations/bad.xml")
        try write(TestAnnotation.asap(SharedSlides.regions), to: "annotations/good.xml")
        try write("name,label,exclude,sources\ntumor,1,0,Tumor\nhole,0,1,Exclusion\n", to: "classes.csv")
        try failsOnce(
            ["--annotations", scratch.path("annotations"), "--classes", scratch.path("classes.csv")],
            naming: "bad.xml: ", "expected a class of the map (tumor, hole), found group \"Mystery\"")
        #expect(try !hasOutputs("bad"))
    }

    @Test func `an annotation without a slide`() throws {
        try write(TestAnnotation.asap(SharedSlides.regions), to: "annotations/good.xml")
        try write(TestAnnotation.asap(SharedSlides.regions), to: "annotations/nobody.xml")
        let folder = scratch.path("annotations")
        try failsOnce(
            ["--annotations", folder], naming: "annotations/nobody.xml: expected a slide named nobody, found none")
        let masks = try Tessera.run("masks", slides, "--annotations", folder, "--output", scratch.path("masks"))
        #expect(masks.status == 1 && masks.failures.count == 1 && masks.errors.contains("nobody.xml"))
        #expect(FileManager.default.fileExists(atPath: scratch.path("masks/good_mask.tif")))
    }

    @Test func `a slide that does not exist`() throws {
        let outcome = try Tessera.run(
            "patches", scratch.path("absent.svs"), slides, "--output", out, "--size", "64", "--format", "coordinates")
        #expect(outcome.status == 1 && outcome.failures.count == 1)
        #expect(outcome.errors.contains("absent.svs: expected a file or folder, found nothing of that name"))
        #expect(outcome.errors.contains("patches: 1 done, 1 failed; "))
    }

    @Test func `an empty folder, and one of annotations`() throws {
        try FileManager.default.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: true)
        let outcome = try Tessera.run("patches", scratch.path("empty"), "--output", scratch.path("none"))
        #expect(
            outcome.status == 1
                && outcome.failures == ["tessera: \(scratch.path("empty")): expected slides, found none"])
        try failsOnce(
            ["--annotations", scratch.path("empty"), "--format", "png"], naming: "expected annotation files, found none"
        )
    }

    @Test func `an output folder that cannot be written`() throws {
        try write("", to: "file")
        for folder in [scratch.path("file/out"), "/proc/tessera", "/proc/self/tessera/out", scratch.path("file")] {
            let outcome = try Tessera.run("patches", slides, "--output", folder)
            #expect(outcome.status == 1 && outcome.errorLines.count == 1 && outcome.failures.count == 1, "\(outcome)")
            #expect(outcome.errors.contains(": create folder failed: "))
        }
    }

    @Test func `a resolution that a slide does not have`() throws {
        try TestSlide.write(to: slides + "/bad.svs") {
            $0.mpp = nil
            $0.levels = 1
        }
        try failsOnce(
            ["--mpp", "2"], naming: "bad.svs: expected a resolution in um/px (or an entry in the mpp table), found none"
        )
        let level = try Tessera.run(
            "patches", slides, "--output", scratch.path("level"), "--level", "1", "--size", "32")
        #expect(level.failures.count == 1 && level.errors.contains("bad.svs: expected level 0, found level 1"))
    }

    @Test func `links in circles and named pipes`() throws {
        try FileManager.default.createSymbolicLink(atPath: slides + "/loop", withDestinationPath: slides)
        #expect(try Tessera.shell("mkfifo '\(slides)/pipe.svs'").status == 0)
        try failsOnce(naming: "pipe.svs: expected a regular file, found something else")
    }

    @Test func `a link that leads nowhere`() throws {
        try FileManager.default.createSymbolicLink(atPath: slides + "/gone.svs", withDestinationPath: "/nowhere")
        let outcome = try Tessera.run("patches", slides, "--output", out, "--size", "64")
        #expect(outcome.status == 1 && outcome.failures.count == 1)
        #expect(outcome.errors.contains("gone.svs: expected a file, found a name that leads nowhere"))
    }

    @Test(.enabled(if: geteuid() == 0, "mounting needs root")) func `a full disk`() throws {
        let disk = scratch.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let mount = try Tessera.shell("mount -t tmpfs -o size=192k tmpfs '\(disk)'")
        guard mount.status == 0 else { return print("a full disk is not tested: \(mount.errors)") }
        defer { _ = try? Tessera.shell("umount '\(disk)'") }
        try FileManager.default.copyItem(atPath: SharedSlides.one, toPath: slides + "/second.svs")
        for format in ["png", "webdataset", "jpeg"] {
            let folder = "\(disk)/\(format)"
            let arguments = [
                "patches", slides, "--output", folder, "--format", format, "--size", "48", "--stride", "8",
            ]
            let outcome = try Tessera.run(arguments)
            #expect(outcome.status == 1 && !outcome.wasSignalled)
            #expect(!outcome.failures.isEmpty && outcome.failures.allSatisfy { $0.contains("No space left on device") })
            let tree = try FileTree.outputs(folder)
            #expect(tree.leftovers == [] && !tree.names.contains { $0.hasSuffix("_x0_y0.png") }, "\(tree)")
            try FileManager.default.removeItem(atPath: folder)
        }
        let masks = try Tessera.run(
            "masks", slides, "--annotations", SharedSlides.annotations, "--output", "\(disk)/masks", "--downsample",
            "0.01")
        #expect(masks.status == 1 && !masks.wasSignalled, "\(masks)")
        #expect(try FileTree("\(disk)/masks").leftovers == [])
    }

    @Test(arguments: ["jpeg", "webdataset", "png"]) func `a limit on the size of files`(format: String) throws {
        let blocks = format == "webdataset" ? 40 : 1
        let outcome = try Tessera.shell(
            "ulimit -f \(blocks); exec \"$TESSERA\" patches '\(slides)' --output '\(out)' --size 200 --stride 10 --tissue none --format \(format)"
        )
        #expect(outcome.status == 1 && !outcome.wasSignalled, "\(outcome)")
        #expect(outcome.failures.count == 1 && outcome.errors.contains("File too large"), "\(outcome)")
        let tree = try FileTree(out)
        #expect(tree.leftovers == [] && !tree.names.contains { $0.hasPrefix("patches/") || $0.hasPrefix("shards/") })
    }

    @Test func `nobody reading what is printed is not the end`() throws {
        let outcome = try Tessera.shell(
            "\"$TESSERA\" patches '\(slides)' --output '\(out)' --size 64 --json 2>&1 | true")
        #expect(outcome.status == 0)
        #expect(FileManager.default.fileExists(atPath: out + "/manifest.csv"))
    }

    static func record(_ folder: String, _ slide: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: "\(folder)/slides/\(slide).json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
