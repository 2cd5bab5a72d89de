import Foundation
import Measuring

/// Tessera's side of `scripts/bench dicom`: does one task and prints, as JSON, the CPU-seconds and the wall time, and
/// checksums by which the results of all readers are compared.
///
/// `DICOMBenchmark headers LIST`; the list holds one path per line.
@main
struct Benchmark {
    /// What is printed.
    struct Report: Encodable {
        var cpu: Double
        var wall: Double
        var checksums: [UInt32]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, arguments[1] == "headers" else {
            FileHandle.standardError.write(Data("usage: DICOMBenchmark headers LIST\n".utf8))
            exit(64)
        }
        let files = try String(contentsOfFile: arguments[2], encoding: .utf8).split(separator: "\n").map(String.init)
        var checksums: [UInt32] = []
        let report = try measured { checksums = try HeaderBenchmark.run(files) }
        FileHandle.standardOutput.write(
            try JSONEncoder().encode(Report(cpu: report.cpu, wall: report.wall, checksums: checksums)))
    }

    /// The CPU-seconds and the wall time of some work.
    static func measured(_ work: () throws -> Void) rethrows -> (cpu: Double, wall: Double) {
        let (cpu, wall) = (cpuSeconds(), ContinuousClock.now)
        try work()
        return (cpuSeconds() - cpu, (ContinuousClock.now - wall) / .seconds(1))
    }
}
