import Formats

/// Works out what a batch would do, and writes nothing.
struct DryRun {
    let inputs: [SlideInput]

    /// Goes through the inputs.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/interrupted`` alone.
    func run(
        openingFailures: [String], isCancelled: () -> Bool, report: (BatchEvent) -> Void, line: (SlideRecord) -> String,
        work: (SlideInput, inout SlideRecord) throws(FormatError) -> Void
    ) throws(FormatError) -> BatchSummary {
        var summary = BatchSummary()
        summary.failures = openingFailures
        summary.failed = openingFailures.count
        report(.started(count: inputs.count))
        for input in inputs {
            if isCancelled() { throw FormatError(.interrupted, file: input.path, found: "interrupted") }
            var record = SlideRecord(
                slide: input.name, path: input.path, input: InputIdentity(ofFile: input.path), status: .done)
            do throws(FormatError) {
                try work(input, &record)
            } catch {
                if error.code == .interrupted { throw error }
                record.status = .failed
                record.failures = [error.description]
            }
            if record.status == .done { summary.done += 1 } else { summary.failed += 1 }
            summary.failures += record.failures
            summary.warnings += record.locatedWarnings
            let text = record.status == .done ? "would be " + line(record) : "failed"
            report(.finished(name: input.name, summary: text, warnings: record.locatedWarnings))
        }
        return summary
    }
}
