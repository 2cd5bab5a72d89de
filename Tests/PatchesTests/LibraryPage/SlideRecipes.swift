import Annotations
import Formats
import ImageCore
import ImageProcessing
import Patches
import TestSupport
import Testing

/// The recipes for slides and annotations in `docs/library.md`, word for word.
@Suite struct SlideRecipes {
    private let folder: ScratchFolder
    private let slidePath = SharedSlides.one
    private let annotationPath = SharedSlides.annotations + "/a.xml"

    init() throws { folder = try ScratchFolder() }

    private var annotations: ResolvedAnnotations {
        get throws { try ClassMap.camelyon16.resolve(AnnotationFiles.read(path: annotationPath)) }
    }

    @Test func `open a slide and read a region`() throws {
        let slide = try Slides.open(path: slidePath)
        let sizes = slide.levels.map(\.size)
        let mpp = slide.resolution?.mpp
        let level = slide.level(forDownsample: 2)

        let region = try slide.read(PixelRect(x: 10, y: 20, width: 64, height: 48), level: level)
        let picture = region.pixels
        let stored = region.validity
        let isWhole = region.isWhole

        #expect(sizes[0] == PixelSize(width: 300, height: 236) && mpp == 2 && level == 1)
        #expect(picture.sizes == [48, 64, 3] && stored.sizes == [48, 64] && isWhole)
    }

    @Test func `pictures that come with a slide`() throws {
        let slide = try Slides.open(path: slidePath)

        var pictures: [String: Image<UInt8>] = [:]
        for name in slide.associatedImageNames { pictures[name] = try slide.associatedImage(name) }

        #expect(pictures.keys.sorted() == slide.associatedImageNames.sorted())
    }

    @Test func `read annotations`() throws {
        let set = try AnnotationFiles.read(path: annotationPath)
        let tumor = ClassMap.Entry(name: "tumor", label: 1, sources: ["Tumor"], priority: 1)
        let holes = ClassMap.Entry(name: "exclusion", label: 0, sources: ["Exclusion"], isExclusion: true)
        let annotations = try ClassMap([tumor, holes]).resolve(set)

        #expect(annotations == (try self.annotations) && set.warnings.isEmpty)
    }

    @Test func `paint and measure`() throws {
        let slide = try Slides.open(path: slidePath)
        let annotations = try annotations

        let size = slide.levels[0].size
        let rasterizer = Rasterizer(annotations, downsampleX: 1, downsampleY: 1, canvas: size)
        let window = PixelRect(x: 64, y: 48, width: 64, height: 64)
        let labels = rasterizer.labels(in: window)
        let tumor = labels.mask { $0 == 1 }

        let coverage = CoverageMap(annotations)
        let share = coverage.coverage(of: window)[0]

        #expect(abs(Double(tumor.trueCount) / Double(tumor.count) - share) < 0.02 && share > 0.5)
    }

    @Test func `cut patches in memory`() throws {
        let slide = try Slides.open(path: slidePath)
        let annotations = try annotations

        let overview = try SlideOverview.read(
            slide, downsample: SlideOverview.defaultDownsample(of: slide), workers: 2)
        let tissue = try TissueDetector(.otsu).detect(on: overview, mpp: slide.resolution?.mpp)
        let request = PatchRequest(
            size: 32, scale: .mpp(4), minTissue: 0.5, labels: LabelRule(classes: annotations.classNames))
        let planner = PatchPlanner(request: request, tissue: tissue, coverage: CoverageMap(annotations))
        let plan = try planner.plan(slide, name: "slide")

        var patches: [(place: PixelRect, label: String, pixels: [UInt8])] = []
        let report = try PatchExtractor(slide: slide, workers: 2).extract(
            plan,
            prepare: { (_: Int, samples: Span<UInt8>) throws(FormatError) in samples.indices.map { samples[$0] } },
            deliver: { (index: Int, pixels: [UInt8]) throws(FormatError) in
                patches.append((plan.patches[index].area, plan.patches[index].label, pixels))
            })

        #expect(patches.count == plan.patches.count && !patches.isEmpty && report.failures.isEmpty)
        #expect(patches.allSatisfy { $0.place.width == 64 && $0.pixels.count == 32 * 32 * 3 })
    }

    @Test func `write a pyramid`() throws {
        let annotations = try annotations
        let maskPath = folder.path("mask.tif")
        let size = PixelSize(width: 300, height: 236)

        let sizes = [size, PixelSize(width: size.width / 2, height: size.height / 2)]
        let pages = sizes.enumerated().map { TIFFPage(size: $1, isReducedResolution: $0 > 0) }
        let writer = try TIFFPyramidWriter(path: maskPath, pages: pages)
        for (level, page) in pages.enumerated() {
            let downsample = Double(1 << level)
            let rasterizer = Rasterizer(
                annotations, downsampleX: downsample, downsampleY: downsample, canvas: page.size)
            for row in 0..<page.rows {
                for column in 0..<page.columns {
                    let tile = PixelRect(x: column * 256, y: row * 256, width: 256, height: 256)
                    let labels = rasterizer.labels(in: tile).converted(to: UInt8.self)
                    try writer.writeTile(page: level, column: column, row: row, samples: labels.samples)
                }
            }
        }
        try writer.finish()

        let reader = try FormatTable.standard.open(ByteSource(path: maskPath))
        #expect(reader.frames.map(\.sizes) == [[236, 300], [118, 150]])
        #expect(try reader.readFrame(0).converted(to: UInt8.self)[60, 50] == 1)
    }
}
