import ArgumentParser
import Formats
import Radiology

struct DICOMSeriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "series", abstract: "Writes a CT or MR series as a derived series, one file per slice.",
        usage: "tessera dicom series <input> ... <output> [<options>]")

    private static let plainDerivation = "Read as a volume and written as single slices"

    @Argument(help: "Files and folders of one series, then the output folder.")
    var paths: [String]

    @Option(help: "What becomes of gaps, irregular and sheared slices; slices that are put in are not written.")
    var policy = VolumePolicy.faithful

    @Option(help: "What was done: Derivation Description.")
    var derivation = Self.plainDerivation

    @OptionGroup var choice: SeriesChoice

    @OptionGroup var writing: DICOMWritingArguments

    func validate() throws {
        try expect(paths.count >= 2, "paths", "a series and then an output folder", "only \(paths[0])")
    }

    func run() throws {
        var isComplete = true
        try DICOMWritingArguments.run { () throws(FormatError) in
            try Self.checkPlace(paths.last ?? "", among: paths.dropLast())
            let reader = try VolumeReader.reading(Array(paths.dropLast()), VolumeOptions(policy: policy))
            for failure in reader.failures { StandardError.line("tessera: \(failure)") }
            let (series, stack) = try choice.stack(of: reader)
            let volume = try reader.volume(stack, of: series)
            StandardError.lines(volume.defects)
            let source = try SourceSeries(series, stack: stack)
            try Self.write(volume, of: source, to: paths.last ?? "", derivation: derivation, origin: writing.origin)
            isComplete = choice.isComplete(reader, series)
        }
        guard isComplete else { throw ExitCode(1) }
    }

    /// Refuses a folder inside of the inputs: a second run would find two series there.
    static func checkPlace(_ folder: String, among inputs: some Sequence<String>) throws(FormatError) {
        var place = folder
        while !FilePaths.exists(place) { place = FilePaths.parent(of: place) ?? (place.hasPrefix("/") ? "/" : ".") }
        let steps = FilePaths.resolved(place).split(separator: "/")
        for input in inputs where FilePaths.isFolder(input) {
            guard steps.starts(with: FilePaths.resolved(input).split(separator: "/")) else { continue }
            throw FormatError(
                .invalidRequest, file: folder, expected: "a folder outside of the input",
                found: "one inside of \(input)")
        }
    }

    /// Writes a volume into a folder and tells what rounding costs.
    static func write(
        _ volume: Volume, of source: SourceSeries, to folder: String, derivation: String = plainDerivation,
        origin: ObjectOrigin = ObjectOrigin()
    ) throws(FormatError) {
        let derived = try DerivedSeries(volume, from: source, derivation: derivation, origin: origin)
        try Interrupt.check(folder)
        try derived.write(to: folder, isCancelled: { Interrupt.isRequested })
        guard derived.maximumError > 0 else { return }
        StandardError.line(
            "tessera: note: \(folder): values are rounded by at most \(ShortNumber.text(derived.maximumError))")
    }
}
