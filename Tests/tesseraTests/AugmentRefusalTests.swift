import Augment
import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// What `tessera augment` refuses before it reads a pixel or replaces a file: masks that are no labels or lie elsewhere, outputs
/// that are inputs.
struct AugmentRefusalTests {
    private let scratch: ScratchFolder
    private let pipeline: String

    init() throws {
        scratch = try ScratchFolder()
        pipeline = try scratch.write("tessera_pipeline: 1\nsteps: [{flip: {x: 1}}]".utf8, to: "p.yaml")
        for folder in ["in", "masks"] {
            try FileManager.default.createDirectory(
                at: scratch.url.appending(path: folder), withIntermediateDirectories: true)
        }
    }

    private func augment(_ options: [String], input: String = "in", output: String? = "out") throws -> Tessera.Outcome {
        let place = output.map { ["--output", scratch.path($0)] } ?? []
        return try Tessera.run(["augment", scratch.path(input), "--pipeline", pipeline] + place + options)
    }

    private func data(_ name: String) throws -> Data { try Data(contentsOf: scratch.url.appending(path: name)) }

    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: scratch.path(name)) }

    private static let picture = Image<UInt8>(axes: [.y, .x], sizes: [16, 24], color: .gray) { output in
        for i in 0..<output.count { output[i] = UInt8(truncatingIfNeeded: i * 7) }
    }

    private func writePicture(_ name: String, _ image: Image<UInt8> = picture) throws {
        _ = try scratch.write(PNGEncoder().encode(image), to: name)
    }

    // MARK: - Masks

    private func volume(_ geometry: Geometry?) -> Image<Int16> {
        var image = Image<Int16>(axes: [.z, .y, .x], sizes: [4, 5, 6], color: .gray) { output in
            for i in 0..<output.count { output[i] = Int16(i % 3) }
        }
        image.geometry = geometry
        return image
    }

    private static let place = Geometry(spacingMillimetres: SIMD3(1, 1, 2), originMillimetres: SIMD3(3, 4, 5))

    private static let elsewhere: [(Geometry, String)] = {
        var (shifted, coarse, mirrored) = (place, place, place)
        shifted.originMillimetres.x += 5
        coarse.spacingMillimetres.z = 1
        mirrored.direction.x = SIMD3(-1, 0, 0)
        mirrored.originMillimetres.x += 5
        return [
            (shifted, "expected the origin of the image, (3, 4, 5) mm, found (8, 4, 5) mm"),
            (coarse, "expected the spacing of the image, (1, 1, 2) mm, found (1, 1, 1) mm"),
            (mirrored, "expected the direction of the image, x along (1, 0, 0), found (-1, 0, 0)"),
        ]
    }()

    @Test(arguments: 0..<3)
    func `a mask at another place in space is refused before the work`(index: Int) throws {
        let (geometry, words) = Self.elsewhere[index]
        for ending in ["nii", "nrrd", "mha"] {
            let (image, mask) = (volume(Self.place), volume(geometry))
            try Self.write(image, to: scratch.path("in/v_\(ending).\(ending)"))
            try Self.write(mask, to: scratch.path("masks/v_\(ending).\(ending)"))
        }
        let outcome = try augment(["--masks", scratch.path("masks")])
        #expect(outcome.status == 1 && outcome.failures.count == 3, "\(outcome)")
        #expect(outcome.failures.allSatisfy { $0.contains("the mask: \(words)") }, "\(outcome.failures)")
        #expect(!exists("out"))
    }

    @Test func `a mask that lies within rounding, or says no place, is taken`() throws {
        var rounded = Self.place
        rounded.originMillimetres += SIMD3(2e-5, -1e-5, 0.01)
        for (name, geometry) in [("a", rounded), ("b", nil)] as [(String, Geometry?)] {
            try Self.write(volume(Self.place), to: scratch.path("in/\(name).nii"))
            try Self.write(volume(geometry), to: scratch.path("masks/\(name).nrrd"))
        }
        let outcome = try augment(["--masks", scratch.path("masks")])
        #expect(outcome.status == 0, "\(outcome)")
    }

    private static func write(_ image: Image<Int16>, to path: String) throws {
        if path.hasSuffix("nii") { return try NIfTIEncoder().write(image, to: path) }
        if path.hasSuffix("nrrd") { return try NRRDEncoder().write(image, to: path) }
        try MetaImageEncoder().write(image, to: path)
    }

    @Test func `masks of fractions and lossy masks are refused, two exact values are not`() throws {
        let names = ["half", "nan", "whole", "lossy", "exact"]
        for name in names { try writePicture("in/\(name).png") }
        let fractions: [(String, Float)] = [("half", 1.5), ("nan", .nan), ("whole", 2)]
        for (name, value) in fractions {
            let mask = Image<Float>(axes: [.y, .x], sizes: [16, 24], color: .gray) { output in
                for i in 0..<output.count { output[i] = i == 77 ? value : 1 }
            }
            try TIFFEncoder().write(.float32(mask), to: scratch.path("masks/\(name).tif"))
        }
        // Blocks of 8 pixels of one value pass JPEG unchanged; an edge within a block does not.
        for (name, edge) in [("lossy", 11), ("exact", 8)] {
            let mask = Image<UInt8>(axes: [.y, .x], sizes: [16, 24], color: .gray) { output in
                for i in 0..<output.count { output[i] = i % 24 < edge ? 0 : 255 }
            }
            _ = try scratch.write(JPEGEncoder(quality: 90).encode(mask), to: "masks/\(name).jpg")
        }
        let outcome = try augment(["--masks", scratch.path("masks")])
        #expect(outcome.status == 1 && outcome.failures.count == 3, "\(outcome)")
        #expect(outcome.errors.contains("masks/half.tif: expected a mask of whole numbers, found 1.5"))
        #expect(outcome.errors.contains("masks/nan.tif: expected a mask of whole numbers, found nan"))
        #expect(outcome.errors.contains("masks/lossy.jpg: expected a mask in a format that keeps labels"))
        #expect(exists("out/whole_0.png") && exists("out/exact_0.png") && !exists("out/half_0.png"))
        let dry = try augment(["--masks", scratch.path("masks"), "--dry-run"], output: "dry")
        #expect(dry.status == 1 && dry.failures.count == 3, "\(dry)")
    }

    @Test func `the labels of a palette are its indices`() throws {
        try writePicture("in/a.png")
        var mask = Self.picture.map { $0 % 3 }
        (mask.color, mask.domain) = (.labels, .labels)
        mask.metadata["palette"] = .bytes([0, 0, 0, 200, 0, 0, 0, 200, 0])
        _ = try scratch.write(PNGEncoder().encode(mask), to: "masks/a.png")
        let outcome = try augment(["--masks", scratch.path("masks")])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.errors.contains("masks/a.png: the labels are the indices of its palette"), "\(outcome)")
        let options = ReadOptions(palette: .labels)
        let result = try FormatTable.standard.readImage(path: scratch.path("out/a_0_mask.png"), options: options)
        #expect(Self.samples(result.converted(to: UInt8.self).flipped(.x)) == Self.samples(mask))
    }

    private static func samples(_ image: Image<UInt8>) -> [UInt8] {
        let plain = image.contiguous()
        return (0..<plain.count).map { plain.samples[$0] }
    }

    @Test func `masks alone are no input`() throws {
        try writePicture("in/a.png")
        let outcome = try augment(["--masks", scratch.path("in")])
        #expect(outcome.status == 1 && outcome.errors.contains("that are not below --masks"), "\(outcome)")
    }

    // MARK: - Places of outputs

    @Test(arguments: ["in/a.png", "masks/a.png"])
    func `a contact sheet replaces no input`(file: String) throws {
        try writePicture("in/a.png")
        try writePicture("masks/a.png", Self.picture.map { $0 % 3 })
        let before = try data(file)
        for overwrite in [[], ["--overwrite"]] {
            let outcome = try augment(
                ["--masks", scratch.path("masks"), "--preview", scratch.path(file)] + overwrite, output: nil)
            #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
            #expect(outcome.errors.contains("expected an output that is no input"))
            #expect(try data(file) == before)
        }
    }

    @Test func `a file that is there is replaced by a contact sheet on request only`() throws {
        try writePicture("in/a.png")
        _ = try scratch.write("mine".utf8, to: "sheet.png")
        let options = ["--preview", scratch.path("sheet.png")]
        let refused = try augment(options, output: nil)
        #expect(refused.status == 1 && refused.errorLines.count == 1 && refused.errors.contains("--overwrite"))
        #expect(try data("sheet.png") == Data("mine".utf8))
        #expect(try augment(options + ["--overwrite"], output: nil).status == 0)
        #expect(try FormatTable.standard.readImage(path: scratch.path("sheet.png")).width == 8 * 200 + 16)
    }

    @Test func `outputs stand in no folder of inputs`() throws {
        try writePicture("in/a.png")
        try writePicture("in/a_0.png", Self.picture.map { 255 - $0 })
        let before = try FileTree(scratch.path("in"))
        let same = try augment([], output: "in")
        #expect(same.status == 1 && same.errorLines.count == 1, "\(same)")
        #expect(same.errors.contains("--output: expected a folder of its own"))
        // The folder is none of the arguments, its files are.
        let named = try Tessera.run(
            "augment", scratch.path("in/a.png"), scratch.path("in/a_0.png"), "--pipeline", pipeline, "--output",
            scratch.path("in"))
        #expect(named.status == 1 && named.errors.contains("a_0.png, which has the name of an output"), "\(named)")
        #expect(try FileTree(scratch.path("in")) == before)
    }

    @Test func `files of no run are replaced on request only`() throws {
        try writePicture("in/a.png")
        for name in ["a_0.png", "run.json"] {
            let folder = "out-\(name)"
            try FileManager.default.createDirectory(
                at: scratch.url.appending(path: folder), withIntermediateDirectories: true)
            _ = try scratch.write("mine".utf8, to: "\(folder)/\(name)")
            let refused = try augment([], output: folder)
            #expect(refused.status == 1 && refused.errorLines.count == 1, "\(refused)")
            #expect(refused.errors.contains("\(name): expected no such file yet"), "\(refused)")
            #expect(try data("\(folder)/\(name)") == Data("mine".utf8))
            #expect(try augment(["--overwrite"], output: folder).status == 0)
            #expect(try data("\(folder)/\(name)") != Data("mine".utf8))
        }
    }

    @Test func `an output that was emptied is made again`() throws {
        try writePicture("in/a.png")
        for (options, name) in [([], "a_0.png"), (["--shards"], "shards/augmented-000000.tar")] as [([String], String)]
        {
            let folder = options.isEmpty ? "files" : "tar"
            _ = try augment(options, output: folder)
            let before = try data("\(folder)/\(name)")
            _ = try scratch.write([], to: "\(folder)/\(name)")
            let again = try augment(options, output: folder)
            #expect(again.status == 0 && again.errors.contains("1 variants written"), "\(again)")
            #expect(try data("\(folder)/\(name)") == before)
        }
    }

    @Test func `temporary files of killed processes go, those of others stay`() throws {
        try writePicture("in/a.png")
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "out"), withIntermediateDirectories: true)
        let own = ["a_0.png", "a_0.json"].map { ".\($0).999999999.part" }
        let foreign = [".b_0.png.999999999.part", ".a_0.png.\(getpid()).part", ".a_7.png.999999999.part"]
        for name in own + foreign { _ = try scratch.write([1], to: "out/\(name)") }
        #expect(try augment([]).status == 0)
        #expect(own.allSatisfy { !exists("out/\($0)") } && foreign.allSatisfy { exists("out/\($0)") })
    }

    // MARK: - Keys

    @Test func `two inputs of one path below their folders are refused, for either would draw for the other`() throws {
        for name in ["one/a.png", "two/a.png", "two/b.png"] {
            let file = scratch.url.appending(path: "in/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try writePicture("in/\(name)")
        }
        let outcome = try Tessera.run(
            "augment", scratch.path("in/one"), scratch.path("in/two"), "--pipeline", pipeline, "--output",
            scratch.path("out"))
        #expect(outcome.status == 1 && outcome.failures.count == 2, "\(outcome)")
        #expect(outcome.failures[0].contains("expected a path below the input of its own"), "\(outcome)")
        #expect(exists("out/b_0.png") && !exists("out/a_0.png"))
        // The folder above gives each a path of its own.
        #expect(try augment([], output: "all").status == 0)
        #expect(exists("all/one/a_0.png") && exists("all/two/a_0.png"))
    }

    @Test func `two inputs of one key in tar files are refused`() throws {
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "in/x"), withIntermediateDirectories: true)
        for name in ["x/y.png", "x_y.png"] { try writePicture("in/\(name)") }
        let outcome = try augment(["--shards"])
        #expect(outcome.status == 1 && outcome.failures.count == 2, "\(outcome)")
        #expect(outcome.failures[0].contains("expected a key in tar files of its own"), "\(outcome)")
        #expect(try augment([], output: "files").status == 0)
    }

    // MARK: - Size

    @Test(arguments: ["resize: {size: [100000]}", "zoom: {factor: 100, keep_size: false}"])
    func `an image that no memory can hold is one line, and the others are done`(step: String) throws {
        let isZoom = step.hasPrefix("zoom")
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [{\(step)}]".utf8, to: "p.yaml")
        try writePicture(
            "in/large.png", isZoom ? Image<UInt8>(axes: [.y, .x], sizes: [400, 400], color: .gray) : Self.picture)
        if isZoom { try writePicture("in/small.png", Image<UInt8>(axes: [.y, .x], sizes: [2, 2], color: .gray)) }
        let outcome = try augment([])
        #expect(outcome.status == 1 && outcome.failures.count == 1, "\(outcome)")
        #expect(outcome.errors.contains("large.png: ") && outcome.errors.contains("expected at most"), "\(outcome)")
        #expect(exists("out/small_0.png") == isZoom)
    }

    @Test func `the limit of the process counts`() throws {
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [{resize: {size: [32500]}}]".utf8, to: "p.yaml")
        try writePicture("in/a.png")
        let command =
            "\(Tessera.executable.path) augment \(scratch.path("in")) --pipeline \(pipeline) --output \(scratch.path("out"))"
        let outcome = try Tessera.shell("ulimit -v 2000000; \(command)")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(outcome.errors.contains("expected at most 1024000000 bytes, found 32500 x 32500"), "\(outcome)")
    }
}
