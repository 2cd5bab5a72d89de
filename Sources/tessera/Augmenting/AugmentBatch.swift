import Augment
import Formats
import FoundationEssentials
import ImageProcessing
import Patches
import Synchronization

/// Augments many inputs into a folder, one file for each output.
struct AugmentBatch: Sendable {
    let work: AugmentWork
    let run: AugmentRun
    let output: String
    let jobs: Int

    /// Checks every input before any is worked on.
    ///
    /// - Returns: The inputs that can be worked on, in order.
    func checked(
        _ inputs: [AugmentInput], _ summary: inout BatchSummary
    ) throws(FormatError) -> [AugmentInput] {
        let results = Mutex([Result<AugmentWork.Findings, FormatError>?](repeating: nil, count: inputs.count))
        forEachInParallel(count: inputs.count, workers: jobs) { index in
            guard !Interrupt.isRequested else { return }
            let result = Result { () throws(FormatError) in try work.check(inputs[index]) }
            results.withLock { $0[index] = result }
        }
        try Interrupt.check(output)
        var good: [AugmentInput] = []
        var palettes: [String] = []
        for (input, result) in zip(inputs, results.withLock(\.self)) {
            switch result {
            case .success(let found):
                summary.warnings += found.warnings
                if found.hasPaletteMask { palettes.append(input.mask ?? "") }
                good.append(input)
            case .failure(let error):
                summary.failed += 1
                summary.failures.append(error.description)
            case nil: continue
            }
        }
        if let first = palettes.first {
            let others = palettes.count > 1 ? " and of \(palettes.count - 1) other masks" : ""
            summary.warnings.append("\(first): the labels are the indices of its palette\(others)")
        }
        return good
    }

    /// Prepares the folder.
    ///
    /// - Parameters:
    ///   - inputs: What will be worked on.
    ///   - overwrites: Whether files of no run may be replaced.
    /// - Throws: ``FormatError`` where the folder holds a run with other parameters, or files that no run wrote and this one
    ///   would replace.
    func open(for inputs: [AugmentInput], overwrites: Bool) throws(FormatError) {
        try OutputFolder.create(output)
        let path = "\(output)/run.json"
        let outputs = AugmentOutputs(inputs, count: work.count, in: output)
        var earlier: AugmentRun?
        if FilePaths.exists(path) {
            earlier = try checked(try ByteSource(path: path).all(), path, overwrites)
        } else if !overwrites, !run.shards, let foreign = outputs.firstExisting() {
            throw Self.refusal(of: foreign)
        }
        outputs.removeLeftovers()
        // The record is that of the run that made the outputs; only more variants need another one.
        if let earlier, earlier.count >= run.count { return }
        try AtomicFile.write(CanonicalJSON.encode(run), to: path)
    }

    /// The run that a folder's `run.json` tells of, which must be the same; `nil` where no run wrote it and it is replaced.
    private func checked(_ bytes: [UInt8], _ path: String, _ overwrites: Bool) throws(FormatError) -> AugmentRun? {
        guard let earlier = try? JSONDecoder().decode(AugmentRun.self, from: Data(bytes)) else {
            if overwrites { return nil }
            throw Self.refusal(of: path)
        }
        guard let difference = run.difference(from: earlier) else { return earlier }
        throw FormatError(
            .invalidRequest, file: path, place: difference.name,
            expected: "\(difference.expected) as in the run that the folder holds (or another --output)",
            found: difference.found)
    }

    private static func refusal(of path: String) -> FormatError {
        FormatError(
            .invalidRequest, file: path, expected: "no such file yet (or another --output, or --overwrite)",
            found: "one that no run of augment wrote")
    }

    /// Works on inputs, each on one thread.
    func augment(
        _ inputs: [AugmentInput], _ summary: inout BatchSummary, _ progress: SharedProgress
    ) throws(FormatError) {
        let total = Mutex(summary)
        try forEachInParallel(count: inputs.count, workers: jobs) { index throws(FormatError) in
            let input = inputs[index]
            do throws(FormatError) {
                let (written, done) = try augment(input)
                total.withLock { total in
                    total.written += written
                    if written > 0 { total.done += 1 } else { total.skipped += 1 }
                }
                if written == 0 {
                    progress.show(.skipped(name: input.name))
                } else {
                    let before = done > 0 ? ", \(done) done before" : ""
                    progress.show(
                        .finished(name: input.name, summary: "\(written) written\(before)", warnings: []))
                }
            } catch {
                if error.code == .interrupted { throw error }
                total.withLock { total in
                    total.failed += 1
                    total.failures.append(error.description)
                }
                progress.show(.finished(name: input.name, summary: "failed", warnings: []))
            }
        }
        summary = total.withLock(\.self)
        // Threads end in any order; the list does not.
        summary.failures.sort()
    }

    private func augment(_ input: AugmentInput) throws(FormatError) -> (written: Int, done: Int) {
        try Interrupt.check(output)
        let source = try SourceFile(input.path, shownAs: input.key)
        let mask = try SourceFile(maskOf: input)
        let missing = (0..<work.count).filter { !isDone(input, $0, source, mask) }
        guard !missing.isEmpty else { return (0, work.count) }
        let sample = try work.sample(of: input)
        for variant in missing {
            try Interrupt.check(output)
            try write(try work.augmented(sample, of: input, variant: variant), input, variant, source, mask)
        }
        return (missing.count, work.count - missing.count)
    }

    private func stem(_ input: AugmentInput, _ variant: Int) -> String { "\(output)/\(input.name)_\(variant)" }

    /// Whether a variant was made of the same files by the same pipeline.
    private func isDone(_ input: AugmentInput, _ variant: Int, _ source: SourceFile, _ mask: SourceFile?) -> Bool {
        let stem = stem(input, variant)
        guard FilePaths.exists(stem + ".json"), let bytes = try? ByteSource(path: stem + ".json").all(),
            let found = try? JSONDecoder().decode(AugmentRecord.self, from: Data(bytes))
        else { return false }
        let key = DrawKey(seed: work.seed, epoch: work.epoch, sample: input.key, variant: variant)
        let folder = stem.lastIndex(of: "/").map { String(stem[...$0]) } ?? ""
        return found.input == source && found.mask == mask && found.record.key == key
            && found.record.pipeline == run.identifier && found.outputs.allSatisfy { $0.isWhole(in: folder) }
    }

    private func write(
        _ augmented: Augmented, _ input: AugmentInput, _ variant: Int, _ source: SourceFile, _ mask: SourceFile?
    ) throws(FormatError) {
        let stem = stem(input, variant)
        if let folder = FilePaths.parent(of: stem) { try OutputFolder.create(folder) }
        var written: [WrittenFile] = []
        // The record is written last: a variant without one is made again.
        FilePaths.remove(stem + ".json")
        for output in work.outputs(of: augmented) {
            let path = "\(stem)\(output.isMask ? "_mask" : "").\(output.ending)"
            try work.encoder.write(output.image, isMask: output.isMask, to: path)
            written.append(try WrittenFile(path))
        }
        let record = AugmentRecord(record: augmented.record, input: source, mask: mask, outputs: written)
        try AtomicFile.write(CanonicalJSON.encode(record), to: stem + ".json")
    }
}

/// Progress that several threads tell of.
final class SharedProgress: Sendable {
    private let report: Mutex<ProgressReport>

    init(command: String) { report = Mutex(ProgressReport(command: command)) }

    /// Shows one event.
    func show(_ event: BatchEvent) { report.withLock { $0.show(event) } }

    /// Shows the end.
    func show(_ summary: BatchSummary, what: String) { report.withLock { $0.show(summary, what: what) } }
}
