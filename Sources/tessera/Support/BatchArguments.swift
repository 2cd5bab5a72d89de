public import ArgumentParser
import Formats
import ImageProcessing
public import Patches

/// Options that every command over a batch has.
struct BatchArguments: ParsableArguments {
    @Option(help: "Output folder; created when needed. A folder of the same run is completed.")
    var output: String

    @Option(help: ArgumentHelp("Number of threads.", valueName: "n"))
    var jobs: Int = processorCount

    @Option(help: ArgumentHelp("Part of the inputs for this process, from 1/n to n/n.", valueName: "i/n"))
    var shard: Shard = .whole

    @Flag(help: "Print a summary as JSON on standard output.")
    var json = false

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs: expected 1 or more, found \(jobs)") }
        guard !output.isEmpty else { throw ValidationError("--output: expected a folder, found nothing") }
    }
}

extension Shard: ExpressibleByArgument {
    /// `i/n` with 1 ≤ i ≤ n.
    public init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
        self.init(index: index, count: count)
    }
}

/// Runs a batch and turns its end into an exit code.
func runBatch(
    _ command: String, what: String, json: Bool, _ work: (ProgressReport) throws(FormatError) -> BatchSummary
) throws(ExitCode) {
    Interrupt.listen()
    let progress = ProgressReport(command: command)
    let summary: BatchSummary
    do throws(FormatError) {
        summary = try work(progress)
    } catch {
        StandardError.line("tessera: \(error)")
        throw ExitCode(error.code == .interrupted ? 130 : 1)
    }
    progress.show(summary, what: what)
    if json { try StandardOutput.write(CanonicalJSON.encode(summary)) }
    if !summary.isComplete { throw ExitCode(1) }
}
