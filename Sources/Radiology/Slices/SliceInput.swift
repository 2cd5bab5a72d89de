public import Formats

/// What is made into slices of the files of a patient.
public struct SliceRequest: Sendable, Hashable {
    /// Where masks come from.
    public var mask: MaskSource?
    /// Whether the body is wanted beside the mask.
    public var needsBody = false
    /// Whether values have to be Hounsfield units: for a window by name, and for masks that are computed.
    public var needsHounsfield = true
    /// Values that Image Type (0008,0008) has to have, `ORIGINAL` and `PRIMARY` for example.
    public var imageTypes: Set<String> = []
    /// Series Instance UID, or the start or end of one.
    public var seriesUID: String?
    /// Number of the stack in its series, from 1; `nil` takes all.
    public var stack: Int?
    /// How volumes are read.
    public var volume = VolumeOptions()

    /// Every series, without a mask.
    public init() {}
}

/// The series of one patient, of DICOM files and folders, and of volume files.
///
/// DICOM is searched in folders; volumes (`.nii`, `.nii.gz`, `.nrrd`, `.nhdr`, `.mha`, `.mhd`) are taken when they are named. A DICOM
/// stack's folder is called by its Series Instance UID, with `-stack2` and so on behind for all but the first; a volume's by its
/// file. Nothing but headers is read before a series is loaded.
public struct SliceInput: Sendable {
    /// What slices are cut from.
    public private(set) var series: [SliceSeries] = []
    /// Every Patient ID (0010,0020) of the DICOM files, sorted.
    public private(set) var patientIDs: [String] = []
    /// Stacks that were left out and why, one sentence each.
    public private(set) var leftOut: [String] = []
    /// Files that could not be read; with a ``SliceRequest/seriesUID`` those that may belong to the series.
    public private(set) var failures: [FormatError] = []

    /// The series that are there, whether they are wanted or not, with their stacks.
    private var present: [String] = []

    /// What there is where nothing is left to cut.
    private var leftOverInWords: String {
        guard leftOut.isEmpty else { return leftOut.joined(separator: "; ") }
        return present.isEmpty ? "none" : present.joined(separator: ", ")
    }

    /// Looks at files and folders.
    ///
    /// - Throws: ``FormatError``: `invalidRequest` when nothing is left to cut, or when one file of labels is to go with several
    ///   series; what reading says otherwise.
    public init(paths: [String], request: SliceRequest) throws(FormatError) {
        let volumes = paths.filter(VolumeInput.isVolume)
        let others = paths.filter { !VolumeInput.isVolume($0) }
        if !others.isEmpty { try addDICOM(others, request) }
        for path in volumes { series.append(try VolumeInput(path: path, request: request).sliceSeries()) }
        guard !series.isEmpty else {
            throw failures.first
                ?? FormatError(
                    .invalidRequest, file: paths.joined(separator: ", "),
                    expected: "a series to cut into slices\(request.choiceInWords)", found: leftOverInWords)
        }
        if case .file(let path, _) = request.mask, series.count > 1 {
            throw FormatError(
                .invalidRequest, file: path, expected: "one series for a mask of its own",
                found: "\(series.count): \(series.map(\.name).joined(separator: ", "))")
        }
    }

    private mutating func addDICOM(_ paths: [String], _ request: SliceRequest) throws(FormatError) {
        let scan = DICOMFolderScan(paths: paths, limits: request.volume.limits, workers: request.volume.workers)
        let all = scan.series()
        let wanted = all.filter(request.isWanted)
        present = all.map { "\($0.uid) with \(counted($0.stacks.count, "stack"))" }
        failures = scan.failures
        if request.seriesUID != nil {
            let concerned = SeriesFailures(scan.failures, limits: request.volume.limits)
            let own = wanted.flatMap { concerned.concerning($0) }
            failures = scan.failures.filter { own.contains($0) }
            leftOut += scan.failures.filter { !own.contains($0) }.map { "\($0); it is no file of the series" }
        }
        patientIDs = Set(scan.instances.compactMap(\.patientID).filter { !$0.isEmpty }).sorted()
        for found in wanted {
            for (index, stack) in found.stacks.enumerated() {
                if let wanted = request.stack, wanted != index + 1 { continue }
                let input = StackInput(series: found, stack: stack, index: index, request: request)
                if let reason = input.reasonToLeaveOut {
                    leftOut.append("series \(input.name): \(reason)")
                } else {
                    series.append(try input.sliceSeries())
                }
            }
        }
    }
}

extension SliceRequest {
    /// What to do about values that are no Hounsfield units.
    var hintWithoutHounsfield: String {
        let needsMask = mask?.isComputed == true || needsBody
        return needsMask
            ? "give the mask as a file, and a window by --center and --width"
            : "give a window of the values by --center and --width, or --window none with --format npy"
    }

    fileprivate func isWanted(_ series: DICOMSeries) -> Bool {
        // Tables show the end of a UID behind an ellipsis.
        guard let wanted = seriesUID?.drop(while: { $0 == "\u{2026}" }) else { return true }
        return series.uid.hasPrefix(wanted) || series.uid.hasSuffix(wanted)
    }

    /// The series and stack that are asked for, for errors.
    fileprivate var choiceInWords: String {
        let parts = [seriesUID.map { "UID \($0)" }, stack.map { "stack \($0)" }].compactMap { $0 }
        return parts.isEmpty ? "" : ", " + parts.joined(separator: ", ")
    }

    /// Puts masks beside a volume.
    func complete(_ source: inout SliceSource, name: String) throws(FormatError) {
        try mask?.apply(to: &source, name: name)
        guard needsBody, source.body == nil else { return }
        var body = source
        try MaskSource.body.apply(to: &body, name: name)
        source.body = body.body
    }
}
