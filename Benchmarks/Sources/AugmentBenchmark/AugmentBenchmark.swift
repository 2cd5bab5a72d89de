import Augment
import Foundation
import ImageCore
import Measuring
import Patches

/// Applies a pipeline to one sample again and again, and prints the CPU-seconds and the wall time of one sample as JSON.
///
/// `AugmentBenchmark PIPELINE IMAGE KIND SIZES COUNT[/BATCH] WORKERS [OUTPUT]`: KIND is `rgb` for bytes (y, x, channel) or `volume` for floats (z, y, x) with
/// labels of bytes in IMAGE.labels; SIZES is `256x256`, slowest first. Every sample has a key of its own, so that chance plays as in
/// training. With BATCH, the results of so many samples are kept at a time, as training does, and WORKERS threads make them. With OUTPUT, the first result is written there as raw samples. `operation:NAME` as PIPELINE does one operation alone.
@main
struct AugmentBenchmark {
    /// What is printed.
    struct Report: Encodable {
        var version: String
        var cpu: Double
        var wall: Double
        var sizes: [Int]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        let counts = arguments.count > 5 ? arguments[5].split(separator: "/").compactMap { Int($0) } : []
        guard arguments.count >= 7, let count = counts.first, let workers = Int(arguments[6]), counts.min() ?? 0 > 0
        else {
            FileHandle.standardError.write(
                Data("usage: AugmentBenchmark PIPELINE IMAGE KIND SIZES COUNT[/BATCH] WORKERS [OUTPUT]\n".utf8))
            exit(64)
        }
        let output = arguments.count > 7 ? arguments[7] : nil
        if let operation = SingleOperation(argument: arguments[1]) {
            let sizes = arguments[4].split(separator: "x").compactMap { Int($0) }
            return try run(operation, on: arguments[2], sizes, count: count, output)
        }
        let pipeline = try Pipeline(
            parsing: String(contentsOfFile: arguments[1], encoding: .utf8), file: arguments[1])
        let sizes = arguments[4].split(separator: "x").compactMap { Int($0) }
        let sample = try readSample(path: arguments[2], kind: arguments[3], sizes: sizes)
        let first = try pipeline.apply(to: sample, key: DrawKey(seed: 1, sample: "0"))
        if let output { try write(first.sample.images[0], to: output) }
        let batch = (0..<count).map { (sample: sample, key: DrawKey(seed: 1, sample: String($0))) }
        let (cpu, wall) = (cpuSeconds(), ContinuousClock.now)
        if counts.count == 1 {
            for one in batch { _ = try pipeline.apply(to: one.sample, key: one.key, workers: workers) }
        } else {
            for start in stride(from: 0, to: count, by: counts[1]) {
                let part = Array(batch[start..<min(count, start + counts[1])])
                for result in pipeline.apply(toBatch: part, workers: workers) { _ = try result.get() }
            }
        }
        let report = Report(
            version: "tessera \(tesseraVersion)", cpu: (cpuSeconds() - cpu) / Double(count),
            wall: (ContinuousClock.now - wall) / .seconds(1) / Double(count), sizes: first.sample.images[0].layout.sizes
        )
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
    }

    private static func run(
        _ operation: SingleOperation, on path: String, _ sizes: [Int], count: Int, _ output: String?
    ) throws {
        guard case .uint8(let picture) = try readSample(path: path, kind: "rgb", sizes: sizes).images[0] else { return }
        let input = operation.input(of: picture)
        let first = try operation.result(of: input)
        if let output { try write(.uint8(first), to: output) }
        let (cpu, wall) = (cpuSeconds(), ContinuousClock.now)
        for _ in 0..<count { _ = try operation.result(of: input) }
        let report = Report(
            version: "tessera \(tesseraVersion)", cpu: (cpuSeconds() - cpu) / Double(count),
            wall: (ContinuousClock.now - wall) / .seconds(1) / Double(count), sizes: first.sizes)
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
    }

    private static func readSample(path: String, kind: String, sizes: [Int]) throws -> Sample {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        if kind == "rgb" {
            var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: sizes + [3], color: .rgb)
            var samples = image.mutableSamples
            for i in 0..<samples.count { samples[i] = bytes[i] }
            return Sample(.uint8(image))
        }
        var image = Image<Float>(axes: [.z, .y, .x], sizes: sizes, color: .gray)
        image.domain = .range(-1e6...1e6)
        var samples = image.mutableSamples
        for i in 0..<samples.count {
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 * i + $1]) << UInt32(8 * $1) }
            samples[i] = Float(bitPattern: bits)
        }
        let labelBytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + ".labels")))
        var labels = Image<UInt8>(axes: [.z, .y, .x], sizes: sizes, color: .labels, domain: .labels)
        var numbers = labels.mutableSamples
        for i in 0..<numbers.count { numbers[i] = labelBytes[i] }
        return Sample(.float32(image), labels: .uint8(labels))
    }

    private static func write(_ image: AnyImage, to path: String) throws {
        let floats = image.converted(to: Float.self).contiguous()
        var data = Data(capacity: 4 * floats.count)
        for i in 0..<floats.count {
            let bits = floats.samples[i].bitPattern
            for shift in [0, 8, 16, 24] { data.append(UInt8(truncatingIfNeeded: bits >> UInt32(shift))) }
        }
        try data.write(to: URL(fileURLWithPath: path))
    }
}
