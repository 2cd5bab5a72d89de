import Annotations
public import Formats
import ImageCore

/// Finds the tissue of many slides: `<slide>_tissue.png` (1 bit, the overview's resolution) and `<slide>_tissue.geojson`
/// (polygons in pixels of level 0).
public struct TissueBatch: Sendable {
    /// What is asked for.
    public let options: TissueOptions
    private let slides: [SlideInput]
    private let tissueFiles: TissueInputs
    private let inputFailures: [FormatError]

    /// Finds the slides.
    public init(_ options: TissueOptions) {
        self.options = options
        let found = SlideInput.find(options.slides, output: options.output)
        (slides, inputFailures) = (found.slides, found.failures)
        tissueFiles = TissueInputs(options.method)
    }

    /// Does the work.
    ///
    /// - Throws: ``FormatError`` when the output folder cannot be used at all, or
    ///   ``FormatError/Code-swift.struct/interrupted``; failures of single slides are part of the summary.
    public func run(
        isCancelled: () -> Bool = { false }, report: (BatchEvent) -> Void = { _ in }
    ) throws(FormatError) -> BatchSummary {
        let folder = try RunFolder(path: options.output, parameters: TissueParameters(options))
        return try BatchRunner(folder: folder, inputs: options.shard.part(of: slides)).run(
            openingFailures: openingFailures, isCancelled: isCancelled, report: report, line: \.tissueLine
        ) { (input, staging, record) throws(FormatError) in
            try write(input, into: staging, record: &record, isCancelled: isCancelled)
        }
    }

    /// Works out what would be found, and writes nothing.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/interrupted`` alone.
    public func dryRun(
        isCancelled: () -> Bool = { false }, report: (BatchEvent) -> Void = { _ in }
    ) throws(FormatError) -> BatchSummary {
        try DryRun(inputs: options.shard.part(of: slides)).run(
            openingFailures: openingFailures, isCancelled: isCancelled, report: report, line: \.tissueLine
        ) { (input, record) throws(FormatError) in
            _ = try detect(input, record: &record, isCancelled: isCancelled)
        }
    }

    /// What is wrong with the inputs before any slide is opened.
    public var openingFailures: [String] {
        guard slides.isEmpty && inputFailures.isEmpty else { return inputFailures.map(\.description) }
        return ["\(options.slides.joined(separator: ", ")): expected slides, found none"]
    }

    private func write(
        _ input: SlideInput, into staging: StagedOutput, record: inout SlideRecord, isCancelled: () -> Bool
    ) throws(FormatError) {
        var clock = StageClock()
        let (overview, tissue) = try detect(input, record: &record, isCancelled: isCancelled)
        try staging.write(PNGEncoder(level: 6, filter: .none).encode(tissue.mask), to: "\(input.name)_tissue.png")
        try staging.write(GeoJSONWriter.encode(tissue.regions), to: "\(input.name)_tissue.geojson")
        if options.writesOverview {
            var picture = OverviewPicture(overview)
            picture.draw(tissue)
            try staging.write(picture.encoded(), to: "overview/\(input.name).jpg")
        }
        record.timings = ["tissue": clock.lap()]
    }

    private func detect(
        _ input: SlideInput, record: inout SlideRecord, isCancelled: () -> Bool
    ) throws(FormatError) -> (overview: SlideOverview, tissue: TissueMask) {
        let slide = try Slides.open(path: input.path)
        let override = options.mppTable?.mpp(of: input)
        let mpp = override ?? slide.resolution?.mpp
        let overview = try SlideOverview.read(
            slide, downsample: SlideOverview.defaultDownsample(of: slide, mpp: mpp), workers: options.jobs,
            isCancelled: isCancelled)
        let tissue =
            try options.method.mask(of: slide, file: tissueFiles.file(for: input), overview: overview, mpp: mpp)
            ?? .everything(slideSize: slide.levels[0].size)
        record.format = slide.formatName
        record.engine = slide.engineName
        (record.width, record.height) = (tissue.mask.width, tissue.mask.height)
        record.downsample = tissue.downsampleX
        record.mpp = mpp.map { $0 * tissue.downsampleX }
        record.mppSource = override != nil ? "mpp table" : slide.resolution?.source
        record.tissueFraction = rounded(tissue.fraction(of: slide.levels[0].size.bounds))
        record.add(failures: overview.failures)
        return (overview, tissue)
    }
}

extension SlideRecord {
    /// What became of a slide's tissue, in one line.
    fileprivate var tissueLine: String {
        guard status == .done else { return "failed" }
        let percent = decimal(((tissueFraction ?? 0) * 1000).rounded() / 10)
        return "\(percent) % tissue, mask of \(width ?? 0) x \(height ?? 0)"
    }
}
