import Annotations
import Formats
import ImageCore

/// The levels of a mask, each painted anew from the polygons: no level is a shrunken copy of another.
struct MaskPyramid: Sendable {
    /// One level: its size, and pixels of level 0 of the slide per pixel.
    struct Level: Sendable {
        let size: PixelSize
        let downsample: Double
    }

    /// The levels, largest first.
    let levels: [Level]

    /// Levels that halve until the longer side is at most this.
    static let smallestSide = 512

    /// A pyramid over a base level; a single level when none is wanted.
    init(base: Level, isPyramid: Bool) {
        var levels = [base]
        while isPyramid, let last = levels.last, max(last.size.width, last.size.height) > Self.smallestSide {
            let half = PixelSize(width: (last.size.width + 1) / 2, height: (last.size.height + 1) / 2)
            levels.append(Level(size: half, downsample: last.downsample * 2))
        }
        self.levels = levels
    }
}

/// Paints rectangles of one level of a mask.
struct MaskPainter: Sendable {
    private let classes: Rasterizer
    private let tissue: Rasterizer?

    /// A painter of class labels; with tissue, of 1 where tissue has no class label.
    init(
        _ annotations: ResolvedAnnotations, tissue: ResolvedAnnotations?, level: MaskPyramid.Level,
        rule: Rasterizer.Rule
    ) {
        func rasterizer(_ annotations: ResolvedAnnotations, _ rule: Rasterizer.Rule) -> Rasterizer {
            Rasterizer(
                annotations, downsampleX: level.downsample, downsampleY: level.downsample, rule: rule,
                canvas: level.size)
        }
        classes = rasterizer(annotations, rule)
        self.tissue = tissue.map { rasterizer($0, .center) }
    }

    /// The label of all pixels of a rectangle, when that can be told without painting.
    func constantLabel(in rect: PixelRect) -> Int? {
        guard let tissue else { return classes.constantLabel(in: rect) }
        let isTissue = tissue.constantLabel(in: rect)
        if isTissue == 0 { return 0 }
        guard let label = classes.constantLabel(in: rect) else { return nil }
        return label != 0 ? 0 : isTissue
    }

    /// The labels of a rectangle, row by row; 0 outside the mask.
    func labels(in rect: PixelRect) -> Image<UInt16> {
        let labels = classes.labels(in: rect)
        guard let tissue else { return labels }
        var result = tissue.labels(in: rect)
        let covered = labels.samples
        var samples = result.mutableSamples
        for i in 0..<samples.count where covered[i] != 0 { samples[i] = 0 }
        return result
    }
}

/// A mask that is about to be written: what it shows, at which resolutions.
struct MaskPicture: Sendable {
    let pyramid: MaskPyramid
    /// One for each level.
    let painters: [MaskPainter]
    /// The largest label: above 255 the mask has 16 bits.
    let maxLabel: Int
    /// Micrometres per pixel of the largest level.
    let mpp: Double?

    /// A mask of class labels, or of the tissue that no class covers.
    init(_ subject: MaskSubject, tissue: ResolvedAnnotations?, rule: Rasterizer.Rule, isPyramid: Bool) {
        pyramid = MaskPyramid(base: subject.base, isPyramid: isPyramid)
        painters = pyramid.levels.map {
            MaskPainter(subject.annotations, tissue: tissue, level: $0, rule: rule)
        }
        maxLabel = tissue == nil ? subject.annotations.maxLabel : 1
        mpp = subject.mpp.map { $0 * subject.base.downsample }
    }
}
