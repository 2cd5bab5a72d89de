import Augment
import Formats
import FoundationEssentials
import Glibc
import ImageProcessing
import Patches
import Synchronization

/// Augments many inputs into tar files as WebDataset reads them.
struct AugmentShards: Sendable {
    let work: AugmentWork
    let run: AugmentRun
    let output: String
    let jobs: Int

    /// Samples in one tar file, about.
    static let shardLength = 2048

    /// What a tar file was made of.
    private struct Contents: Codable, Equatable {
        let run: String
        let count: Int
        let inputs: [SourceFile]
        let masks: [SourceFile]
        /// The tar file itself; `nil` before it is written.
        var archive: WrittenFile?
    }

    /// The name of an input in tar files, where a dot ends the key of a sample and a slash would be a folder.
    static func key(of name: String) -> String { String(name.map { $0 == "." || $0 == "/" ? "_" : $0 }) }

    /// The inputs of each tar file; they depend on the list alone.
    static func groups(_ inputs: [AugmentInput], count: Int) -> [(number: Int, inputs: [AugmentInput])] {
        let length = max(1, shardLength / max(1, count))
        return stride(from: 0, to: inputs.count, by: length).enumerated().map { number, start in
            (number, Array(inputs[start..<min(inputs.count, start + length)]))
        }
    }

    /// Writes one tar file, unless it is there already.
    func write(
        _ number: Int, _ inputs: [AugmentInput], _ summary: inout BatchSummary, _ progress: SharedProgress
    ) throws(FormatError) {
        let digits = String(number)
        let name = "augmented-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let stem = "\(output)/shards/\(name)"
        try OutputFolder.create("\(output)/shards")
        var contents = try contents(of: inputs)
        contents.archive = try? WrittenFile(stem + ".tar")
        if contents.archive != nil, let bytes = try? ByteSource(path: stem + ".json").all(),
            (try? JSONDecoder().decode(Contents.self, from: Data(bytes))) == contents
        {
            summary.skipped += inputs.count
            return progress.show(.skipped(name: name))
        }
        FilePaths.remove(stem + ".json")
        let failures = try pack(inputs, name, &summary)
        if failures.isEmpty {
            contents.archive = try WrittenFile(stem + ".tar")
            try AtomicFile.write(CanonicalJSON.encode(contents), to: stem + ".json")
        } else {
            // Without the list of its contents the file is made again by the next run.
            summary.failed += failures.count
            summary.failures += failures
        }
        summary.done += inputs.count - failures.count
        progress.show(.finished(name: name, summary: "\(inputs.count - failures.count) inputs", warnings: []))
    }

    private func contents(of inputs: [AugmentInput]) throws(FormatError) -> Contents {
        var (images, masks): ([SourceFile], [SourceFile]) = ([], [])
        for input in inputs {
            images.append(try SourceFile(input.path, shownAs: input.key))
            if let mask = try SourceFile(maskOf: input) { masks.append(mask) }
        }
        return Contents(run: run.identifier, count: work.count, inputs: images, masks: masks)
    }

    private func pack(
        _ inputs: [AugmentInput], _ name: String, _ summary: inout BatchSummary
    ) throws(FormatError) -> [String] {
        let part = "\(output)/shards/.\(name).\(getpid()).part"
        defer { FilePaths.remove(part) }
        AtomicFile.removeLeftovers(of: "\(output)/shards/\(name)")
        let archive = try TarWriter(path: part)
        var failures: [String] = []
        // Some inputs at a time are worked on by all threads, then packed in order.
        for start in stride(from: 0, to: inputs.count, by: 4 * jobs) {
            try Interrupt.check(output)
            let some = Array(inputs[start..<min(inputs.count, start + 4 * jobs)])
            for result in entries(of: some) {
                switch result {
                case .success(let entries):
                    for entry in entries { _ = try archive.add(entry.name, entry.bytes) }
                    summary.written += work.count
                case .failure(let error):
                    if error.code == .interrupted { throw error }
                    failures.append(error.description)
                }
            }
        }
        try archive.close()
        try FilePaths.rename(part, to: "\(output)/shards/\(name).tar")
        return failures
    }

    private typealias Entry = (name: String, bytes: [UInt8])

    private func entries(of inputs: [AugmentInput]) -> [Result<[Entry], FormatError>] {
        let results = Mutex([Result<[Entry], FormatError>?](repeating: nil, count: inputs.count))
        forEachInParallel(count: inputs.count, workers: jobs) { index in
            let result = Result { () throws(FormatError) in try entries(of: inputs[index]) }
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    /// The files of one input: `<key>.<ending>`, `<key>.mask.<ending>` and `<key>.json`; a key has no dot.
    private func entries(of input: AugmentInput) throws(FormatError) -> [Entry] {
        try Interrupt.check(output)
        let sample = try work.sample(of: input)
        let source = try SourceFile(input.path, shownAs: input.key)
        let mask = try SourceFile(maskOf: input)
        var entries: [Entry] = []
        for variant in 0..<work.count {
            let augmented = try work.augmented(sample, of: input, variant: variant)
            let key = "\(Self.key(of: input.name))_\(variant)"
            var files: [WrittenFile] = []
            for output in work.outputs(of: augmented) {
                let name = "\(key)\(output.isMask ? ".mask" : "").\(output.ending)"
                entries.append((name, try bytes(of: output, name)))
                files.append(WrittenFile(path: name, bytes: entries[entries.count - 1].bytes.count))
            }
            let record = AugmentRecord(record: augmented.record, input: source, mask: mask, outputs: files)
            entries.append(("\(key).json", CanonicalJSON.encode(record, pretty: false)))
        }
        return entries
    }

    /// Some encoders write files alone: the bytes go through one.
    private func bytes(of output: AugmentWork.Output, _ name: String) throws(FormatError) -> [UInt8] {
        let path = "\(self.output)/shards/.\(getpid()).\(name)"
        defer { FilePaths.remove(path) }
        try work.encoder.write(output.image, isMask: output.isMask, to: path)
        return try ByteSource(path: path).all()
    }
}
