import Foundation
import Measuring

/// Tessera's side of `scripts/bench dicom`: does one task and prints, as JSON, the CPU-seconds and the wall time, and
/// checksums by which the results of all readers are compared.
///
/// `DICOMBenchmark TASK PATH [WORDS]`: `headers LIST`, `volume FOLDER WORKERS`, `reuse FOLDER WORKERS`, `bytes FOLDER`,
/// `floor FOLDER CODEC WORKERS`, `nothing FOLDER`.
@main
struct Benchmark {
    /// What is printed.
    struct Report: Encodable {
        var cpu: Double
        var wall: Double
        var checksums: [UInt32]?
    }

    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count >= 2, let report = try report(words[0], words[1], Array(words.dropFirst(2))) else {
            FileHandle.standardError.write(Data("usage: DICOMBenchmark TASK PATH [WORDS]\n".utf8))
            exit(64)
        }
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
    }

    private static func report(_ task: String, _ path: String, _ words: [String]) throws -> Report? {
        let workers = words.last.flatMap { Int($0) } ?? 1
        switch task {
        case "nothing": return Report(cpu: 0, wall: 0)
        case "headers": return try headers(path)
        case "volume":
            return try measured({ try VolumeBenchmark.volume(path, workers: workers) }, VolumeBenchmark.checksums)
        case "reuse": return try reuse(path, workers: workers)
        case "bytes": return try bytes(path)
        case "floor": return try floor(path, codec: words.first ?? "", workers: workers)
        default: return nil
        }
    }

    private static func headers(_ list: String) throws -> Report {
        let files = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init)
        return try measured({ try HeaderBenchmark.run(files) }, { $0 })
    }

    /// Work that is done once before, so that memory and caches are warm.
    private static func reuse(_ folder: String, workers: Int) throws -> Report {
        let (work, _) = try VolumeBenchmark.reread(folder, workers: workers)
        try work()
        return try measured(work, { nil })
    }

    private static func bytes(_ folder: String) throws -> Report {
        let places = try Floors.places(files(in: folder))
        let count = places.reduce(0) { $0 + $1.count }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
        defer { unsafe buffer.deallocate() }
        unsafe Floors.readBytes(places, into: buffer)
        return measured({ unsafe Floors.readBytes(places, into: buffer) }, { nil })
    }

    private static func floor(_ folder: String, codec: String, workers: Int) throws -> Report {
        let frames = try files(in: folder).map(FrameBytes.ofFile)
        return measured({ Floors.decode(frames, codec: codec, samples: 512 * 512, workers: workers) }, { nil })
    }

    private static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".dcm") }.sorted()
            .map { "\(folder)/\($0)" }
    }

    /// The CPU-seconds and the wall time of some work; the checksums of its result are not part of them.
    private static func measured<Result>(
        _ work: () throws -> Result, _ checksums: (Result) -> [UInt32]?
    ) rethrows -> Report {
        let (cpu, wall) = (cpuSeconds(), ContinuousClock.now)
        let result = try work()
        let spent = (cpu: cpuSeconds() - cpu, wall: (ContinuousClock.now - wall) / .seconds(1))
        return Report(cpu: spent.cpu, wall: spent.wall, checksums: checksums(result))
    }
}
