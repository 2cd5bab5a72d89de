import Annotations
public import Formats

/// Cuts the patches of many slides into one output folder.
///
/// The outputs do not depend on the number of threads or shards, and a run that was killed and is started again with the
/// same options completes the work: finished slides are left as they are, others are done anew.
public struct PatchBatch: Sendable {
    /// What is asked for.
    public let options: PatchOptions
    let slides: [SlideInput]
    let annotations: BatchAnnotations
    let tissueFiles: TissueInputs
    private let inputFailures: [FormatError]

    /// Finds the slides and annotation files and learns the classes.
    public init(_ options: PatchOptions) {
        var options = options
        let found = SlideInput.find(options.slides, output: options.output)
        annotations = BatchAnnotations(options.annotations, classes: options.classes, reading: options.reading)
        options.request.labels.classes = annotations.classes.classes.map(\.name)
        options.request.labels.ignoreCase()
        self.options = options
        tissueFiles = TissueInputs(options.tissue)
        slides = found.slides
        inputFailures = found.failures + annotations.inputs.failures
    }

    /// Does the work.
    ///
    /// - Parameters:
    ///   - isCancelled: Asked between pieces of work.
    ///   - report: Told of every slide, on the calling thread.
    /// - Returns: What was done and what could not be.
    /// - Throws: ``FormatError`` when the output folder cannot be used at all,
    ///   ``FormatError/Code-swift.struct/invalidRequest`` for a least coverage of a class that does not exist, or
    ///   ``FormatError/Code-swift.struct/interrupted``; failures of single slides are part of the summary.
    public func run(
        isCancelled: () -> Bool = { false }, report: (BatchEvent) -> Void = { _ in }
    ) throws(FormatError) -> BatchSummary {
        try checkMinimumCoverage()
        let folder = try RunFolder(
            path: options.output, parameters: PatchParameters(options, classes: annotations.classes))
        var summary = try BatchRunner(folder: folder, inputs: options.shard.part(of: slides)).run(
            openingFailures: openingFailures, isCancelled: isCancelled, report: report, companions: companions,
            line: \.patchLine
        ) { (slide, staging, record) throws(FormatError) in
            try PatchJob(batch: self, slide: slide).cut(into: staging, record: &record, isCancelled: isCancelled)
        }
        do throws(FormatError) {
            try Manifest(classes: options.request.labels.classes).assemble(in: folder.path)
        } catch {
            summary.failures.append(error.description)
        }
        return summary
    }

    private func companions(of slide: SlideInput) -> [String] {
        annotations.companions(of: slide)
            + ((try? tissueFiles.file(for: slide)).flatMap(\.self).map { [$0.path] } ?? [])
    }

    /// Refuses a least coverage for a class that does not exist.
    ///
    /// Where classes are learned from annotation files and one of those cannot be read, the class may be in there.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest``.
    public func checkMinimumCoverage() throws(FormatError) {
        let classes = options.request.labels.classes
        let unknown = options.request.labels.minimum.keys.filter { !classes.contains($0) }.sorted()
        guard let first = unknown.first, annotations.knowsAllClasses else { return }
        throw FormatError(
            .invalidRequest, file: "minimum coverage",
            expected: classes.isEmpty ? "a class of the annotations, which have none" : classes.joined(separator: ", "),
            found: first)
    }

    /// Works out what would be cut, and writes nothing.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/interrupted``, or
    ///   ``FormatError/Code-swift.struct/invalidRequest`` for a least coverage of a class that does not exist.
    public func dryRun(
        isCancelled: () -> Bool = { false }, report: (BatchEvent) -> Void = { _ in }
    ) throws(FormatError) -> BatchSummary {
        try checkMinimumCoverage()
        return try DryRun(inputs: options.shard.part(of: slides)).run(
            openingFailures: openingFailures, isCancelled: isCancelled, report: report, line: \.patchLine
        ) { (slide, record) throws(FormatError) in
            try PatchJob(batch: self, slide: slide).plan(record: &record, isCancelled: isCancelled)
        }
    }

    /// The classes and their labels in one line; `nil` without annotations.
    public var classSummary: String? { options.annotations.isEmpty ? nil : annotations.classes.summary }

    /// What is wrong with the inputs before any slide is opened.
    public var openingFailures: [String] {
        var failures = inputFailures.map(\.description)
        if slides.isEmpty && inputFailures.isEmpty {
            failures.append("\(options.slides.joined(separator: ", ")): expected slides, found none")
        }
        failures += annotations.emptinessFailures
        return failures + annotations.inputs.orphanFailures(among: slides, namedSlides: options.slides)
    }
}

extension SlideRecord {
    /// What became of the slide, in one line.
    var patchLine: String {
        guard status == .done else { return "failed" }
        let resolution = mpp.map { " at \(decimal($0)) um/px" } ?? ""
        let counts = (labels ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let noun = patches == 1 ? "patch" : "patches"
        let details = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
        let source = labels != nil && annotation == nil ? ", no annotation file" : ""
        return "\(patches ?? 0) \(noun)\(resolution)\(details)\(emptiness)\(source)"
    }

    /// Why there is no patch.
    private var emptiness: String {
        guard patches == 0 else { return "" }
        if gridPatches == 0 { return ", the slide is smaller than a patch" }
        return (skippedPatches ?? 0) > 0 ? ", corrupt tiles" : ", none of \(gridPatches ?? 0) places has enough tissue"
    }
}
