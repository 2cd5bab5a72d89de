public import ArgumentParser
import Formats
import ImageCore
import ImageProcessing
import Patches
public import Radiology

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Turns a series of DICOM files, or a volume in one file, into a NIfTI, NRRD or MetaImage volume.",
        usage: "tessera convert <input> ... <output> [<options>]",
        discussion: """
            INPUT is a NIfTI, NRRD or MetaImage file, or files and folders of one or more DICOM series; with several \
            stacks of slices, --series and --stack choose. The output's ending says its format. Values are those after \
            rescaling (CT: Hounsfield units), the affine is that of the slices' positions. What a reader should know is \
            told on standard error. The default policy puts missing slices in (-1024 for CT, else 0), keeps sheared \
            slices with their exact affine, and refuses slices without a common step, which such files cannot hold: \
            choose resample, largestConsistent, or keepIrregular for them. A picture without a place in space (a \
            radiograph, ultrasound) gets the distance of its pixels and no place. An output that ends in / becomes a derived \
            series of DICOM files; `tessera dicom series` has its options.
            """)

    @Argument(help: ArgumentHelp("Files and folders of the series, or a file, then the output.", valueName: "input"))
    var paths: [String]

    @OptionGroup var choice: SeriesChoice

    @Option(help: "What becomes of gaps, irregular and sheared slices.")
    var policy = VolumePolicy.faithful

    @Option(
        help: ArgumentHelp(
            "Which of a file's maps gives the values: rescaled (the standard's), philipsScale (Philips' private scale) or "
                + "realWorld (the Real World Value Mapping, with its unit)."))
    var values = VolumeOptions.Values.rescaled

    @Flag(help: "Convert PET to SUV by body weight.")
    var suv = false

    @Flag(help: "Rescale padding pixels like any other instead of filling them.")
    var rescalePadding = false

    @Flag(help: "Write the acquisition's parameters into a JSON file beside the output, named as BIDS has it.")
    var json = false

    @Flag(help: "Write the samples of NRRD and MetaImage files as they are instead of compressed.")
    var raw = false

    @OptionGroup var replacing: OverwriteArguments

    @Option(help: ArgumentHelp("Number of threads.", valueName: "n"))
    var jobs: Int = processorCount

    private var inputs: [String] { Array(paths.dropLast()) }
    private var output: String { paths.last ?? "" }
    private var isFolder: Bool { output.hasSuffix("/") }

    func validate() throws {
        guard paths.count >= 2 else { throw ValidationError("expected a series or a volume, and an output file") }
        guard isFolder || VolumeFile(path: output) != nil else {
            throw ValidationError(
                "\(output): expected a name that ends in \(VolumeFile.endings), or in / for a folder of DICOM files")
        }
        guard !raw || VolumeFile(path: output).map({ $0.format != .nifti }) ?? false else {
            throw ValidationError("--raw: expected an NRRD or MetaImage file as output, found \(output)")
        }
        guard jobs >= 1 else { throw ValidationError("--jobs: expected 1 or more, found \(jobs)") }
    }

    func run() throws {
        let missing = FileSearch.missing(inputs)
        guard missing.isEmpty else { throw Self.fail(missing.map { "\($0)" }) }
        Interrupt.listen()
        let isComplete: Bool
        do throws(FormatError) {
            let file = VolumeFile(path: output)
            if isFolder { try DICOMSeriesCommand.checkPlace(output, among: inputs) }
            try file?.check()
            if let file {
                let sidecar = json ? [VolumeFile.stem(output) + ".json"] : []
                try replacing.check(file.files(isRaw: raw) + sidecar, inputs: inputs)
            }
            if let file, try convertFile(to: file) { return }
            isComplete = try convertSeries(to: file)
        } catch {
            let code = Self.fail([error.description])
            throw error.code == .interrupted ? ExitCode(130) : code
        }
        guard isComplete else { throw ExitCode(1) }
    }

    private static func fail(_ lines: [String]) -> ExitCode {
        for line in lines { StandardError.line("tessera: \(line)") }
        return ExitCode(1)
    }

    /// Converts a single file that is no DICOM; `false` when the inputs are something else.
    private func convertFile(to file: VolumeFile) throws(FormatError) -> Bool {
        guard inputs.count == 1 else { return try refuseVolumes() }
        guard let found = try VolumeFile.read(inputs[0], isScaled: file.format != .nifti) else { return false }
        if let option = optionOfSeries {
            throw FormatError(.invalidRequest, file: inputs[0], place: option, expected: "DICOM", found: "a volume")
        }
        StandardError.remarks(of: found.image, inputs[0])
        if found.image.geometry?.isPlaced == false {
            StandardError.line("tessera: note: \(inputs[0]): says no place in space, and so does the output")
        }
        try Interrupt.check(file.path)
        try file.write(found.image, VolumeFile.Options(jobs: jobs, isRaw: raw, scaling: found.scaling))
        return true
    }

    /// Refuses a volume in a file among several inputs, which would be lost beside a series.
    private func refuseVolumes() throws(FormatError) -> Bool {
        for input in inputs {
            guard let format = VolumeFile.format(of: input) else { continue }
            throw FormatError(
                .invalidRequest, file: input, expected: "DICOM, or one volume alone",
                found: "\(format.rawValue) among \(inputs.count) inputs")
        }
        return false
    }

    /// An option that says something about DICOM only.
    private var optionOfSeries: String? {
        if choice.series != nil { return "--series" }
        if choice.study != nil { return "--study" }
        if choice.stack != nil { return "--stack" }
        if policy != .faithful { return "--policy" }
        if values != .rescaled { return "--values" }
        return suv ? "--suv" : json ? "--json" : nil
    }
}

extension ConvertCommand {
    /// Converts a stack of a series; `false` when some of the inputs could not be read.
    private func convertSeries(to file: VolumeFile?) throws(FormatError) -> Bool {
        var options = VolumeOptions(policy: policy)
        options.values = values
        options.convertsToSUV = suv
        options.padding = rescalePadding ? .rescaled : .fill(nil)
        options.workers = jobs
        let reader = try VolumeReader.reading(inputs, options)
        for failure in reader.failures { StandardError.line("tessera: \(failure)") }
        let (series, stack) = try choice.stack(of: reader)
        let volume = try reader.volume(stack, of: series)
        StandardError.lines(volume.defects)
        guard !suv || volume.unit == .suvBodyWeight else {
            throw FormatError(
                .invalidRequest, file: inputs[0], place: "--suv", expected: "PET", found: volume.modality ?? "none")
        }
        guard let file else {
            guard !json else {
                throw FormatError(
                    .invalidRequest, file: output, place: "--json", expected: "a volume in a file as output",
                    found: "a folder of DICOM files")
            }
            try DICOMSeriesCommand.write(volume, of: SourceSeries(series, stack: stack), to: output)
            return choice.isComplete(reader, series)
        }
        guard volume.isGridExact || volume.isPlacelessPicture || policy == .keepIrregular else {
            throw FormatError(
                .volumeRefused, file: series.instances[stack.frames[0].instance].path, place: "series \(series.uid)",
                expected: "slices with one step, or another --policy", found: "slices without")
        }
        Self.tellWhatFilesCannotSay(volume)
        if stack.pixels.photometric == "MONOCHROME1" {
            StandardError.line(
                "tessera: warning: MONOCHROME1, where the lowest value is white: values are kept, and files cannot say it"
            )
        }
        try Interrupt.check(file.path)
        try file.write(volume.image, VolumeFile.Options(jobs: jobs, isRaw: raw))
        if json { try writeSidecar(volume, of: series, stack) }
        return choice.isComplete(reader, series)
    }

    /// Tells of slices that no file has and of an affine that is not true of all slices.
    private static func tellWhatFilesCannotSay(_ volume: Volume) {
        let inserted = volume.slices.count(where: \.isInserted)
        if inserted > 0, volume.reasons.spacing != .resampled {
            StandardError.line("tessera: warning: \(counted(inserted, "slice")) put in where no file has one")
        }
        guard !volume.isGridExact, let distance = volume.largestDistanceFromGrid else { return }
        StandardError.line(
            "tessera: warning: the affine is nominal: it puts slices up to \(ShortNumber.text(distance)) mm from their places, "
                + "which --json tells")
    }

    /// Writes what the header of the first slice says; slices of a resampled volume have no files, those of its stack do.
    private func writeSidecar(
        _ volume: Volume, of series: DICOMSeries, _ stack: DICOMStack
    ) throws(FormatError) {
        let first = volume.slices.lazy.flatMap(\.sources).compactMap { $0?.path }.first
        guard let path = first ?? stack.frames.first.map({ series.instances[$0.instance].path }) else {
            throw FormatError(.volumeRefused, file: output, place: "--json", expected: "slices of files", found: "none")
        }
        let sidecar = BIDSSidecar(try DICOMHeader(path: path).dataSet, volume: volume, policy: policy)
        try AtomicFile.write(CanonicalJSON.encode(sidecar), to: VolumeFile.stem(output) + ".json")
    }
}

extension VolumePolicy: ExpressibleByArgument {}
extension VolumeOptions.Values: ExpressibleByArgument {}
