import ArgumentParser
import Formats
import Patches

struct TissueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tissue", abstract: "Finds the tissue of slides, as a mask and as polygons.")

    @Argument(help: "Slides and folders of slides.")
    var slides: [String]

    @OptionGroup var batch: BatchArguments

    @Option(help: "otsu or saturation.")
    var method = "otsu"

    @Flag(help: "Write an overview picture of each slide.")
    var overview = false

    func run() throws {
        let work = TissueBatch(
            slides: slides, output: batch.output, method: TissueMethod(method), writesOverview: overview,
            jobs: batch.jobs, shard: batch.shard)
        try runBatch("tissue", what: "", json: batch.json) { progress throws(FormatError) in
            progress.show(failures: work.openingFailures)
            return try work.run(isCancelled: { Interrupt.isRequested }, report: progress.show)
        }
    }
}
