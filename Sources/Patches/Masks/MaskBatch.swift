public import Formats

/// Paints the masks of many slides into one output folder: `<slide>_mask.tif`, and `<slide>_normal.tif` on request.
///
/// The outputs do not depend on the number of threads or shards; a run that is repeated completes the work.
public struct MaskBatch: Sendable {
    /// What is asked for.
    public let options: MaskOptions
    let annotations: BatchAnnotations
    let tissueFiles: TissueInputs
    private let inputs: [SlideInput]
    private let inputFailures: [FormatError]

    /// Finds the slides and annotation files and learns the classes.
    public init(_ options: MaskOptions) {
        self.options = options
        annotations = BatchAnnotations(options.annotations, classes: options.classes, reading: options.reading)
        tissueFiles = TissueInputs(options.writesNormalTissue ? options.tissue : .none)
        if options.canvas == nil {
            let found = SlideInput.find(options.slides, output: options.output)
            (inputs, inputFailures) = (found.slides, found.failures + annotations.inputs.failures)
        } else {
            inputs = SlideInput.named(annotations.inputs.all)
            inputFailures = annotations.inputs.failures
        }
    }

    /// Does the work.
    ///
    /// - Parameters:
    ///   - isCancelled: Asked between pieces of work.
    ///   - report: Told of every input, on the calling thread.
    /// - Returns: What was done and what could not be.
    /// - Throws: ``FormatError`` when the output folder cannot be used at all, or
    ///   ``FormatError/Code-swift.struct/interrupted``; failures of single inputs are part of the summary.
    public func run(
        isCancelled: () -> Bool = { false }, report: (BatchEvent) -> Void = { _ in }
    ) throws(FormatError) -> BatchSummary {
        let folder = try RunFolder(
            path: options.output, parameters: MaskParameters(options, classes: annotations.classes))
        return try BatchRunner(folder: folder, inputs: options.shard.part(of: inputs)).run(
            openingFailures: openingFailures, isCancelled: isCancelled, report: report, companions: companions,
            line: \.maskLine
        ) { (input, staging, record) throws(FormatError) in
            try MaskJob(batch: self, input: input).paint(into: staging, record: &record, isCancelled: isCancelled)
        }
    }

    /// Works out what would be painted, and writes nothing.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/interrupted`` alone.
    public func dryRun(
        isCancelled: () -> Bool = { false }, report: (BatchEvent) -> Void = { _ in }
    ) throws(FormatError) -> BatchSummary {
        try DryRun(inputs: options.shard.part(of: inputs)).run(
            openingFailures: openingFailures, isCancelled: isCancelled, report: report, line: \.maskLine
        ) { (input, record) throws(FormatError) in
            try MaskSubject(batch: self, input: input).describe(in: &record)
        }
    }

    private func companions(of input: SlideInput) -> [String] {
        annotations.companions(of: input)
            + ((try? tissueFiles.file(for: input)).flatMap(\.self).map { [$0.path] } ?? [])
    }

    /// The classes and their labels in one line.
    public var classSummary: String { annotations.classes.summary }

    /// What is wrong with the inputs before any of them is opened.
    public var openingFailures: [String] {
        var failures = inputFailures.map(\.description)
        if inputs.isEmpty && inputFailures.isEmpty {
            let what = options.canvas == nil ? "slides" : "annotation files"
            let places = options.canvas == nil ? options.slides : options.annotations
            failures.append("\(places.joined(separator: ", ")): expected \(what), found none")
        }
        guard options.canvas == nil else { return failures }
        failures += annotations.emptinessFailures
        return failures + annotations.inputs.orphanFailures(among: inputs, namedSlides: options.slides)
    }
}

extension SlideRecord {
    /// What became of a mask, in one line.
    var maskLine: String {
        guard status == .done else { return "failed" }
        let resolution = mpp.map { ", \(decimal($0)) um/px" } ?? ""
        let source = annotation == nil ? ", no annotation file" : ""
        return "\(width ?? 0) x \(height ?? 0)\(resolution)\(source)"
    }
}
