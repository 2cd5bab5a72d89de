import ArgumentParser
import Patches

@main
struct TesseraCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tessera",
        abstract: "Turns medical images into training data.",
        discussion: """
            An INPUT is a file, or a folder that is searched recursively. Text for people goes to standard error, \
            results to standard output or files. Exit codes: 0 all done; 1 something could not be done (the rest was); \
            64 wrong usage; 130 interrupted.
            """,
        version: tesseraVersion,
        subcommands: [
            InfoCommand.self, PatchesCommand.self, MasksCommand.self, TissueCommand.self, ConvertCommand.self,
            DICOMCommand.self, RegionsCommand.self, SlicesCommand.self, AugmentCommand.self,
        ])

    /// Parses the arguments of the process and runs the command.
    static func main() {
        Interrupt.openStandardStreams()
        Interrupt.ignoreWriteSignals()
        main(nil)
    }
}
