import Augment
import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// What `tessera augment` writes and refuses.
struct AugmentTests {
    private let scratch: ScratchFolder
    private let pipeline: String

    init() throws {
        scratch = try ScratchFolder()
        let text = """
            tessera_pipeline: 1
            steps:
              - d4
              - affine: {rotate: {uniform: [-20, 20]}, scale: {uniform: [0.9, 1.1]}}
              - brightness: {factor: {uniform: [0.8, 1.2]}, p: 0.5}
            """
        pipeline = try scratch.write(text.utf8, to: "p.yaml")
        for (number, name) in ["a", "b.1", "sub/c"].enumerated() {
            try folder("in/\(name)")
            try folder("masks/\(name)")
            let image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [24, 32, 3], color: .rgb) { output in
                for i in 0..<output.count { output[i] = UInt8(truncatingIfNeeded: i * (number + 3)) }
            }
            let mask = Image<UInt8>(axes: [.y, .x], sizes: [24, 32], color: .gray) { output in
                for i in 0..<output.count { output[i] = i % 32 > 8 && i / 32 > 8 ? UInt8(number + 1) : 0 }
            }
            _ = try scratch.write(PNGEncoder().encode(image), to: "in/\(name).png")
            _ = try scratch.write(PNGEncoder().encode(mask), to: "masks/\(name).png")
        }
    }

    /// Makes the folder of a file.
    private func folder(_ file: String) throws {
        try FileManager.default.createDirectory(
            at: URL(filePath: scratch.path(file)).deletingLastPathComponent(), withIntermediateDirectories: true)
    }

    private func augment(_ options: [String], input: String = "in", output: String = "out") throws -> Tessera.Outcome {
        try Tessera.run(
            ["augment", scratch.path(input), "--output", scratch.path(output), "--pipeline", pipeline] + options)
    }

    private var withMasks: [String] { ["--masks", scratch.path("masks"), "--count", "2"] }

    @Test func `every input has its variants, masks and records`() throws {
        let outcome = try augment(withMasks)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.errors.hasSuffix("augment: 3 done; 6 variants written\n"))
        let names = try FileTree(scratch.path("out")).names
        let stems = ["a_0", "a_1", "b.1_0", "b.1_1", "sub/c_0", "sub/c_1"]
        #expect(
            names.filter { !$0.hasSuffix("/") }.sorted()
                == (stems.flatMap { ["\($0).png", "\($0)_mask.png", "\($0).json"] } + ["run.json"]).sorted())
        let mask = try FormatTable.standard.readImage(path: scratch.path("out/sub/c_1_mask.png"))
        #expect(values(mask).isSubset(of: [0, 3]))
    }

    @Test(arguments: [("drop", [200, 40, 90]), ("white", [228, 148, 173])])
    func `opacity is taken away where a pipeline needs RGB`(alpha: String, expected: [Int]) throws {
        // Half transparent: over white (v + 255) / 2, rounded up.
        let picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [8, 9, 4], color: .rgba) { samples in
            for i in 0..<samples.count { samples[i] = [200, 40, 90, 128][i % 4] }
        }
        try folder("clear/a")
        _ = try scratch.write(PNGEncoder().encode(picture), to: "clear/a.png")
        let steps = try scratch.write(
            "tessera_pipeline: 1\nsteps: [{color_jitter: {brightness: 1, contrast: 1, saturation: 1}}]".utf8,
            to: "rgb.yaml")
        let command = ["augment", scratch.path("clear"), "--output", scratch.path(alpha), "--pipeline", steps]
        let refused = try Tessera.run(command)
        #expect(refused.status == 1 && refused.errors.contains("needs RGB, found rgba"))
        #expect(refused.errors.contains("; --alpha drop or white takes opacity away\n"))
        let outcome = try Tessera.run(command + ["--alpha", alpha])
        #expect(outcome.status == 0, "\(outcome)")
        let result = try FormatTable.standard.readImage(path: scratch.path("\(alpha)/a_0.png"))
        #expect(result.color == .rgb)
        let found = result.converted(to: Int32.self).contiguous()
        for i in 0..<found.count { #expect(abs(Int(found.samples[i]) - expected[i % 3]) <= 1) }
        // The folder is of a run with this handling.
        #expect(try Tessera.run(command).status == 1)
    }

    private func values(_ image: AnyImage) -> Set<UInt8> {
        let plain = image.converted(to: UInt8.self).contiguous()
        return Set((0..<plain.count).map { plain.samples[$0] })
    }

    @Test func `threads, order and other files change no byte`() throws {
        _ = try augment(withMasks + ["--jobs", "1"])
        _ = try augment(withMasks + ["--jobs", "4"], output: "many")
        let one = try FileTree(scratch.path("out"))
        #expect(try FileTree(scratch.path("many")).differences(from: one) == [])
        for part in ["1/2", "2/2"] { _ = try augment(withMasks + ["--shard", part], output: "parts") }
        #expect(try FileTree(scratch.path("parts")).differences(from: one) == [])
        _ = try augment(withMasks + ["--seed", "7"], output: "seed")
        _ = try augment(withMasks + ["--epoch", "1"], output: "epoch")
        for other in ["seed", "epoch"] {
            #expect(try data("\(other)/a_0.png") != data("out/a_0.png"))
        }
        #expect(try data("out/a_1.png") != data("out/a_0.png"))
    }

    private func data(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: scratch.path(name))) }

    @Test func `what is missing is made again, the rest is left`() throws {
        _ = try augment(withMasks)
        let first = try FileTree(scratch.path("out"))
        let again = try augment(withMasks)
        #expect(again.errors.hasSuffix("augment: 0 done, 3 done before; 0 variants written\n"), "\(again)")
        // As a killed run leaves it: an image without its record, a mask that is gone, a temporary file.
        try FileManager.default.removeItem(atPath: scratch.path("out/a_1.json"))
        try FileManager.default.removeItem(atPath: scratch.path("out/sub/c_0_mask.png"))
        _ = try scratch.write([1, 2, 3], to: "out/.a_1.png.999999999.part")
        let third = try augment(withMasks)
        #expect(third.errors.hasSuffix("augment: 2 done, 1 done before; 2 variants written\n"), "\(third)")
        #expect(try FileTree(scratch.path("out")).differences(from: first) == [])
        _ = try augment(["--masks", scratch.path("masks"), "--count", "3"])
        #expect(try data("out/a_2.png").count > 0)
    }

    @Test func `parts write whole tar files of their own`() throws {
        let dot = Image<UInt8>(axes: [.y, .x], sizes: [1, 2], color: .gray)
        try folder("dots/a")
        for name in ["a", "b", "c"] { _ = try scratch.write(PNGEncoder().encode(dot), to: "dots/\(name).png") }
        let options = ["--shards", "--count", "700"]
        _ = try augment(options, input: "dots")
        for (part, name, count) in [("1/2", "augmented-000000", 2), ("2/2", "augmented-000001", 1)] {
            let outcome = try augment(options + ["--shard", part], input: "dots", output: "parts")
            let counts = "augment: \(count) done; \(700 * count) variants written\n"
            #expect(outcome.errors.contains("[1/1] \(name): ") && outcome.errors.hasSuffix(counts), "\(outcome)")
        }
        #expect(try FileTree(scratch.path("parts")).differences(from: FileTree(scratch.path("out"))) == [])
        #expect(
            try Tessera.run("augment", "--help").output.split { $0.isWhitespace }.joined(separator: " ")
                .contains("with --shards a part writes whole tar files of its own"))
    }

    @Test func `the record is that of the run that made the outputs`() throws {
        let path = scratch.path("out/run.json")
        func written() throws -> Date? {
            try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        }
        _ = try augment(["--count", "3"])
        let (record, time) = (try data("out/run.json"), try written())
        // Nothing is left to do, and less than there is.
        for count in ["3", "2"] {
            #expect(try augment(["--count", count]).errors.contains("0 done, 3 done before"))
            #expect(try data("out/run.json") == record && written() == time)
        }
        #expect(try augment(["--count", "4"]).errors.contains("3 done; 3 variants written"))
        let text = String(decoding: record, as: UTF8.self)
        #expect(
            String(decoding: try data("out/run.json"), as: UTF8.self)
                == text.replacing("\"count\" : 3", with: "\"count\" : 4"))
        let old = text.replacing("\"version\" : \"", with: "\"version\" : \"0.0.9 of ")
        _ = try scratch.write(old.utf8, to: "out/run.json")
        let refused = try augment(["--count", "4"])
        #expect(refused.status == 1 && refused.errors.contains("run.json: version: expected 0.0.9 of "), "\(refused)")
        #expect(try data("out/run.json") == Data(old.utf8))
    }

    @Test func `another pipeline or seed is refused in a folder that is used`() throws {
        _ = try augment(withMasks)
        let before = try FileTree(scratch.path("out"))
        let outcome = try augment(withMasks + ["--seed", "5"])
        #expect(outcome.status == 1 && outcome.errorLines.count == 1, "\(outcome)")
        #expect(outcome.errors.contains("run.json: seed: expected 0 as in the run that the folder holds"))
        #expect(try FileTree(scratch.path("out")) == before)
    }

    private struct Written: Decodable {
        struct File: Decodable, Equatable {
            let path: String
            let bytes: Int
        }
        let record: Record
        let outputs: [File]
    }

    @Test func `the record makes the same image again`() throws {
        _ = try augment([])
        let written = try JSONDecoder().decode(Written.self, from: data("out/sub/c_0.json"))
        #expect(written.outputs == [Written.File(path: "c_0.png", bytes: try data("out/sub/c_0.png").count)])
        #expect(written.record.key.sample == "sub/c.png")
        let pipeline = try Pipeline(parsing: String(contentsOfFile: pipeline, encoding: .utf8))
        let sample = Sample(try FormatTable.standard.readImage(path: scratch.path("in/sub/c.png")))
        let replayed = try pipeline.replay(written.record, on: sample)
        #expect(try PNGEncoder().encode(replayed.sample.images[0]) == [UInt8](data("out/sub/c_0.png")))
    }

    @Test func `a mask of another size, or none, is one line for its image alone`() throws {
        let small = Image<UInt8>(axes: [.y, .x], sizes: [24, 31], color: .gray)
        _ = try scratch.write(PNGEncoder().encode(small), to: "masks/a.png")
        try FileManager.default.removeItem(atPath: scratch.path("masks/sub/c.png"))
        let outcome = try augment(withMasks)
        #expect(outcome.status == 1 && outcome.failures.count == 2, "\(outcome)")
        #expect(outcome.errors.contains("in/a.png: the mask: expected the size of the image, 32 x 24, found 31 x 24"))
        #expect(outcome.errors.contains("in/sub/c.png: --masks: expected one mask c in"))
        let names = try FileTree(scratch.path("out")).names
        #expect(names.contains("b.1_1.png") && !names.contains("a_0.png"))
    }

    @Test func `broken files and pipelines are one line each`() throws {
        _ = try scratch.write("nothing".utf8, to: "in/broken.png")
        let outcome = try augment([])
        #expect(outcome.status == 1 && outcome.failures.count == 1, "\(outcome)")
        #expect(outcome.failures[0].contains("in/broken.png"))
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [{affine: {scale: 0}}]".utf8, to: "p.yaml")
        let wrong = try augment([], output: "other")
        #expect(wrong.status == 1 && wrong.errorLines.count == 1, "\(wrong)")
        #expect(wrong.errors.contains("p.yaml:2:26: expected a number from 0.01 to 100, found 0"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("other")))
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [flip]\nbatch: [mixup]".utf8, to: "p.yaml")
        let mixing = try augment([], output: "other")
        #expect(mixing.status == 1 && mixing.errors.contains("found steps that mix samples"), "\(mixing)")
        let absent = try Tessera.run(
            "augment", scratch.path("in"), "--output", scratch.path("out"), "--pipeline", "nothing")
        #expect(absent.status == 1 && absent.errors.contains("expected a file or one of"), "\(absent)")
    }

    @Test func `volumes become NIfTI and keep their numbers' type`() throws {
        let volume = Image<Int16>(axes: [.z, .y, .x], sizes: [6, 10, 12], color: .gray) { output in
            for i in 0..<output.count { output[i] = Int16(i % 700) - 1000 }
        }
        try folder("volumes/v")
        try NIfTIEncoder().write(volume, to: scratch.path("volumes/v.nii"))
        let outcome = try augment([], input: "volumes")
        #expect(outcome.status == 0, "\(outcome)")
        let result = try FormatTable.standard.readImage(path: scratch.path("out/v_0.nii.gz"))
        #expect(result.kind == .int16 && result.depth == 6 && result.width == 12)
        // Only some transforms work on volumes.
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [d4, {jpeg: {quality: 50}}]".utf8, to: "p.yaml")
        let refused = try augment([], input: "volumes", output: "none")
        #expect(refused.status == 1 && refused.failures.count == 1, "\(refused)")
        #expect(refused.errors.contains("p.yaml:2:14: jpeg works on pictures, found a volume"), "\(refused)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
    }

    @Test func `floats become NumPy arrays`() throws {
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [normalize]".utf8, to: "p.yaml")
        #expect(try augment([]).status == 0)
        #expect(try data("out/a_0.npy").prefix(200).range(of: Data("'shape': (3, 24, 32)".utf8)) != nil)
        let refused = try augment(["--format", "png"], output: "png")
        #expect(refused.status == 1 && refused.failures.count == 3, "\(refused)")
    }

    @Test func `a preview is a sheet of originals and variants`() throws {
        let sheet = scratch.path("sheet.png")
        let outcome = try Tessera.run(
            "augment", scratch.path("in"), "--pipeline", pipeline, "--masks", scratch.path("masks"), "--preview", sheet)
        #expect(outcome.status == 0, "\(outcome)")
        let picture = try FormatTable.standard.readImage(path: sheet)
        #expect(picture.width == 8 * 200 + 16 && picture.height == 3 * 200 + 8)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
    }

    @Test func `tar files hold every variant and do not depend on threads`() throws {
        let first = try augment(withMasks + ["--shards", "--jobs", "1"])
        #expect(first.status == 0 && first.errors.hasSuffix("augment: 3 done; 6 variants written\n"), "\(first)")
        _ = try augment(withMasks + ["--shards", "--jobs", "4"], output: "many")
        let tree = try FileTree(scratch.path("out"))
        #expect(try FileTree(scratch.path("many")).differences(from: tree) == [])
        #expect(tree.names.contains("shards/augmented-000000.tar"))
        let list = try Tessera.shell("tar tf \(scratch.path("out/shards/augmented-000000.tar"))").output
        let stems = ["a_0", "a_1", "b_1_0", "b_1_1", "sub_c_0", "sub_c_1"]
        #expect(
            list.split(separator: "\n").map(String.init)
                == stems.flatMap { ["\($0).png", "\($0).mask.png", "\($0).json"] })
        let again = try augment(withMasks + ["--shards"])
        #expect(again.errors.hasSuffix("augment: 0 done, 3 done before; 0 variants written\n"), "\(again)")
    }

    @Test func `a dry run writes nothing`() throws {
        let outcome = try augment(["--dry-run"])
        #expect(outcome.status == 0 && outcome.errors == "augment: 3 done\n", "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
    }

    @Test func `the text of ECVL is a pipeline, too`() throws {
        _ = try scratch.write("AugMirror p=1\r\n".utf8, to: "p.yaml")
        #expect(try augment([]).status == 0)
        let image = try FormatTable.standard.readImage(path: scratch.path("in/a.png"))
        let result = try FormatTable.standard.readImage(path: scratch.path("out/a_0.png"))
        #expect(result.contiguous() == image.flipped(.x).contiguous())
    }

    @Test func `the list names every transform and parameter`() throws {
        let text = try Tessera.run("augment", "--list")
        let json = try Tessera.run("augment", "--list", "--json")
        #expect(text.status == 0 && json.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let transforms = try #require(object?["transforms"] as? [[String: Any]])
        #expect(transforms.count == TransformTable.builtIn.descriptions.count)
        for transform in TransformTable.builtIn.descriptions {
            #expect(text.output.contains("  \(transform.name)  ("))
            for parameter in transform.parameters { #expect(text.output.contains("      \(parameter.name)")) }
        }
    }

    @Test(arguments: [
        [], ["in"], ["in", "--pipeline", "p.yaml"], ["--list", "in"],
        ["in", "--pipeline", "p.yaml", "--output", "out", "--count", "0"],
        ["in", "--pipeline", "p.yaml", "--output", "out", "--jobs", "0"],
        ["in", "--pipeline", "p.yaml", "--output", "out", "--epoch", "-1"],
        ["in", "--pipeline", "p.yaml", "--output", "out", "--format", "gif"],
        ["in", "--pipeline", "p.yaml", "--preview", "sheet.jpg"],
        ["in", "--pipeline", "p.yaml", "--output", "out", "--shard", "3/2"],
    ])
    func `wrong usage ends with 64`(arguments: [String]) throws {
        let outcome = try Tessera.run(["augment"] + arguments, in: scratch.url)
        #expect(outcome.status == 64, "\(outcome)")
    }
}
