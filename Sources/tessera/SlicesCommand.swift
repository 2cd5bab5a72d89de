import ArgumentParser
import Formats
import ImageProcessing
import Patches
import Radiology

struct SlicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slices", abstract: "Cuts the series of one patient into pictures of slices.",
        discussion: """
            SERIES are files and folders of one patient: DICOM, which is searched for in folders, or volumes (.nii, \
            .nii.gz, .nrrd, .nhdr, .mha, .mhd) by name. All slices have one window: the same value has the same shade \
            everywhere. Written are OUTPUT/<patient>/<series>/<kind>/<slice>.png, slices.csv and patient.json; the \
            patient's folder appears when it is whole. A patient with too few slices is no failure: patient.json says \
            "dropped", and there are no pictures.
            """)

    @Argument(help: ArgumentHelp("Files and folders of one patient.", valueName: "series"))
    var paths: [String]

    @Option(
        help: """
            Output folder; created when needed. A patient that is done with the same options is left alone, one with others \
            is refused.
            """)
    var output: String

    @Option(
        help: """
            Name of the patient's folder (default: Patient ID, or the name of the one volume); what a folder's name cannot \
            hold becomes _, and a digest is put behind.
            """)
    var patient: String?

    @OptionGroup(title: "Which series") var source: SliceSourceArguments
    @OptionGroup(title: "Pictures") var pictures: SlicePictureArguments
    @OptionGroup(title: "Which slices") var selection: SliceSelectionArguments

    @Option(help: ArgumentHelp("Number of threads.", valueName: "n"))
    var jobs: Int = processorCount

    @Flag(help: "Replace a patient's slices that were made with other options or of other files.")
    var overwrite = false

    @Flag(help: "Print a summary as JSON on standard output.")
    var json = false

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs: expected 1 or more, found \(jobs)") }
        guard !output.isEmpty else { throw ValidationError("--output: expected a folder, found nothing") }
        guard patient.map({ !$0.isEmpty }) ?? true else {
            throw ValidationError("--patient: expected a name, found nothing")
        }
        let options = try options()
        guard source.mask != nil || !options.needsMask else {
            throw ValidationError("--mask: expected lung, body or a file for these kinds and limits, found none")
        }
    }

    func run() throws {
        Interrupt.listen()
        let missing = FileSearch.missing(paths)
        for failure in missing { StandardError.line("tessera: \(failure)") }
        guard missing.isEmpty else { throw ExitCode(1) }
        if let file = source.maskFile { try checkFiles([file], option: "--mask") }
        let summary: SliceSummary
        do throws(FormatError) {
            summary = try cut()
        } catch {
            StandardError.line("tessera: \(error)")
            throw ExitCode(error.code == .interrupted ? 130 : 1)
        }
        summary.show()
        if json { try StandardOutput.write(CanonicalJSON.encode(summary)) }
        if !summary.failures.isEmpty { throw ExitCode(1) }
    }

    private func options() throws(ValidationError) -> SliceOptions {
        var options = try pictures.options()
        options.selection = selection.selection
        options.minimumSlices = selection.minSlices
        return options
    }

    private func cut() throws(FormatError) -> SliceSummary {
        let options: SliceOptions
        do throws(ValidationError) {
            options = try self.options()
        } catch {
            throw FormatError(.invalidRequest, file: output, found: error.message)
        }
        var request = source.request
        request.needsBody = options.needsBody
        request.needsHounsfield = pictures.needsHounsfield || (source.mask?.isComputed ?? false) || options.needsBody
        request.volume.workers = jobs
        var export = try SliceExport(output: output, options: options)
        export.overwrites = overwrite
        let input = try SliceInput(paths: paths, request: request)
        let (record, wasDone) = try export.run(
            patient: try name(of: input), series: input.series, workers: jobs,
            isCancelled: { Interrupt.isRequested })
        return SliceSummary(
            record, wasDone: wasDone, input: input, folder: export.folder(ofPatient: record.patient))
    }

    private func name(of input: SliceInput) throws(FormatError) -> String {
        if let patient { return patient }
        if input.patientIDs.count == 1 { return input.patientIDs[0] }
        if input.patientIDs.isEmpty && input.series.count == 1 { return input.series[0].name }
        let found = input.patientIDs.isEmpty ? "none" : input.patientIDs.joined(separator: ", ")
        throw FormatError(
            .invalidRequest, file: paths.joined(separator: ", "), expected: "one Patient ID, or --patient", found: found
        )
    }
}

/// What became of a patient, for people and programs.
private struct SliceSummary: Encodable {
    let patient: String
    let folder: String
    let status: SliceRecord.Status
    let reason: String?
    let wasDone: Bool
    let slices: Int
    let series: [SliceRecord.Series]
    let leftOut: [String]
    let failures: [String]

    init(_ record: SliceRecord, wasDone: Bool, input: SliceInput, folder: String) {
        patient = record.patient
        self.folder = folder
        status = record.status
        reason = record.reason
        self.wasDone = wasDone
        slices = record.status == .done ? record.series.reduce(0) { $0 + $1.taken } : 0
        series = record.series
        leftOut = input.leftOut
        failures = input.failures.map(\.description)
    }

    func show() {
        for failure in failures { StandardError.line("tessera: \(failure)") }
        for line in leftOut { StandardError.line("tessera: left out: \(line)") }
        for one in series {
            for note in one.notes { StandardError.line("tessera: warning: series \(one.name): \(note)") }
        }
        let before = wasDone ? "done before, " : ""
        let what =
            reason.map { "dropped: \($0)" } ?? "\(counted(slices, "slice")) of \(series.count) series"
        let place = folder.hasSuffix("/" + patient) ? "" : ", in \(folder)"
        StandardError.line("\(patient): \(before)\(what)\(place)")
    }
}
