import ArgumentParser
import Formats
import ImageProcessing
import Patches
import Radiology

struct RegionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regions",
        abstract: "Turns segmentations, structure sets and reports into label volumes on the grid of their series.",
        discussion: """
            OBJECT are files and folders with DICOM SEG, RTSTRUCT and SR objects; folders may hold their series, too. The \
            series of each is found by the images that it refers to, then by its series, then by its frame of reference. \
            Every object becomes NAME.nii.gz, whose affine is that of `tessera convert`, and NAME.json, which says what \
            the labels mean; regions that overlap one of the first go to NAME_layer2.nii.gz and so on. A segmentation \
            without a series keeps its own grid. An object whose labels are there already is left alone; outputs of another \
            object, series or option are kept, and the object is refused, unless --overwrite is given.
            """)

    @Argument(help: ArgumentHelp("Files and folders of the objects.", valueName: "object"))
    var objects: [String]

    @Option(parsing: .upToNextOption, help: "Files and folders of the series, where they are not among the objects.")
    var series: [String] = []

    @Option(help: "Output folder; created when needed.")
    var output: String

    @Option(help: ArgumentHelp("File format: \(VolumeFile.endings).", valueName: "ending"))
    var format = ".nii.gz"

    @Option(help: "What becomes of gaps and irregular slices; as for convert, without resample.")
    var policy = VolumePolicy.faithful

    @Flag(help: "Leave segmentations on their own grid.")
    var ownGrid = false

    @Option(help: ArgumentHelp("Least fraction that is inside, for fractional segmentations.", valueName: "fraction"))
    var threshold = 0.5

    @OptionGroup var replacing: OverwriteArguments

    @Flag(help: "Print the tables of all objects as JSON on standard output.")
    var json = false

    @Option(help: ArgumentHelp("Number of threads.", valueName: "n"))
    var jobs: Int = processorCount

    /// The ending with its dot.
    private var ending: String { format.hasPrefix(".") ? format : "." + format }

    func validate() throws {
        try expect(VolumeFile(path: "a" + ending) != nil, "--format", VolumeFile.endings, format)
        try expect(!output.isEmpty, "--output", "a folder", "nothing")
        try expect(policy != .resample, "--policy", "a policy that keeps the slices", policy.rawValue)
        try expect(threshold > 0 && threshold <= 1, "--threshold", "a number above 0 and at most 1", threshold)
        try expect(jobs >= 1, "--jobs", "1 or more", jobs)
    }

    func run() throws {
        Interrupt.listen()
        let inputs = RegionInputs(objects: objects, series: series, jobs: jobs)
        var options = RegionExport.Options(output: output, ending: ending, policy: policy, jobs: jobs)
        (options.ownGrid, options.threshold) = (ownGrid, threshold)
        options.replacing = replacing
        var export = RegionExport(inputs, options)
        var failures = inputs.failures.map(\.description)
        for failure in failures { StandardError.line("tessera: \(failure)") }
        StandardError.lines(inputs.invalidNumbers)
        var records: [RegionRecord] = []
        for (number, input) in inputs.objects.enumerated() {
            if Interrupt.isRequested { throw ExitCode(130) }
            do throws(RegionError) {
                let (record, wasDone) = try export.write(input)
                records.append(record)
                failures += tell(record, wasDone, input, "\(number + 1)/\(inputs.objects.count)")
            } catch {
                guard !error.isInterruption else {
                    StandardError.line("tessera: \(error)")
                    throw ExitCode(130)
                }
                failures.append(error.description)
                StandardError.line("tessera: \(error)\(Self.hint(error))")
            }
        }
        let written = records.filter(\.hasRegions).count
        StandardError.line("regions: \(written) of \(counted(inputs.objects.count, "object")) written")
        if json { try StandardOutput.write(CanonicalJSON.encode(records)) }
        if !failures.isEmpty { throw ExitCode(1) }
    }

    /// What a user can do about a segmentation that does not fit its series.
    private static func hint(_ error: RegionError) -> String {
        switch error {
        case .sizeDiffers, .offGrid, .frameOfReferenceDiffers, .noPlace: "; --own-grid leaves it on its own grid"
        default: ""
        }
    }

    /// One line for an object and one for each of its defects; gives what could not be painted, which counts as a failure.
    private func tell(
        _ record: RegionRecord, _ wasDone: Bool, _ input: RegionInputs.Object, _ number: String
    ) -> [String] {
        var failures: [String] = []
        for defect in record.defects {
            let times = defect.count > 1 ? " (\(defect.count) times)" : ""
            let line = "\(input.path): \(defect.message)\(times)"
            if defect.severity == .error { failures.append(line) }
            StandardError.line("tessera: \(defect.severity.rawValue): \(line)")
        }
        let regions = record.layers.reduce(0) { $0 + $1.regions.count }
        let layers = record.layers.count > 1 ? " in \(record.layers.count) layers" : ""
        let before = wasDone ? "done before, " : ""
        StandardError.line("[\(number)] \(input.name): \(before)\(counted(regions, "region"))\(layers)")
        return failures
    }
}
