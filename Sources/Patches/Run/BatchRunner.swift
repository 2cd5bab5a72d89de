import Formats

/// Works off the inputs of a batch one by one: what is finished stays, what fails is recorded, the rest is done.
struct BatchRunner {
    let folder: RunFolder
    let inputs: [SlideInput]

    /// Does the work.
    ///
    /// - Parameters:
    ///   - openingFailures: What was wrong before.
    ///   - isCancelled: Asked by the work itself.
    ///   - report: Told of every input.
    ///   - companions: The other files that the outputs of an input are made from.
    ///   - line: Says in one line what became of an input.
    ///   - work: Writes the outputs of one input into a staging folder and fills its record.
    /// - Returns: What was done and what could not be.
    /// - Throws: ``FormatError/Code-swift.struct/interrupted`` alone.
    func run(
        openingFailures: [String], isCancelled: () -> Bool, report: (BatchEvent) -> Void,
        companions: (SlideInput) -> [String] = { _ in [] }, line: (SlideRecord) -> String,
        work: (SlideInput, StagedOutput, inout SlideRecord) throws(FormatError) -> Void
    ) throws(FormatError) -> BatchSummary {
        var summary = BatchSummary()
        summary.failures = openingFailures
        summary.failed = openingFailures.count
        report(.started(count: inputs.count))
        defer { folder.tidy() }
        for input in inputs {
            if isCancelled() { throw FormatError(.interrupted, file: folder.path, found: "interrupted") }
            let companions = companions(input)
            let lock: InputLock
            do throws(FormatError) {
                lock = try InputLock(
                    output: folder.path, name: input.name)
            } catch {
                summary.failed += 1
                summary.failures.append(error.description)
                report(.finished(name: input.name, summary: "failed", warnings: []))
                continue
            }
            defer { withExtendedLifetime(lock) {} }
            if let record = folder.finishedRecord(of: input, companions: companions) {
                folder.removeStaging(of: input)
                summary.skipped += 1
                summary.failures += record.failures
                report(.skipped(name: input.name))
                continue
            }
            folder.removeOutputs(of: input)
            let record = try done(input, companions: companions, work: work)
            if record.status == .done { summary.done += 1 } else { summary.failed += 1 }
            summary.written += record.patches ?? (record.status == .done ? 1 : 0)
            summary.failures += record.failures
            summary.warnings += record.locatedWarnings
            report(.finished(name: input.name, summary: line(record), warnings: record.locatedWarnings))
        }
        return summary
    }

    /// Does one input and writes its record; one that could not be done gets a record, too.
    private func done(
        _ input: SlideInput, companions: [String],
        work: (SlideInput, StagedOutput, inout SlideRecord) throws(FormatError) -> Void
    ) throws(FormatError) -> SlideRecord {
        let identity = InputIdentity(ofFile: input.path)
        var record = SlideRecord(slide: input.name, path: input.path, input: identity, status: .unfinished)
        record.companions = InputIdentity.identities(of: companions)
        defer { folder.removeStaging(of: input) }
        do throws(FormatError) {
            let staged = try StagedOutput(output: folder.path, name: input.name)
            try work(input, staged, &record)
            record.outputs = staged.units
            // From here on a killed run leaves a list of what it may have moved.
            try folder.write(record)
            try staged.commit()
            record.status = .done
            try folder.write(record)
        } catch {
            for output in record.outputs { FilePaths.remove("\(folder.path)/\(output)") }
            if error.code == .interrupted { throw error }
            record = SlideRecord(slide: input.name, path: input.path, input: identity, status: .failed)
            record.failures = [error.description]
            // What was staged may be what filled the disk.
            folder.removeStaging(of: input)
            // A record that cannot be written even so only means that the input is tried again.
            try? folder.write(record)
        }
        return record
    }
}
