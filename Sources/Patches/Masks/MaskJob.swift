import Annotations
import Formats
import ImageCore

/// Paints the masks of one slide, or of one annotation file on a canvas of a stated size.
struct MaskJob {
    let batch: MaskBatch
    let input: SlideInput

    private var options: MaskOptions { batch.options }

    /// Does the work into a staging folder and says what became of it.
    func paint(
        into staging: StagedOutput, record: inout SlideRecord, isCancelled: () -> Bool
    ) throws(FormatError) {
        var clock = StageClock()
        let subject = try MaskSubject(batch: batch, input: input)
        subject.describe(in: &record)
        let mask = MaskPicture(subject, tissue: nil, rule: options.rule, isPyramid: options.format == .tiff)
        try write(mask, suffix: "mask", into: staging, isCancelled: isCancelled)
        record.timings = ["mask": clock.lap()]
        guard let slide = subject.slide else { return }
        guard options.writesNormalTissue || options.writesOverview else { return }
        let overview = try SlideOverview.read(
            slide, downsample: SlideOverview.defaultDownsample(of: slide, mpp: subject.mpp), workers: options.jobs,
            isCancelled: isCancelled)
        record.add(failures: overview.failures)
        var tissue: TissueMask?
        if options.writesNormalTissue {
            tissue =
                try options.tissue.mask(
                    of: slide, file: batch.tissueFiles.file(for: input), overview: overview, mpp: subject.mpp)
                ?? .everything(slideSize: slide.levels[0].size)
            let normal = MaskPicture(
                subject, tissue: tissue?.annotations, rule: options.rule, isPyramid: options.format == .tiff)
            try write(normal, suffix: "normal", into: staging, isCancelled: isCancelled)
            record.timings?["normal"] = clock.lap()
        }
        if options.writesOverview {
            var picture = OverviewPicture(overview)
            if let tissue { picture.draw(tissue) }
            picture.draw(subject.annotations)
            try staging.write(picture.encoded(), to: "overview/\(input.name).jpg")
        }
    }

    private func write(
        _ picture: MaskPicture, suffix: String, into staging: StagedOutput, isCancelled: () -> Bool
    ) throws(FormatError) {
        let name = "\(input.name)_\(suffix)"
        switch options.format {
        case .tiff:
            try MaskTIFFWriter(picture: picture, workers: options.jobs)
                .write(to: staging.prepare("\(name).tif"), isCancelled: isCancelled)
        case .png:
            try MaskPNGWriter(picture: picture).write(to: staging.prepare("\(name).png"), isCancelled: isCancelled)
        }
    }
}
