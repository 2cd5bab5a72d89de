import Annotations
import ArgumentParser
import Formats
import Patches

struct PatchesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patches", abstract: "Cuts patches from slides.",
        discussion: "A slide and its annotation file share a base name: tumor_001.tif, tumor_001.xml.")

    @Argument(help: "Slides and folders of slides.")
    var slides: [String]

    @OptionGroup var batch: BatchArguments

    @Option(help: "Edge of a patch in pixels.")
    var size = 256

    @Option(help: "Distance between the left edges of neighbors in pixels (default: the size).")
    var stride: Int?

    @Option(help: "Resolution in micrometres per pixel.")
    var mpp: PositiveNumber?

    @Option(help: "Resolution as magnification of the objective.")
    var magnification: PositiveNumber?

    @Option(help: "Resolution as a level of the file (default: 0).")
    var level: Int?

    @Option(help: ArgumentHelp("otsu, saturation, none, or a file or folder of masks.", valueName: "method"))
    var tissue = "otsu"

    @Option(help: "Least fraction of tissue in a patch, 0 to 1.")
    var minTissue = 0.5

    @Option(help: "Patches that pass the edge.")
    var edge = EdgePolicy.drop

    @Option(parsing: .upToNextOption, help: "Annotation files and folders.")
    var annotations: [String] = []

    @Option(help: "Class map: which annotations mean which class and label.")
    var classes: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Least coverage for a label, for example tumor=0.75 (default: 0.5).", valueName: "class=fraction"))
    var minCoverage: [MinimumCoverage] = []

    @Option(help: "Most patches of each label on a slide, chosen by the seed.")
    var perClass: Int?

    @Option(help: "Most patches of a slide, chosen by the seed.")
    var perSlide: Int?

    @Option(help: "What is written for each patch.")
    var format = PatchOptions.Format.jpeg

    @Option(help: "Quality of JPEG, 1 to 100.")
    var quality = 90

    @Flag(help: "Write a mask of the classes for each patch.")
    var writeMasks = false

    @Option(help: "CSV file with slide,mpp that replaces what slides say of themselves.")
    var mppTable: String?

    @Option(help: "Patches on tiles that cannot be decoded.")
    var corruptTiles = CorruptTilePolicy.skip

    @OptionGroup var tables: AnnotationArguments

    @Flag(help: "Write an overview picture of each slide.")
    var overview = false

    @Option(help: "Seed of random choices.")
    var seed: UInt64 = 0

    @Flag(help: "Say what would be cut, write nothing.")
    var dryRun = false

    func validate() throws {
        try expect(size >= 1 && size <= 1 << 13, "--size", "1 to 8192", size)
        try expect(stride ?? 1 >= 1, "--stride", "1 or more", stride ?? 0)
        try expect((0...1).contains(minTissue), "--min-tissue", "0 to 1", minTissue)
        try expect((1...100).contains(quality), "--quality", "1 to 100", quality)
        try expect(perClass ?? 1 >= 1, "--per-class", "1 or more", perClass ?? 0)
        try expect(perSlide ?? 1 >= 1, "--per-slide", "1 or more", perSlide ?? 0)
        _ = try scale(mpp: mpp, magnification: magnification, level: level)
        if annotations.isEmpty && (classes != nil || !minCoverage.isEmpty || writeMasks) {
            throw ValidationError("--classes, --min-coverage and --write-masks need --annotations")
        }
        if writeMasks && format == .coordinates {
            throw ValidationError("--write-masks does not go with --format coordinates")
        }
    }

    func run() throws {
        let options = try self.options()
        try checkFiles(annotations, option: "--annotations")
        try checkFiles(options.tissue, option: "--tissue")
        let work = PatchBatch(options)
        do throws(FormatError) {
            try work.checkMinimumCoverage()
        } catch {
            throw ValidationError("--min-coverage: expected \(error.expected ?? "a class"), found \(error.found)")
        }
        try runBatch("patches", what: dryRun ? "" : "patches", json: batch.json) { progress throws(FormatError) in
            progress.classes = work.classSummary
            guard !dryRun else {
                return try work.dryRun(isCancelled: { Interrupt.isRequested }, report: progress.show)
            }
            return try work.run(isCancelled: { Interrupt.isRequested }, report: progress.show)
        }
    }

    private func options() throws -> PatchOptions {
        var options = PatchOptions(slides: slides, output: batch.output)
        options.request = PatchRequest(
            size: size, stride: stride, scale: try scale(mpp: mpp, magnification: magnification, level: level),
            edge: edge, minTissue: minTissue, labels: LabelRule(classes: [], minimum: try minimumCoverage()),
            quota: PatchQuota(perClass: perClass, perSlide: perSlide, seed: seed))
        options.tissue = TissueMethod(tissue)
        options.annotations = annotations
        options.classes = try classes.map { path in try reading { () throws(FormatError) in try ClassMap(path: path) } }
        options.reading = tables.reading
        options.format = format
        options.quality = quality
        options.writesMasks = writeMasks
        options.writesOverview = overview
        options.mppTable = try readTable(mppTable)
        options.corruptTiles = corruptTiles
        options.jobs = batch.jobs
        options.shard = batch.shard
        return options
    }

    private func minimumCoverage() throws -> [String: Double] {
        var minimum: [String: Double] = [:]
        for entry in minCoverage where minimum.updateValue(entry.fraction, forKey: entry.name) != nil {
            throw ValidationError("--min-coverage: \(entry.name) is given twice")
        }
        return minimum
    }
}

/// `class=fraction` on the command line.
struct MinimumCoverage: ExpressibleByArgument {
    let name: String
    let fraction: Double

    init?(argument: String) {
        guard let equals = argument.lastIndex(of: "="), equals != argument.startIndex,
            let fraction = Double(argument[argument.index(after: equals)...]), fraction > 0, fraction <= 1
        else { return nil }
        name = String(argument[..<equals])
        self.fraction = fraction
    }
}
