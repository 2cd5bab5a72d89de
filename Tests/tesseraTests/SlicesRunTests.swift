import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// What `tessera slices` does with a folder that earlier or other runs used.
@Suite struct SlicesRunTests {
    private let scratch: ScratchFolder
    private let options: [String]

    init() throws {
        scratch = try ScratchFolder()
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [40, 96, 80])
        var mask = Image<Bool>(axes: [.z, .y, .x], sizes: [40, 96, 80])
        var random = SeededGenerator(seed: 4)
        for z in 0..<40 {
            for y in 0..<96 {
                for x in 0..<80 {
                    volume[z, y, x] = Int16.random(in: -1000...800, using: &random)
                    mask[z, y, x] = abs(x - 40) < 5 + z / 2 && abs(y - 50) < 30
                }
            }
        }
        let geometry = Geometry(spacingMillimetres: SIMD3(0.8, 0.8, 3))
        (volume.geometry, mask.geometry) = (geometry, geometry)
        try NIfTIEncoder().write(.int16(volume), to: scratch.path("ct.nii"))
        try NIfTIEncoder().write(.bool(mask), to: scratch.path("mask.nii"))
        options = [
            "--patient", "P", "--mask", scratch.path("mask.nii"), "--kinds", "whole", "masked", "mask", "boxed",
            "--spacing", "0.5", "--box-size", "64x64", "--box-fit", "resized",
        ]
    }

    private func run(_ folder: String, _ more: [String] = [], input: String = "ct.nii") throws -> FileTree {
        let outcome = try Tessera.run(
            ["slices", scratch.path(input), "--output", scratch.path(folder)] + options + more)
        #expect(outcome.status == 0, "\(outcome)")
        return try FileTree(scratch.path(folder))
    }

    @Test func `threads change no byte, and neither do the input's place and date`() throws {
        let first = try run("a", ["--jobs", "1"])
        #expect(first.names.count > 4 * 240 && first.leftovers.isEmpty)
        #expect(first.differences(from: try run("b", ["--jobs", "3"])) == [])
        try FileManager.default.createDirectory(atPath: scratch.path("moved"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: scratch.path("ct.nii"), toPath: scratch.path("moved/ct.nii"))
        let again = try Tessera.run(
            ["slices", scratch.path("moved/ct.nii"), "--output", scratch.path("a")] + options)
        #expect(again.status == 0 && again.errors.hasPrefix("P: done before, "))
        #expect(first.differences(from: try FileTree(scratch.path("a"))) == [])
    }

    @Test func `other options, inputs and masks are refused, and done anew when that is wanted`() throws {
        let first = try run("a")
        let refused = try Tessera.run(
            ["slices", scratch.path("ct.nii"), "--output", scratch.path("a"), "--window", "bone"] + options)
        #expect(refused.status == 1 && refused.errorLines.count == 1)
        #expect(refused.errors.contains("or another --output, or --overwrite), found center 400.0, width 1800.0"))
        #expect(first.differences(from: try FileTree(scratch.path("a"))) == [])
        let bone = try run("a", ["--window", "bone", "--overwrite"])
        #expect(bone != first)
        #expect(first.differences(from: try run("a", ["--overwrite"])) == [])
        var before = first
        for name in ["ct.nii", "mask.nii"] {
            var bytes = try Data(contentsOf: URL(filePath: scratch.path(name)))
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: URL(filePath: scratch.path(name)))
            let after = try run("a", ["--overwrite"])
            #expect(after["P/patient.json"] != before["P/patient.json"])
            before = after
        }
    }

    @Test func `a killed run is completed by the next one`() throws {
        let start = ContinuousClock.now
        let whole = try run("whole")
        let seconds =
            Double((ContinuousClock.now - start).components.attoseconds) / 1e18
            + Double((ContinuousClock.now - start).components.seconds)
        var kills = 0
        for share in [0.2, 0.4, 0.6, 0.3, 0.5] {
            let process = Tessera(["slices", scratch.path("ct.nii"), "--output", scratch.path("killed")] + options)
            try process.start()
            Thread.sleep(forTimeInterval: seconds * share)
            process.signal(SIGKILL)
            if try process.wait().wasSignalled { kills += 1 }
            // Either nothing is there, or everything.
            let names = try FileTree(scratch.path("killed")).names.filter { $0.hasPrefix("P/") }
            #expect(names.isEmpty || names == whole.names.filter { $0.hasPrefix("P/") })
        }
        #expect(kills >= 2)
        let completed = try run("killed")
        #expect(whole.differences(from: completed) == [] && completed.leftovers.isEmpty)
    }

    @Test func `an interrupted run says so and leaves nothing`() throws {
        let process = Tessera(["slices", scratch.path("ct.nii"), "--output", scratch.path("out")] + options)
        try process.start()
        // The handler is there once the staging folder is.
        let staging = scratch.path("out/.partial")
        while process.isRunning && !FileManager.default.fileExists(atPath: staging) {
            Thread.sleep(forTimeInterval: 0.005)
        }
        process.signal(SIGTERM)
        let outcome = try process.wait()
        #expect(outcome.status == 130 && outcome.failures.count == 1, "\(outcome)")
        #expect(try FileTree(scratch.path("out")).names == [])
    }

    @Test func `of two processes on one patient one does it, the other says so or finds it done`() throws {
        let whole = try run("whole")
        let processes = try (0..<2).map { _ in
            let process = Tessera(["slices", scratch.path("ct.nii"), "--output", scratch.path("both")] + options)
            try process.start()
            return process
        }
        let outcomes = try processes.map { try $0.wait() }
        #expect(outcomes.contains { $0.status == 0 })
        for outcome in outcomes where outcome.status != 0 {
            #expect(outcome.status == 1 && outcome.errors.contains("expected no other process on this input"))
        }
        let both = try FileTree(scratch.path("both"))
        #expect(whole.differences(from: both) == [] && both.leftovers.isEmpty)
    }
}

extension FileTree {
    fileprivate subscript(name: String) -> Data? { files[name] }
}
