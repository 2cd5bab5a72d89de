import Annotations
import Formats
import ImageCore

/// What a mask is painted for: the annotations, and the canvas that a slide or the options give.
struct MaskSubject {
    let slide: (any Slide)?
    let annotations: ResolvedAnnotations
    let annotationPath: String?
    let warnings: [String]
    /// Micrometres per pixel of level 0.
    let mpp: Double?
    /// Size of the mask and its downsample.
    let base: MaskPyramid.Level

    init(batch: MaskBatch, input: SlideInput) throws(FormatError) {
        let options = batch.options
        let table = options.mppTable?.mpp(of: input)
        let size: PixelSize
        if let canvas = options.canvas {
            size = canvas
            slide = nil
            mpp = table
            base = try Self.base(of: canvas, scale: options.scale, mpp: table, path: input.path)
        } else {
            let slide = try Slides.open(path: input.path)
            self.slide = slide
            size = slide.levels[0].size
            mpp = table ?? slide.resolution?.mpp
            base = try Self.base(of: slide, scale: options.scale, mpp: table)
        }
        let resolved = try batch.annotations.resolve(input, slide: slide, canvas: size, mpp: mpp)
        annotations = resolved?.annotations ?? batch.annotations.classes.nothing
        annotationPath = resolved?.path
        warnings = resolved?.warnings ?? []
    }

    func describe(in record: inout SlideRecord) {
        record.format = slide?.formatName
        record.engine = slide?.engineName
        record.width = base.size.width
        record.height = base.size.height
        record.downsample = base.downsample
        record.mpp = mpp.map { rounded($0 * base.downsample) }
        record.mppSource = slide?.resolution?.source
        record.annotation = annotationPath
        record.warnings = warnings
    }

    /// The same downsample as patches of that resolution have, so that masks and patches lie pixel on pixel.
    private static func base(
        of slide: any Slide, scale: TargetScale, mpp: Double?
    ) throws(FormatError) -> MaskPyramid.Level {
        // Polygons may be painted finer than the slide.
        let wanted = try scale.wantedDownsample(slide, baseMPP: mpp ?? slide.resolution?.mpp)
        if wanted < 1 - ResolvedScale.tolerance {
            return try level(covering: slide.levels[0].size, downsample: wanted, path: slide.path)
        }
        let resolved = try scale.resolve(for: slide, mpp: mpp)
        guard !resolved.isNative else {
            return MaskPyramid.Level(size: slide.levels[resolved.level].size, downsample: resolved.downsample)
        }
        return try level(covering: slide.levels[0].size, downsample: resolved.downsample, path: slide.path)
    }

    private static func base(
        of canvas: PixelSize, scale: TargetScale, mpp: Double?, path: String
    ) throws(FormatError) -> MaskPyramid.Level {
        try level(covering: canvas, downsample: downsample(scale, mpp: mpp, path: path), path: path)
    }

    private static func level(
        covering canvas: PixelSize, downsample: Double, path: String
    ) throws(FormatError) -> MaskPyramid.Level {
        let largest = Double(max(canvas.width, canvas.height)) / downsample
        guard downsample.isFinite, (TargetScale.finest...TargetScale.coarsest).contains(downsample),
            largest <= Double(DecodeLimits.standard.dimension)
        else {
            throw FormatError(
                .limitExceeded, file: path, place: "mask",
                expected:
                    "1/16 to 65536 pixels of level 0 per pixel, and at most \(DecodeLimits.standard.dimension) a side",
                found: "\(downsample) pixels, \(largest.rounded()) a side")
        }
        func length(_ pixels: Int) -> Int { max(1, Int((Double(pixels) / downsample).rounded(.up))) }
        return MaskPyramid.Level(
            size: PixelSize(width: length(canvas.width), height: length(canvas.height)), downsample: downsample)
    }

    private static func downsample(_ scale: TargetScale, mpp: Double?, path: String) throws(FormatError) -> Double {
        func refuse(_ expected: String, _ found: String) -> FormatError {
            FormatError(.invalidRequest, file: path, expected: expected, found: found)
        }
        switch scale {
        case .level(0): return 1
        case .level(let index): throw refuse("a slide", "level \(index) without one")
        case .downsample(let factor): return factor
        case .mpp(let wanted):
            guard let mpp else { throw refuse("a resolution in um/px (or an entry in the mpp table)", "none") }
            return wanted / mpp
        case .magnification: throw refuse("mpp, level or downsample", "\(scale)")
        }
    }
}
