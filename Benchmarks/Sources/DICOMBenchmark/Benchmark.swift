import Foundation
import Measuring

/// Tessera's side of `scripts/bench dicom`: does one task and prints, as JSON, the CPU-seconds and the wall time, and
/// checksums by which the results of all readers are compared.
///
/// `DICOMBenchmark TASK PATH [WORDS]`: `headers LIST`, `volume FOLDER WORKERS`, `reuse FOLDER WORKERS`, `bytes FOLDER`,
/// `floor FOLDER CODEC` (also `floor FOLDER CODEC PART OF`: every OF-th frame from the PART-th on), `segmentation FILE`,
/// `nifti-read FILE`, `nifti-write FILE`, `nothing FOLDER`.
@main
struct Benchmark {
    /// What is printed.
    struct Report: Encodable {
        var cpu: Double
        var wall: Double
        /// The most memory that was resident, in bytes.
        var peak: Int
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
        case "nothing": return Report(cpu: 0, wall: 0, peak: peakMemory())
        case "headers": return try headers(path)
        case "volume":
            return try measured({ try VolumeBenchmark.volume(path, workers: workers) }, VolumeBenchmark.checksums)
        case "reuse": return try reuse(path, workers: workers)
        case "bytes": return try bytes(path)
        case "floor": return try floor(path, codec: words.first ?? "", part: words.dropFirst().compactMap { Int($0) })
        case "segmentation": return try measured({ try FileBenchmark.frames(path) }, FileBenchmark.checksums)
        case "nifti-read": return try measured({ try FileBenchmark.read(path) }, FileBenchmark.checksums)
        case "nifti-write":
            let (work, result) = try FileBenchmark.writing(path, workers: workers)
            return try measured(work, result)
        default: return nil
        }
    }

    private static func headers(_ list: String) throws -> Report {
        let files = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init)
        return try measured({ try HeaderBenchmark.run(files) }, HeaderBenchmark.checksums)
    }

    /// Work that is done once before, so that memory and caches are warm.
    private static func reuse(_ folder: String, workers: Int) throws -> Report {
        let (work, result) = try VolumeBenchmark.reread(folder, workers: workers)
        try work()
        return try measured(work, { VolumeBenchmark.checksums(result()) })
    }

    private static func bytes(_ folder: String) throws -> Report {
        let places = try Floors.places(files(in: folder))
        let count = places.reduce(0) { $0 + $1.count }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
        defer { unsafe buffer.deallocate() }
        unsafe Floors.readBytes(places, into: buffer)
        return measured({ unsafe Floors.readBytes(places, into: buffer) }, { nil })
    }

    private static func floor(_ folder: String, codec: String, part: [Int]) throws -> Report {
        let (first, step) = part.count == 2 ? (part[0], part[1]) : (0, 1)
        let files = try files(in: folder).enumerated().filter { $0.offset % step == first }.map(\.element)
        let frames = try files.map(FrameBytes.ofFile)
        let samples = 512 * 512
        // Once before, as a volume is read into memory that is there: tables and the heap are warm.
        Floors.decode(frames, codec: codec, samples: samples)
        return measured {
            Floors.decode(frames, codec: codec, samples: samples)
        } _: { _ in
            // Once more, for what the clock does not measure: the values after the intercept, as those of a volume.
            var checksums: [UInt32] = []
            Floors.decode(frames, codec: codec, samples: samples) { stored in
                let values = stored.map { Int16(truncatingIfNeeded: Int($0) - 1024) }
                checksums.append(
                    CRC32.checksum(
                        values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }.span))
            }
            return checksums
        }
    }

    private static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".dcm") }.sorted()
            .map { "\(folder)/\($0)" }
    }

    /// The CPU-seconds and the wall time of some work; the checksums of its result are not part of them.
    private static func measured<Result>(
        _ work: () throws -> Result, _ checksums: (Result) throws -> [UInt32]?
    ) rethrows -> Report {
        let (cpu, wall) = (cpuSeconds(), ContinuousClock.now)
        let result = try work()
        let spent = (cpu: cpuSeconds() - cpu, wall: (ContinuousClock.now - wall) / .seconds(1))
        let peak = peakMemory()
        return Report(cpu: spent.cpu, wall: spent.wall, peak: peak, checksums: try checksums(result))
    }
}
