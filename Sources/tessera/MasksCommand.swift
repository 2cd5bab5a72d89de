import Annotations
import ArgumentParser
import Formats
import ImageCore
import Patches

struct MasksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "masks", abstract: "Paints annotation files into label masks.",
        discussion: """
            A slide and its annotation file share a base name. Masks are 8-bit class labels (16-bit when needed), 0 is \
            background: OUTPUT/<slide>_mask.tif, and OUTPUT/<slide>_normal.tif with --normal-tissue. Without slides, \
            --size gives the canvas, and each annotation file becomes one mask.
            """)

    @Argument(help: "Slides and folders of slides.")
    var slides: [String] = []

    @OptionGroup var batch: BatchArguments

    @Option(parsing: .upToNextOption, help: "Annotation files and folders.")
    var annotations: [String]

    @Option(help: "Canvas in pixels of level 0 when there is no slide.")
    var size: CanvasSize?

    @Option(help: "Resolution in micrometres per pixel.")
    var mpp: PositiveNumber?

    @Option(help: "Resolution as a level of the slide (default: 0).")
    var level: Int?

    @Option(help: "Resolution as pixels of level 0 per pixel of the mask.")
    var downsample: PositiveNumber?

    @Option(help: "Class map: which annotations mean which class and label.")
    var classes: String?

    @Option(help: "Which pixels belong to a region.")
    var rule = Rasterizer.Rule.center

    @Option(help: "File format.")
    var format = MaskOptions.Format.tiff

    @Flag(help: "Write a mask of the tissue that no annotation covers, too.")
    var normalTissue = false

    @Option(help: ArgumentHelp("Tissue for that: otsu, saturation, none, or a file or folder.", valueName: "method"))
    var tissue = "otsu"

    @Flag(help: "Write an overview picture of each slide.")
    var overview = false

    @Option(help: "CSV file with slide,mpp that replaces what slides say of themselves.")
    var mppTable: String?

    @OptionGroup var tables: AnnotationArguments

    @Flag(help: "Say what would be painted, write nothing.")
    var dryRun = false

    func validate() throws {
        _ = try scale(mpp: mpp, level: level, downsample: downsample)
        guard slides.isEmpty != (size == nil) else {
            throw ValidationError("give slides, or --size for masks without slides")
        }
        guard !annotations.isEmpty else {
            throw ValidationError("--annotations: expected a file or folder, found none")
        }
        if size != nil && (normalTissue || overview) {
            throw ValidationError("--normal-tissue and --overview need slides")
        }
    }

    func run() throws {
        var options = MaskOptions(slides: slides, annotations: annotations, output: batch.output)
        options.canvas = size?.size
        options.scale = try scale(mpp: mpp, level: level, downsample: downsample)
        options.classes = try classes.map { path in
            try reading { () throws(FormatError) in try ClassMap(path: path) }
        }
        options.rule = rule
        options.format = format
        options.writesNormalTissue = normalTissue
        options.tissue = TissueMethod(tissue)
        options.writesOverview = overview
        options.mppTable = try readTable(mppTable)
        options.reading = tables.reading
        options.jobs = batch.jobs
        options.shard = batch.shard
        try checkFiles(annotations, option: "--annotations")
        try checkFiles(options.tissue, option: "--tissue")
        let work = MaskBatch(options)
        try runBatch("masks", what: "", json: batch.json) { progress throws(FormatError) in
            progress.classes = work.classSummary
            guard !dryRun else {
                return try work.dryRun(isCancelled: { Interrupt.isRequested }, report: progress.show)
            }
            return try work.run(isCancelled: { Interrupt.isRequested }, report: progress.show)
        }
    }
}

/// `WIDTHxHEIGHT` on the command line.
struct CanvasSize: ExpressibleByArgument {
    let size: PixelSize

    init?(argument: String) {
        let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1] else { return nil }
        guard (1..<1 << 30).contains(width), (1..<1 << 30).contains(height) else { return nil }
        size = PixelSize(width: width, height: height)
    }
}
