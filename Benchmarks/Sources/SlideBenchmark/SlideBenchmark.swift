import Formats
import Foundation
import ImageCore

/// Reads a list of patches and prints, as JSON, the CPU-seconds that it took and a CRC-32 per patch.
///
/// `SlideBenchmark SLIDE LIST SIZE`; the list holds one `x y` per line, level-0 pixels. The timed pass keeps no patch; a
/// second pass, not timed, takes the checksums. The peers do the same in `Peers/worker.py`.
@main
struct SlideBenchmark {
    /// What is printed.
    struct Report: Encodable {
        var version: String
        var cpu: Double
        var checksums: [UInt32]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let size = Int(arguments[3]), size > 0 else {
            FileHandle.standardError.write(Data("usage: SlideBenchmark SLIDE LIST SIZE\n".utf8))
            exit(64)
        }
        let patches = try patchList(path: arguments[2], size: size)
        let timed = try Slides.open(path: arguments[1])
        let started = cpuSeconds()
        try read(patches, of: timed) { _, _ in }
        let spent = cpuSeconds() - started

        let again = try Slides.open(path: arguments[1])
        var checksums = [UInt32](repeating: 0, count: patches.count)
        try read(patches, of: again) { index, samples in checksums[index] = CRC32.checksum(samples) }
        let report = Report(version: "tessera", cpu: spent, checksums: checksums)
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
    }

    private static func patchList(path: String, size: Int) throws -> [PixelRect] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            let numbers = line.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 2 else { throw CocoaError(.fileReadCorruptFile) }
            return PixelRect(x: numbers[0], y: numbers[1], width: size, height: size)
        }
    }

    /// Reads every patch of level 0 as RGB into memory, and hands each to a closure.
    private static func read(
        _ patches: [PixelRect], of slide: any Slide, _ use: (_ index: Int, _ samples: Span<UInt8>) -> Void
    ) throws {
        for (index, patch) in patches.enumerated() {
            var samples = [UInt8](repeating: 0, count: 3 * patch.area)
            var span = samples.mutableSpan
            try slide.read(patch, level: 0, into: &span)
            use(index, samples.span)
        }
    }
}
