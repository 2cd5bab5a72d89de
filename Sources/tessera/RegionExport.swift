import Formats
import ImageCore
import Patches
import Radiology

/// Paints objects on the grid of their series, and writes the label volumes.
struct RegionExport {
    /// How regions are painted and written.
    struct Options {
        var output: String
        var ending: String
        var policy: VolumePolicy
        var jobs: Int
        var ownGrid = false
        var threshold = 0.5

        init(output: String, ending: String, policy: VolumePolicy, jobs: Int) {
            self.output = output
            self.ending = ending
            self.policy = policy
            self.jobs = jobs
        }
    }

    private let inputs: RegionInputs
    private let options: Options

    init(_ inputs: RegionInputs, _ options: Options) {
        self.inputs = inputs
        self.options = options
    }

    /// Paints and writes one object.
    func write(_ input: RegionInputs.Object) throws(RegionError) -> RegionRecord {
        let object = try fromFile { () throws(FormatError) in try RegionObject(path: input.path) }
        guard object.hasRegions else { return RegionRecord(object, input) }
        let (grid, series, note) = try grid(of: object, input)
        var labels = try labels(of: object, on: grid)
        if let note { labels.defects.append(note) }
        guard options.policy == .keepIrregular || grid.geometry != nil || grid.orientation == nil else {
            throw .file(
                FormatError(
                    .volumeRefused, file: input.path, expected: "a series of slices with one step, or another --policy",
                    found: "slices without"))
        }
        var record = RegionRecord(object, input, labels, seriesUID: series)
        try fromFile { () throws(FormatError) in try Interrupt.check(input.path) }
        let images = labels.layers.volumes()
        guard record.hasRegions else { return record }
        try fromFile { () throws(FormatError) in try write(images, &record, input) }
        return record
    }

    /// Writes the files of an object into a hidden folder first, so that none appears when the user stops or the disk is full.
    private func write(
        _ images: [AnyImage], _ record: inout RegionRecord, _ input: RegionInputs.Object
    ) throws(FormatError) {
        try OutputFolder.create(options.output)
        let staging = "\(options.output)/.\(input.name).partial"
        FilePaths.remove(staging)
        defer { FilePaths.remove(staging) }
        try OutputFolder.create(staging)
        for (index, image) in images.enumerated() {
            try Interrupt.check(input.path)
            let name = input.name + (index == 0 ? "" : "_layer\(index + 1)") + options.ending
            record.layers[index].file = name
            try VolumeFile(path: "\(staging)/\(name)")?.write(image, VolumeFile.Options(jobs: options.jobs))
        }
        let table = "\(input.name).json"
        try AtomicFile.write(CanonicalJSON.encode(record), to: "\(staging)/\(table)")
        try Interrupt.check(input.path)
        // The table, which names the others, comes last.
        let names = FilePaths.names(in: staging).filter { $0 != table }
        for name in names + [table] { try FilePaths.rename("\(staging)/\(name)", to: "\(options.output)/\(name)") }
    }

    private let isCancelled: CancellationCheck = { Interrupt.isRequested }

    private func labels(of object: RegionObject, on grid: SliceGrid) throws(RegionError) -> RegionLabels {
        switch object {
        case .segmentation(let segmentation):
            return try segmentation.regionLabels(on: grid, threshold: options.threshold, isCancelled: isCancelled)
        case .structureSet(let set): return try set.labels(on: grid, isCancelled: isCancelled)
        case .report(let report):
            return try report.labels(on: grid, segmentations: segmentations(of: report), isCancelled: isCancelled)
        }
    }

    /// The grid of the series that an object belongs to; that of a segmentation itself when there is none.
    ///
    /// What of it a user may not expect is the note.
    private func grid(
        of object: RegionObject, _ input: RegionInputs.Object
    ) throws(RegionError) -> (SliceGrid, seriesUID: String?, note: RegionDefect?) {
        if case .segmentation(let segmentation) = object, options.ownGrid { return (segmentation.ownGrid(), nil, nil) }
        if let index = object.stack(among: inputs.stacks) {
            let (series, stack) = inputs.stacks[index]
            let grid = try fromFile { () throws(FormatError) in
                try SliceGrid(stack, of: series, policy: options.policy)
            }
            return (grid, series.uid, object.note(on: stack, of: series))
        }
        switch object {
        case .segmentation(let segmentation):
            let note = RegionDefect(.ownGrid, .note, "none of the series at hand fits it: it keeps its own grid")
            return (segmentation.ownGrid(), nil, inputs.stacks.isEmpty ? nil : note)
        default:
            let uid = object.referencedSeriesUIDs.first ?? object.referencedInstanceUIDs.sorted().first
            throw .file(
                FormatError(
                    .invalidRequest, file: input.path,
                    expected: "the series that it refers to\(uid.map { " (\($0))" } ?? "")",
                    found: inputs.stacks.isEmpty ? "no series" : "other series"))
        }
    }

    /// The segmentations that a report refers to, as far as they are among the objects.
    private func segmentations(of report: RegionReport) throws(RegionError) -> [Segmentation] {
        let wanted = Set(report.regions.flatMap(\.segments).map(\.sopInstanceUID))
        guard !wanted.isEmpty else { return [] }
        return inputs.objects.compactMap { try? Segmentation(path: $0.path) }
            .filter { wanted.contains($0.sopInstanceUID) }
    }

    private func fromFile<Result>(_ body: () throws(FormatError) -> Result) throws(RegionError) -> Result {
        do throws(FormatError) { return try body() } catch { throw .file(error) }
    }
}
