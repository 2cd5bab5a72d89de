import ArgumentParser
import Formats
import Patches

struct TissueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tissue", abstract: "Finds the tissue of slides, as a mask and as polygons.")

    @Argument(help: "Slides and folders of slides.")
    var slides: [String]

    @OptionGroup var batch: BatchArguments

    @Option(help: "How tissue is told from glass: \(names(TissueWord.self)).")
    var method = TissueWord.otsu

    @Flag(help: "Write an overview picture of each slide.")
    var overview = false

    @Flag(help: "Say what would be found, write nothing.")
    var dryRun = false

    func run() throws {
        let work = TissueBatch(
            slides: slides, output: batch.output, method: TissueMethod(method.rawValue), writesOverview: overview,
            jobs: batch.jobs, shard: batch.shard)
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
