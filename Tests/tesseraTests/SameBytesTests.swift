import Foundation
import TestSupport
import Testing

/// The outputs follow from inputs and parameters alone: not from threads, shards, or how often a run was killed.
@Suite struct SameBytesTests {
    /// The commands that are compared, without `--output`.
    static let commands: [[String]] = [
        ["patches", SharedSlides.slides, "--size", "32", "--stride", "20", "--min-tissue", "0.2"],
        [
            "patches", SharedSlides.slides, "--size", "32", "--stride", "16", "--format", "webdataset", "--overview",
            "--annotations", SharedSlides.annotations, "--per-class", "12", "--seed", "7",
        ],
        [
            "patches", SharedSlides.slides, "--size", "24", "--mpp", "2.6", "--format", "png", "--annotations",
            SharedSlides.annotations, "--write-masks", "--tissue", "saturation",
        ],
        [
            "masks", SharedSlides.slides, "--annotations", SharedSlides.annotations, "--normal-tissue", "--overview",
        ],
        ["tissue", SharedSlides.slides, "--overview"],
        ["augment", SharedPictures.folder, "--pipeline", "pathology", "--count", "6"],
    ]

    private func outputs(_ command: [String], _ options: [String] = [], to folder: String) throws -> FileTree {
        let outcome = try Tessera.run(command + ["--output", folder] + options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try FileTree.outputs(folder)
    }

    @Test(arguments: commands)
    func `threads and shards change no byte`(command: [String]) async throws {
        let scratch = try ScratchFolder()
        let whole = try outputs(command, ["--jobs", "1"], to: scratch.path("whole"))
        #expect(whole.files.count > 6 && whole.leftovers.isEmpty)
        for jobs in ["2", "5"] {
            let other = try outputs(command, ["--jobs", jobs], to: scratch.path("jobs\(jobs)"))
            #expect(whole.differences(from: other) == [])
        }
        for shard in 1...3 {
            let part = try outputs(command, ["--shard", "\(shard)/3", "--jobs", "2"], to: scratch.path("inTurn"))
            #expect(shard == 3 || part != whole)
        }
        #expect(whole.differences(from: try .outputs(scratch.path("inTurn"))) == [])
        let together = try (1...3).map { shard in
            let run = Tessera(command + ["--output", scratch.path("together"), "--shard", "\(shard)/3"])
            try run.start()
            return run
        }
        for run in together { #expect(try run.wait().status == 0) }
        #expect(whole.differences(from: try .outputs(scratch.path("together"))) == [])
    }

    @Test(arguments: commands)
    func `two processes on one folder take turns or say so, and lose nothing`(command: [String]) throws {
        let scratch = try ScratchFolder()
        let whole = try outputs(command, to: scratch.path("whole"))
        let runs = try (0..<2).map { _ in
            let run = Tessera(command + ["--output", scratch.path("both"), "--jobs", "2"])
            try run.start()
            return run
        }
        for run in runs {
            let outcome = try run.wait()
            #expect(!outcome.wasSignalled && (outcome.status == 0 || outcome.status == 1))
            #expect(outcome.failures.allSatisfy { $0.contains("no other process on this input") }, "\(outcome)")
        }
        let again = try outputs(command, to: scratch.path("both"))
        #expect(whole.differences(from: again) == [] && again.leftovers.isEmpty)
    }

    @Test(arguments: commands.indices)
    func `a run that is killed and started again ends with the same bytes`(index: Int) throws {
        let scratch = try ScratchFolder()
        let command = Self.commands[index]
        let start = ContinuousClock.now
        let whole = try outputs(command, to: scratch.path("whole"))
        let duration = ContinuousClock.now - start
        var random = SeededGenerator(seed: UInt64(index) + 100)
        let folder = scratch.path("killed")
        var kills = 0
        var finished: [String: Date] = [:]
        // Every round gets further; rounds that start late enough to finish are few, and the last one is left alone.
        while kills < 5 {
            let run = Tessera(command + ["--output", folder, "--jobs", "2"])
            try run.start()
            let share = Double.random(in: 0.05...0.8, using: &random) / Double(kills / 2 + 1)
            Thread.sleep(forTimeInterval: Double(duration.components.attoseconds) / 1e18 * share)
            run.signal(SIGKILL)
            let outcome = try run.wait()
            guard outcome.wasSignalled else { break }
            kills += 1
            finished.merge(try finishedRecords(folder)) { old, new in
                #expect(old == new, "a finished slide was done again")
                return old
            }
        }
        #expect(kills >= 2)
        let killed = try outputs(command, to: folder)
        #expect(whole.differences(from: killed) == [])
        #expect(killed.leftovers == [])
        for (name, date) in finished { #expect(try finishedRecords(folder)[name] == date) }
    }

    @Test(arguments: commands)
    func `an interrupted run ends cleanly and is completed later`(command: [String]) throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path("out")
        let run = Tessera(command + ["--output", folder])
        try run.start()
        // The handler is there once the output folder is.
        while run.isRunning && !FileManager.default.fileExists(atPath: folder) { Thread.sleep(forTimeInterval: 0.005) }
        run.signal(command[0] == "masks" || command.contains("png") ? SIGTERM : SIGINT)
        let outcome = try run.wait()
        #expect(outcome.status == 130 && !outcome.wasSignalled, "\(outcome)")
        #expect(outcome.failures.count == 1 && outcome.failures[0].hasSuffix(": interrupted"))
        let tree = try FileTree.outputs(folder)
        #expect(tree.leftovers == [])
        for name in tree.names where name.hasPrefix("slides/") && name.hasSuffix(".json") {
            let record = try JSONSerialization.jsonObject(with: #require(tree.files[name])) as? [String: Any]
            #expect(record?["status"] as? String == "done")
        }
        let whole = try outputs(command, to: scratch.path("whole"))
        #expect(whole.differences(from: try outputs(command, to: folder)) == [])
    }

    /// Modification times of the records of finished slides.
    private func finishedRecords(_ folder: String) throws -> [String: Date] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/slides")) ?? []
        var dates: [String: Date] = [:]
        for name in names where name.hasSuffix(".json") && !name.hasPrefix(".") {
            let path = "\(folder)/slides/\(name)"
            let record =
                try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [String: Any]
            guard record?["status"] as? String == "done" else { continue }
            dates[name] = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        }
        return dates
    }
}
