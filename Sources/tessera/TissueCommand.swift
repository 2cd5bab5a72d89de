import ArgumentParser
import Formats
import Patches

struct TissueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tissue", abstract: "Finds the tissue of slides, as a mask and as polygons.")

    @Argument(help: "Slides and folders of slides.")
    var slides: [String]

    @OptionGroup var batch: BatchArguments

    @Option(help: "How tissue is told from glass.")
    var method = TissueWord.otsu

    @Option(help: "CSV file with slide,mpp that replaces what slides say of themselves.")
    var mppTable: String?

    @Flag(help: "Write an overview picture of each slide.")
    var overview = false

    @Flag(help: "Say what would be found, write nothing.")
    var dryRun = false

    func run() throws {
        var options = TissueOptions(slides: slides, output: batch.output)
        options.method = TissueMethod(method.rawValue)
        options.writesOverview = overview
        options.mppTable = try readTable(mppTable)
        (options.jobs, options.shard) = (batch.jobs, batch.shard)
        let work = TissueBatch(options)
        try runBatch("tissue", what: "", json: batch.json) { progress throws(FormatError) in
            guard !dryRun else {
                return try work.dryRun(isCancelled: { Interrupt.isRequested }, report: progress.show)
            }
            return try work.run(isCancelled: { Interrupt.isRequested }, report: progress.show)
        }
    }
}

/// The methods that look at the slide.
enum TissueWord: String, CaseIterable, ExpressibleByArgument {
    case otsu, saturation
}
