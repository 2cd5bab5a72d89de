import Formats
import Foundation
import ImageCore
import ImageProcessing
import Measuring
import Patches
import Synchronization

/// Cuts a list of patches with the extraction engine and prints, as JSON, the CPU-seconds and the wall time that it took, and
/// a CRC-32 per patch.
///
/// `SlideBenchmark SLIDE LIST SIZE WORKERS`; the list holds one `x y` per line, level-0 pixels. The timed pass keeps no patch;
/// a second pass, not timed, takes the checksums. The peers do the same in `Peers/worker.py`.
@main
struct SlideBenchmark {
    /// What is printed.
    struct Report: Encodable {
        var version: String
        var cpu: Double
        var wall: Double
        var checksums: [UInt32]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let size = Int(arguments[3]), size > 0, let workers = Int(arguments[4]), workers > 0
        else {
            FileHandle.standardError.write(Data("usage: SlideBenchmark SLIDE LIST SIZE WORKERS\n".utf8))
            exit(64)
        }
        let patches = try patchList(path: arguments[2], size: size)
        let timed = try Slides.open(path: arguments[1])
        let (cpu, wall) = (cpuSeconds(), ContinuousClock.now)
        try cut(patches, of: timed, workers: workers) { _, _ in }
        let elapsed = (cpu: cpuSeconds() - cpu, wall: (ContinuousClock.now - wall) / .seconds(1))
        var report = Report(
            version: "tessera \(tesseraVersion)", cpu: elapsed.cpu, wall: elapsed.wall, checksums: [])

        let checksums = Mutex([UInt32](repeating: 0, count: patches.count))
        try cut(patches, of: Slides.open(path: arguments[1]), workers: workers) { index, samples in
            let checksum = CRC32.checksum(samples)
            checksums.withLock { $0[index] = checksum }
        }
        report.checksums = checksums.withLock { $0 }
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
    }

    private static func patchList(path: String, size: Int) throws -> [PixelRect] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 2 else { throw CocoaError(.fileReadCorruptFile) }
            return PixelRect(x: numbers[0], y: numbers[1], width: size, height: size)
        }
    }

    /// Cuts every patch of level 0 as RGB into memory, and hands each to a closure, on any of the workers.
    private static func cut(
        _ patches: [PixelRect], of slide: any Slide, workers: Int,
        _ use: @Sendable (_ index: Int, _ samples: Span<UInt8>) -> Void
    ) throws {
        let planned = patches.map { area in
            PlannedPatch(area: area, window: SourceWindow(area), tissue: 1, label: "", coverage: [])
        }
        let plan = PatchPlan(
            scale: try TargetScale.level(0).resolve(for: slide), patchSize: patches.first?.width ?? 1,
            gridCount: planned.count, patches: planned)
        let report = try PatchExtractor(slide: slide, workers: workers).extract(
            plan, prepare: { index, samples in use(index, samples) }, deliver: { _, _ in })
        if let failure = report.failures.first { throw failure }
    }
}
