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
        var replacing = OverwriteArguments()

        init(output: String, ending: String, policy: VolumePolicy, jobs: Int) {
            self.output = output
            self.ending = ending
            self.policy = policy
            self.jobs = jobs
        }

        /// What the label volumes of an object depend on, beside the object and its series.
        func parameters(of object: RegionObject) -> [String: String] {
            var parameters = ["format": ending, "policy": policy.rawValue]
            if case .segmentation(let segmentation) = object {
                parameters["own grid"] = "\(ownGrid)"
                if case .fractional = segmentation.kind { parameters["threshold"] = "\(threshold)" }
            }
            return parameters
        }
    }

    private let inputs: RegionInputs
    private let options: Options
    /// The objects of this run whose outputs bear some names.
    private var owners: [String: String] = [:]

    init(_ inputs: RegionInputs, _ options: Options) {
        self.inputs = inputs
        self.options = options
    }

    /// Paints and writes one object, unless that was done before.
    mutating func write(_ input: RegionInputs.Object) throws(RegionError) -> (record: RegionRecord, wasDone: Bool) {
        let object = try fromFile { () throws(FormatError) in try RegionObject(path: input.path) }
        guard object.hasRegions else { return (RegionRecord(object, input), false) }
        let (grid, series, note) = try grid(of: object, input)
        let segmentations = segmentations(of: object)
        let place = RegionFolder(folder: options.output, name: input.name, ending: options.ending)
        let madeFrom = try fromFile { () throws(FormatError) in
            RegionRecord.MadeFrom(
                inputs: try RegionIdentity(files: [input.path] + segmentations.map(\.name), grid: grid).description,
                parameters: options.parameters(of: object))
        }
        let finished = try fromFile { () throws(FormatError) in
            try place.finished(madeFrom, options.replacing, inputs: [input.path])
        }
        if let finished {
            try fromFile { () throws(FormatError) in try claim(place.files(layers: finished.layers.count), for: input) }
            return (finished, true)
        }
        var labels = try labels(of: object, on: grid, segmentations)
        labels.defects += [note, nominalNote(grid)].compactMap { $0 }
        var record = RegionRecord(object, input, labels, seriesUID: series)
        record.madeFrom = madeFrom
        try fromFile { () throws(FormatError) in try Interrupt.check(input.path) }
        guard record.hasRegions else { return (record, false) }
        for layer in record.layers.indices { record.layers[layer].file = place.volumeName(layer: layer) }
        try fromFile { () throws(FormatError) in
            try claim(place.files(layers: record.layers.count), for: input)
            try place.check(layers: record.layers.count, madeFrom, options.replacing, inputs: [input.path])
            let images = labels.layers.volumes()
            try place.write(record) { (layer, file) throws(FormatError) in
                try Interrupt.check(input.path)
                try file.write(images[layer], VolumeFile.Options(jobs: options.jobs))
            }
        }
        return (record, false)
    }

    /// Takes names for the files of an object: `a` with two layers, and `a_layer2`, would share one.
    private mutating func claim(_ files: [String], for input: RegionInputs.Object) throws(FormatError) {
        for file in files {
            if let other = owners[file] {
                throw FormatError(
                    .invalidRequest, file: input.path, expected: "outputs of other names than those of \(other)",
                    found: file)
            }
            owners[file] = input.path
        }
    }

    /// What is said of slices that have no single step, where they are written all the same.
    private func nominalNote(_ grid: SliceGrid) -> RegionDefect? {
        guard grid.geometry == nil, let distance = grid.largestDistanceFromNominal else { return nil }
        return RegionDefect(
            .nominalGeometry, .warning,
            "the affine is nominal: it puts slices up to \(ShortNumber.text(distance)) mm from their places")
    }

    private let isCancelled: CancellationCheck = { Interrupt.isRequested }

    private func labels(
        of object: RegionObject, on grid: SliceGrid, _ segmentations: [Segmentation]
    ) throws(RegionError) -> RegionLabels {
        switch object {
        case .segmentation(let segmentation):
            return try segmentation.regionLabels(on: grid, threshold: options.threshold, isCancelled: isCancelled)
        case .structureSet(let set): return try set.labels(on: grid, isCancelled: isCancelled)
        case .report(let report):
            return try report.labels(on: grid, segmentations: segmentations, isCancelled: isCancelled)
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
            guard options.policy == .keepIrregular || grid.geometry != nil || grid.isPlaceless(stack) else {
                throw .file(
                    FormatError(
                        .volumeRefused, file: input.path,
                        expected: "a series of slices with one step, or another --policy", found: "slices without"))
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
    private func segmentations(of object: RegionObject) -> [Segmentation] {
        guard case .report(let report) = object else { return [] }
        let wanted = Set(report.regions.flatMap(\.segments).map(\.sopInstanceUID))
        guard !wanted.isEmpty else { return [] }
        return inputs.objects.compactMap { try? Segmentation(path: $0.path) }
            .filter { wanted.contains($0.sopInstanceUID) }
    }

    private func fromFile<Result>(_ body: () throws(FormatError) -> Result) throws(RegionError) -> Result {
        do throws(FormatError) { return try body() } catch { throw .file(error) }
    }
}

extension SliceGrid {
    /// Whether the slices of a stack have no place in space that could be irregular.
    fileprivate func isPlaceless(_ stack: DICOMStack) -> Bool {
        orientation == nil && stack.geometry.kind != .notParallel
    }
}
