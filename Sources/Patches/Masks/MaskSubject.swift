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
        if let canvas = options.canvas {
            slide = nil
            mpp = table
            base = try Self.base(of: canvas, scale: options.scale, mpp: table, path: input.path)
        } else {
            let slide = try Slides.open(path: input.path)
            self.slide = slide
            mpp = table ?? slide.resolution?.mpp
            base = try Self.base(of: slide, scale: options.scale, mpp: mpp)
        }
        let resolved = try batch.annotations.resolve(input, slide: slide, mpp: mpp)
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
        record.mpp = mpp.map { $0 * base.downsample }
        record.mppSource = slide?.resolution?.source
        record.annotation = annotationPath
        record.warnings = warnings
    }

    private static func base(
        of slide: any Slide, scale: TargetScale, mpp: Double?
    ) throws(FormatError) -> MaskPyramid.Level {
        guard case .level(let index) = scale else {
            return try base(of: slide.levels[0].size, scale: scale, mpp: mpp, path: slide.path)
        }
        guard slide.levels.indices.contains(index) else {
            throw FormatError(
                .invalidRequest, file: slide.path, expected: "a level below \(slide.levels.count)",
                found: "level \(index)")
        }
        return MaskPyramid.Level(size: slide.levels[index].size, downsample: slide.levels[index].downsample)
    }

    private static func base(
        of canvas: PixelSize, scale: TargetScale, mpp: Double?, path: String
    ) throws(FormatError) -> MaskPyramid.Level {
        let downsample = try downsample(scale, mpp: mpp, path: path)
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
            // A target within 2 % of a whole multiple of the slide's own resolution means that multiple.
            let exact = wanted / mpp
            return abs(exact.rounded() / exact - 1) <= ResolvedScale.tolerance ? exact.rounded() : exact
        case .magnification: throw refuse("mpp, level or downsample", "\(scale)")
        }
    }
}
