import Foundation
import TestSupport
import Testing

/// What the command line takes and refuses.
@Suite struct UsageTests {
    @Test func `the version and the help are printed`() throws {
        let version = try Tessera.run("--version")
        #expect(version.status == 0 && version.output == "0.1.0\n")
        for command in [[], ["info"], ["patches"], ["masks"], ["tissue"], ["slices"], ["regions"]] {
            let help = try Tessera.run(command + ["--help"])
            #expect(help.status == 0 && help.output.contains("USAGE: tessera") && help.errors.isEmpty)
        }
    }

    static let wrong: [[String]] = [
        ["nonsense"], ["patches"], ["patches", "a.svs"], ["masks", "a.svs", "--output", "out"], ["info"],
        ["patches", "a.svs", "--output", "out", "--unknown"],
        ["patches", "a.svs", "--output", "out", "--shard", "0/2"],
        ["patches", "a.svs", "--output", "out", "--shard", "3/2"],
        ["patches", "a.svs", "--output", "out", "--shard", "1/2/3"],
        ["patches", "a.svs", "--output", "out", "--shard", "x"],
        ["patches", "a.svs", "--output", "out", "--jobs", "0"],
        ["patches", "a.svs", "--output", "out", "--jobs", "-1"],
        ["patches", "a.svs", "--output", ""],
        ["patches", "a.svs", "--output", "out", "--size", "0"],
        ["patches", "a.svs", "--output", "out", "--stride", "0"],
        ["patches", "a.svs", "--output", "out", "--min-tissue", "1.5"],
        ["patches", "a.svs", "--output", "out", "--min-tissue", "nan"],
        ["patches", "a.svs", "--output", "out", "--quality", "101"],
        ["patches", "a.svs", "--output", "out", "--edge", "wrap"],
        ["patches", "a.svs", "--output", "out", "--format", "gif"],
        ["patches", "a.svs", "--output", "out", "--mpp", "0"],
        ["patches", "a.svs", "--output", "out", "--mpp", "inf"],
        ["patches", "a.svs", "--output", "out", "--mpp", "1", "--level", "0"],
        ["patches", "a.svs", "--output", "out", "--level", "-1"],
        ["patches", "a.svs", "--output", "out", "--per-class", "0"],
        ["patches", "a.svs", "--output", "out", "--seed", "-1"],
        ["patches", "a.svs", "--output", "out", "--min-coverage", "tumor=0.5"],
        ["patches", "a.svs", "--output", "out", "--annotations", "x", "--min-coverage", "tumor=2"],
        ["patches", "a.svs", "--output", "out", "--annotations", "x", "--min-coverage", "tumor"],
        ["patches", "a.svs", "--output", "out", "--write-masks"],
        ["masks", "--annotations", "x", "--output", "out"],
        ["masks", "a.svs", "--annotations", "x", "--output", "out", "--size", "10x10"],
        ["masks", "--annotations", "x", "--output", "out", "--size", "10"],
        ["masks", "--annotations", "x", "--output", "out", "--size", "0x10"],
        ["masks", "--annotations", "x", "--output", "out", "--size", "10x10", "--normal-tissue"],
        ["masks", "a.svs", "--annotations", "x", "--output", "out", "--rule", "corner"],
        ["tissue", "a.svs", "--output", "out", "--method", "magic"],
        ["slices", "a"], ["slices", "--output", "out"], ["slices", "a", "--output", ""],
        ["slices", "a", "--output", "out", "--kinds", "mask"],
        ["slices", "a", "--output", "out", "--kinds", "half"],
        ["slices", "a", "--output", "out", "--min-area", "10"],
        ["slices", "a", "--output", "out", "--mask", "lung", "--min-area", "-1"],
        ["slices", "a", "--output", "out", "--mask", "lung", "--min-ratio", "1.5"],
        ["slices", "a", "--output", "out", "--mask", "lung", "--labels", "1"],
        ["slices", "a", "--output", "out", "--window", "none"],
        ["slices", "a", "--output", "out", "--window", "foot"],
        ["slices", "a", "--output", "out", "--center", "40"],
        ["slices", "a", "--output", "out", "--center", "40", "--width", "0"],
        ["slices", "a", "--output", "out", "--center", "40", "--width", "80", "--window", "brain"],
        ["slices", "a", "--output", "out", "--spacing", "0"],
        ["slices", "a", "--output", "out", "--spacing", "1x1"],
        ["slices", "a", "--output", "out", "--spacing", "1x1x-1"],
        ["slices", "a", "--output", "out", "--orientation", "LLS"],
        ["slices", "a", "--output", "out", "--box-size", "10"],
        ["slices", "a", "--output", "out", "--box-size", "40000x10"],
        ["slices", "a", "--output", "out", "--max-slices", "0"],
        ["slices", "a", "--output", "out", "--stack", "0"],
        ["slices", "a", "--output", "out", "--jobs", "0"],
        ["regions", "a.dcm"], ["regions", "--output", "out"],
        ["regions", "a.dcm", "--output", "out", "--format", "png"],
        ["regions", "a.dcm", "--output", "out", "--threshold", "0"],
        ["regions", "a.dcm", "--output", "out", "--policy", "resample"],
    ]

    @Test func `wrong usage is refused with code 64 and nothing is written`() throws {
        let scratch = try ScratchFolder()
        for arguments in Self.wrong {
            let outcome = try Tessera.run(arguments, in: scratch.url)
            #expect(outcome.status == 64, "\(arguments): \(outcome)")
            #expect(outcome.errors.hasPrefix("Error: ") && outcome.output.isEmpty, "\(arguments): \(outcome)")
        }
        #expect(try FileTree(scratch.url.path).files.isEmpty)
    }

    @Test func `a least coverage needs a class that exists`() throws {
        let scratch = try ScratchFolder()
        let outcome = try Tessera.run(
            "patches", SharedSlides.one, "--output", scratch.path("out"), "--annotations", SharedSlides.annotations,
            "--min-coverage", "tumour=0.5")
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("Error: --min-coverage: expected tumor, found tumour\n"))
        #expect(try FileTree(scratch.url.path).files.isEmpty)
    }

    @Test(arguments: [
        ["--tissue", "otsuu"], ["--annotations", "nowhere"], ["--mpp-table", "nowhere.csv"],
        ["--annotations", ".", "--classes", "nowhere.json"],
    ])
    func `paths of options that do not exist stop the run in one line`(options: [String]) throws {
        let scratch = try ScratchFolder()
        let outcome = try Tessera.run(
            ["patches", SharedSlides.one, "--output", "out"] + options, in: scratch.url)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1 && outcome.failures.count == 1, "\(outcome)")
        #expect(outcome.errors.contains(options.last ?? ""))
        #expect(try FileTree(scratch.url.path).files.isEmpty)
    }

    @Test(arguments: [
        ["patches", "--overview"], ["patches", "--annotations", SharedSlides.annotations, "--write-masks"],
        ["masks", "--annotations", SharedSlides.annotations], ["tissue"],
    ])
    func `a dry run writes nothing`(arguments: [String]) throws {
        let scratch = try ScratchFolder()
        let command = [arguments[0], SharedSlides.slides] + arguments.dropFirst()
        let outcome = try Tessera.run(command + ["--output", scratch.path("out"), "--dry-run"])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.errors.contains("[3/3] c: would be "))
        #expect(try FileTree(scratch.url.path).files.isEmpty)
    }

    @Test func `the summary is one JSON object on request`() throws {
        let scratch = try ScratchFolder()
        let outcome = try Tessera.run(
            "patches", SharedSlides.slides, scratch.path("none.svs"), "--output", scratch.path("out"), "--json",
            "--format", "coordinates", "--size", "64")
        #expect(outcome.status == 1)
        let summary = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(summary?["done"] as? Int == 3 && summary?["failed"] as? Int == 1)
        #expect((summary?["failures"] as? [String])?.count == 1)
    }
}
