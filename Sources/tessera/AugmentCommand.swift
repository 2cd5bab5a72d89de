import ArgumentParser
import Augment
import Formats
import ImageCore
import ImageProcessing
import Patches

struct AugmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "augment", abstract: "Makes random variants of pictures and volumes, and of their masks.",
        discussion: """
            INPUT is a PNG, JPEG, TIFF, NIfTI, NRRD or MetaImage file, or a folder that is searched. Masks share the \
            base name of their image. Written are OUTPUT/<name>_<k>.<ending>, <name>_<k>_mask.<ending> and \
            <name>_<k>.json, which holds the parameters that were drawn and the key from which noise, cells and \
            displacements follow. All depend on seed, epoch, k and the path below the input: not on order, threads or \
            other files. A pipeline is a YAML or JSON file, a text file of \
            ECVL, or one of the names that --list shows.
            """)

    @Argument(help: "Pictures and volumes, and folders of them.")
    var inputs: [String] = []

    @Option(help: ArgumentHelp("Pipeline: a file, or a name.", valueName: "file"))
    var pipeline: String?

    @Option(help: "Output folder; created when needed. A folder of the same run is completed.")
    var output: String?

    @Option(help: "Folder of masks; each image needs one of its base name.")
    var masks: String?

    @Option(help: ArgumentHelp("Variants of each input (default: 1; in previews without --output 7).", valueName: "n"))
    var count: Int?

    @Option(help: "Seed of random numbers.")
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("The pass over the data; another one draws anew.", valueName: "e"))
    var epoch = 0

    @Option(
        help: ArgumentHelp(
            "PNG file for a contact sheet of the first inputs: original, then variants.", valueName: "file"))
    var preview: String?

    @OptionGroup var replacing: OverwriteArguments

    @Option(help: "Opacity of pictures: kept as a channel, left out, or laid over white.")
    var alpha = AlphaHandling.keep

    @Option(help: "File format of images; masks stay exact.")
    var format = AugmentFormat.auto

    @Flag(help: "Write tar files for WebDataset instead of single files.")
    var shards = false

    @Option(help: ArgumentHelp("Number of threads.", valueName: "n"))
    var jobs: Int = processorCount

    @Option(
        help: ArgumentHelp(
            "Part of the inputs for this process, from 1/n to n/n; with --shards a part writes whole tar files of its own.",
            valueName: "i/n"))
    var shard: Shard = .whole

    @Flag(help: "Check everything, write nothing.")
    var dryRun = false

    @Flag(help: "Print every transform and container with its parameters.")
    var list = false

    @Flag(help: .hidden)
    var markdown = false

    @Flag(help: "Print a summary, or the list, as JSON on standard output.")
    var json = false

    func validate() throws {
        if list {
            guard inputs.isEmpty, pipeline == nil else { throw ValidationError("--list goes with --json alone") }
            return
        }
        guard !inputs.isEmpty else { throw ValidationError("expected pictures or volumes, found none") }
        guard pipeline != nil else { throw ValidationError("--pipeline: expected a file or a name, found nothing") }
        guard output.map({ !$0.isEmpty }) ?? (preview != nil || dryRun) else {
            throw ValidationError("--output: expected a folder, found nothing")
        }
        try expect((1...1_000_000).contains(count ?? 1), "--count", "1 to 1000000", count ?? 0)
        try expect(jobs >= 1, "--jobs", "1 or more", jobs)
        try expect(epoch >= 0, "--epoch", "0 or more", epoch)
        try expect(preview.map { $0.hasSuffix(".png") } ?? true, "--preview", "a name that ends in .png", preview ?? "")
        try expect(!shards || format != .jpeg || masks == nil, "--format", "png with --shards and --masks", "jpeg")
    }

    func run() throws {
        if list {
            let text = markdown ? TransformTable.builtIn.markdown : TransformList.text
            return try StandardOutput.write(json ? TransformList.json : Array(text.utf8))
        }
        Interrupt.listen()
        if let masks { try checkFiles([masks], option: "--masks") }
        let pipeline = try readPipeline()
        guard pipeline.batch.isEmpty else {
            StandardError.line(
                "tessera: \(self.pipeline ?? ""): batch: expected steps for single samples, found steps that mix samples, "
                    + "which training code does with Pipeline.apply(toBatch:)")
            throw ExitCode(1)
        }
        let progress = SharedProgress(command: "augment")
        let summary: BatchSummary
        do throws(FormatError) {
            summary = try work(pipeline, progress)
        } catch {
            StandardError.line("tessera: \(error)")
            throw ExitCode(error.code == .interrupted ? 130 : 1)
        }
        progress.show(summary, what: dryRun || output == nil ? "" : "variants")
        if json { try StandardOutput.write(CanonicalJSON.encode(summary)) }
        if !summary.isComplete { throw ExitCode(1) }
    }

    private func readPipeline() throws -> Pipeline {
        let name = pipeline ?? ""
        if !FilePaths.exists(name), let recipe = PipelineRecipe.named(name) { return recipe.pipeline }
        let text = try reading { () throws(FormatError) in
            guard FilePaths.exists(name) else {
                let names = PipelineRecipe.all.map(\.name).joined(separator: ", ")
                throw FormatError(
                    .invalidRequest, file: name, place: "--pipeline", expected: "a file or one of \(names)",
                    found: "nothing of that name")
            }
            return String(decoding: try ByteSource(path: name).all(), as: UTF8.self)
        }
        do throws(AugmentError) {
            return try Pipeline(detecting: text, file: name)
        } catch {
            StandardError.line("tessera: \(error)")
            throw ExitCode(1)
        }
    }
}

extension AugmentCommand {
    private func work(_ pipeline: Pipeline, _ progress: SharedProgress) throws(FormatError) -> BatchSummary {
        let found = AugmentInputs(inputs, masks: masks, output: output, shards: shards)
        try checkPlaces(found.inputs)
        var summary = BatchSummary()
        summary.failures = found.failures.map(\.description)
        summary.failed = found.failures.count
        let count = count ?? (output == nil && preview != nil ? 7 : 1)
        let run = AugmentRun(
            pipeline: pipeline, identifier: pipeline.identifier, seed: seed, epoch: epoch, count: count, alpha: alpha,
            format: format, shards: shards)
        let groups = shard.part(of: AugmentShards.groups(found.inputs, count: count))
        let own = shards ? groups.flatMap(\.inputs) : shard.part(of: found.inputs)
        let inner = max(1, jobs / max(1, own.count))
        let work = AugmentWork(
            pipeline: pipeline, seed: seed, epoch: epoch, count: count, alpha: alpha,
            encoder: AugmentEncoder(format: format, workers: inner), workers: inner, readsMasks: dryRun)
        let batch = AugmentBatch(work: work, run: run, output: output ?? ".", jobs: jobs)
        let good = try batch.checked(own, &summary)
        for warning in summary.warnings { StandardError.line("tessera: warning: \(warning)") }
        if let preview, !dryRun, !good.isEmpty { try draw(preview, Array(good.prefix(6)), work) }
        guard output != nil, !dryRun else {
            summary.done = good.count
            return summary
        }
        guard !good.isEmpty else { return summary }
        try batch.open(for: good, overwrites: replacing.overwrite)
        guard shards else {
            progress.show(.started(count: good.count))
            try batch.augment(good, &summary, progress)
            return summary
        }
        let accepted = Set(good.map(\.name))
        // The number stays that of the whole list, whatever is left out.
        let parts = groups.map { (number: $0.number, inputs: $0.inputs.filter { accepted.contains($0.name) }) }
            .filter { !$0.inputs.isEmpty }
        progress.show(.started(count: parts.count))
        let archives = AugmentShards(work: work, run: run, output: output ?? ".", jobs: jobs)
        for part in parts { try archives.write(part.number, part.inputs, &summary, progress) }
        return summary
    }

    /// Refuses a folder and a contact sheet that would replace what the run reads, before the work.
    private func checkPlaces(_ found: [AugmentInput]) throws(FormatError) {
        let files = found.map(\.path) + found.compactMap(\.mask)
        if let preview { try replacing.check([preview], inputs: files) }
        guard let output else { return }
        let place = FilePaths.resolved(output)
        if let same = (inputs + [masks].compactMap(\.self)).first(where: { FilePaths.resolved($0) == place }) {
            throw FormatError(
                .invalidRequest, file: output, place: "--output", expected: "a folder of its own",
                found: "the input \(same)")
        }
        let outputs = AugmentOutputs(found, count: count ?? 1, in: output)
        if !shards, let replaced = outputs.firstReplaced(of: files) {
            throw FormatError(
                .invalidRequest, file: output, place: "--output", expected: "a folder without inputs",
                found: "the input \(replaced), which has the name of an output")
        }
    }

    /// Draws the contact sheet.
    private func draw(
        _ path: String, _ inputs: [AugmentInput], _ work: AugmentWork
    ) throws(FormatError) {
        var sheet = ContactSheet()
        for input in inputs {
            try Interrupt.check(path)
            let sample = try work.sample(of: input)
            let original = sample.images[0]
            do throws(ImageError) {
                var row = [try ContactSheet.picture(original, labels: sample.labels.first, original: original)]
                for variant in 0..<min(work.count, 15) {
                    let result = try Result { () throws(FormatError) in
                        try work.augmented(sample, of: input, variant: variant)
                    }.mapError { ImageError.invalidArgument($0.description) }.get()
                    row.append(
                        try ContactSheet.picture(
                            result.sample.images[0], labels: result.sample.labels.first, original: original))
                }
                sheet.rows.append(row)
            } catch {
                throw FormatError(.invalidRequest, file: input.path, found: "\(error)")
            }
        }
        try PNGEncoder(level: 6).write(sheet.picture(), to: path)
    }
}
