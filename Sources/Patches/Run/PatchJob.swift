import Annotations
import Formats
import ImageCore
import Synchronization

/// Cuts the patches of one slide.
struct PatchJob {
    let batch: PatchBatch
    let slide: SlideInput

    private var options: PatchOptions { batch.options }

    /// Works out which patches would be cut.
    func plan(record: inout SlideRecord, isCancelled: () -> Bool) throws(FormatError) {
        let preparation = try SlidePreparation(batch: batch, slide: slide, isCancelled: isCancelled)
        preparation.describe(in: &record)
        let plan = try preparation.plan()
        describe(plan, in: &record)
        count(plan.patches, in: &record)
    }

    /// Does the work into a staging folder and says what became of it.
    func cut(
        into staging: StagedOutput, record: inout SlideRecord, isCancelled: () -> Bool
    ) throws(FormatError) {
        var clock = StageClock()
        let preparation = try SlidePreparation(batch: batch, slide: slide, isCancelled: isCancelled)
        preparation.describe(in: &record)
        record.timings = ["prepare": clock.lap()]
        let plan = try preparation.plan()
        describe(plan, in: &record)
        record.timings?["plan"] = clock.lap()
        let rows = try extract(plan, preparation, into: staging, record: &record, isCancelled: isCancelled)
        record.timings?["extract"] = clock.lap()
        try staging.write(rows, to: "slides/\(slide.name).csv")
        if options.writesOverview {
            try staging.write(preparation.picture(plan).encoded(), to: "overview/\(slide.name).jpg")
        }
        record.timings?["overview"] = clock.lap()
    }

    private func describe(_ plan: PatchPlan, in record: inout SlideRecord) {
        record.level = plan.scale.level
        record.downsample = plan.scale.downsample
        record.scale = plan.scale.levelScale
        record.mpp = plan.scale.mpp
        record.mppSource = plan.scale.mppSource
        record.gridPatches = plan.gridCount
    }

    /// Cuts and stores the patches; gives the rows of the manifest.
    private func extract(
        _ plan: PatchPlan, _ preparation: SlidePreparation, into staging: StagedOutput, record: inout SlideRecord,
        isCancelled: () -> Bool
    ) throws(FormatError) -> [UInt8] {
        let manifest = Manifest(classes: options.request.labels.classes)
        let items = plan.patches.map { PatchItem(slide: slide.name, patch: $0) }
        var rows = [String?](repeating: nil, count: items.count)
        if let sink = sink(staging) {
            let masks = options.writesMasks ? preparation.masks(plan, staging: staging) : nil
            let extractor = PatchExtractor(
                slide: preparation.slide, workers: options.jobs, corruptTiles: options.corruptTiles)
            let report = try extractor.extract(
                plan, isCancelled: isCancelled,
                prepare: { (index: Int, samples: Span<UInt8>) throws(FormatError) in
                    try masks?.write(items[index])
                    return try sink.prepare(items[index], samples)
                },
                deliver: { (index: Int, bytes: [UInt8]) throws(FormatError) in
                    let location = try sink.store(items[index], bytes)
                    rows[index] = manifest.row(items[index], scale: plan.scale, location: location)
                })
            try sink.finish()
            record.add(failures: report.failures)
            record.skippedPatches = report.skippedPatches
            record.missingTiles = report.missingTiles
        } else {
            for index in items.indices { rows[index] = manifest.row(items[index], scale: plan.scale, location: nil) }
        }
        count(zip(plan.patches, rows).filter { $0.1 != nil }.map(\.0), in: &record)
        return rows.flatMap { [UInt8](($0 ?? "").utf8) }
    }

    private func count(_ patches: [PlannedPatch], in record: inout SlideRecord) {
        record.patches = patches.count
        guard !options.annotations.isEmpty else { return }
        record.labels = Dictionary(patches.map { ($0.label, 1) }, uniquingKeysWith: +)
    }

    private func sink(_ staging: StagedOutput) -> (any PatchSink)? {
        let size = options.request.size
        let jpeg = PatchEncoding.jpeg(quality: options.quality)
        return switch options.format {
        case .jpeg: FolderSink(staging: staging, encoder: PatchEncoder(jpeg), size: size)
        case .png: FolderSink(staging: staging, encoder: PatchEncoder(.png), size: size)
        case .webdataset:
            WebDatasetSink(
                staging: staging, encoder: PatchEncoder(jpeg), size: size, slide: slide.name,
                classes: options.request.labels.classes)
        case .coordinates: nil
        }
    }
}

/// Seconds of wall time between stages.
struct StageClock {
    private var last = ContinuousClock.now

    /// Seconds since the last call, rounded to milliseconds.
    mutating func lap() -> Double {
        let now = ContinuousClock.now
        defer { last = now }
        let (seconds, attoseconds) = (now - last).components
        return (Double(seconds) * 1000 + (Double(attoseconds) / 1e15).rounded()) / 1000
    }
}
