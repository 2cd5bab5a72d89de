import Annotations
import Formats
import ImageCore
import ImageProcessing

/// What is worked out about a slide before patches are cut: overview, tissue, annotations.
struct SlidePreparation: Sendable {
    let slide: any Slide
    let name: String
    let mpp: Double?
    let overview: SlideOverview?
    let tissue: TissueMask?
    let annotations: BatchAnnotations.Resolved?
    private let options: PatchOptions
    private let classes: ClassMap

    init(batch: PatchBatch, slide input: SlideInput, isCancelled: () -> Bool) throws(FormatError) {
        options = batch.options
        classes = batch.annotations.classes
        name = input.name
        slide = try Slides.open(path: input.path)
        mpp = batch.options.mppTable?.mpp(of: input)
        annotations = try batch.annotations.resolve(
            input, slide: slide, canvas: slide.levels[0].size, mpp: mpp ?? slide.resolution?.mpp)
        let needsOverview = options.tissue.needsOverview || options.writesOverview
        overview =
            needsOverview
            ? try SlideOverview.read(
                slide, downsample: SlideOverview.defaultDownsample(of: slide, mpp: mpp), workers: options.jobs,
                isCancelled: isCancelled) : nil
        tissue = try options.tissue.mask(
            of: slide, file: batch.tissueFiles.file(for: input), overview: overview, mpp: mpp ?? slide.resolution?.mpp)
    }

    /// Decides which patches are cut.
    func plan() throws(FormatError) -> PatchPlan {
        let coverage =
            options.annotations.isEmpty
            ? nil : CoverageMap(annotations?.annotations ?? classes.nothing)
        return try PatchPlanner(request: options.request, tissue: tissue, coverage: coverage)
            .plan(slide, name: name, mpp: mpp)
    }

    /// Writes what is known into a record.
    func describe(in record: inout SlideRecord) {
        record.format = slide.formatName
        record.engine = slide.engineName
        record.width = slide.levels[0].size.width
        record.height = slide.levels[0].size.height
        record.annotation = annotations?.path
        record.warnings = annotations?.warnings ?? []
        record.tissueFraction = tissue.map { rounded($0.fraction(of: slide.levels[0].size.bounds)) }
        record.add(failures: overview?.failures ?? [])
    }

    /// The writer of per-patch masks.
    func masks(_ plan: PatchPlan, staging: StagedOutput) -> PatchMasks {
        PatchMasks(
            annotations?.annotations ?? classes.nothing, plan: plan, slideSize: slide.levels[0].size, staging: staging)
    }

    /// The slide with tissue, annotations and the chosen patches drawn in.
    func picture(_ plan: PatchPlan) -> OverviewPicture {
        guard let overview else { preconditionFailure("an overview was asked for") }
        var picture = OverviewPicture(overview)
        picture.draw(patches: plan.patches.map(\.area))
        if let tissue { picture.draw(tissue) }
        if let annotations { picture.draw(annotations.annotations) }
        return picture
    }
}
