public import Formats
import ImageCore
public import ImageProcessing
import Synchronization

/// Cuts the series of one patient into pictures of slices.
///
/// ```
/// OUT/<patient>/<series>/<kind>/<slice>.png     kinds: whole, masked, mask, boxed; slices are numbered from 0000
/// OUT/<patient>/slices.csv                      one row per slice
/// OUT/<patient>/patient.json                    what became of the patient, with which parameters
/// ```
///
/// All slices of all series share one window: the same value has the same shade everywhere. A patient's folder appears
/// when it is whole. A run that is killed and started again, or repeated, leaves patients alone that are done with the same
/// options and series, and ends with the same bytes, whatever the number of threads. Pictures made with other options or of
/// other files are kept, and the run is refused, unless ``overwrites`` says otherwise. One patient per call: calls for different patients
/// may run at the same time, in one process or in many; of two processes on one patient the later is told so.
public struct SliceExport: Sendable {
    /// The folder that patients' folders are made in.
    public let output: String
    /// How slices become files.
    public let options: SliceOptions
    /// Whether a patient that is done with other options or series is done anew, instead of being refused.
    public var overwrites = false

    /// An export to a folder.
    ///
    /// - Throws: `invalidRequest` for options that contradict each other.
    public init(output: String, options: SliceOptions) throws(FormatError) {
        func refuse(_ expected: String, _ found: String) -> FormatError {
            FormatError(.invalidRequest, file: output, expected: expected, found: found)
        }
        if options.format == .png && options.window == nil {
            throw refuse("a window for PNG", "none: only NPY keeps values as they are")
        }
        guard !options.kinds.isEmpty else { throw refuse("at least one kind of picture", "none") }
        if let spacing = options.spacingMillimetres {
            guard spacing.min() >= 0, spacing.max() < .infinity else {
                throw refuse("spacings above 0 mm, or 0 to keep one", "\(spacing.x), \(spacing.y), \(spacing.z)")
            }
        }
        switch options.boxFit {
        case .padded(let size), .resized(let size):
            guard (1...32768).contains(size.width), (1...32768).contains(size.height) else {
                throw refuse("a box size from 1 to 32768", "\(size.width)x\(size.height)")
            }
        case .tight: break
        }
        self.output = output
        self.options = options
    }

    /// The folder of a patient: the name as far as a folder can have it, see ``run(patient:series:workers:isCancelled:)``.
    public func folder(ofPatient patient: String) -> String {
        SliceFolder(output: output, patient: SliceFolder.name(patient)).place
    }

    /// Cuts the series of a patient.
    ///
    /// - Parameters:
    ///   - patient: The name of the patient's folder; what a folder cannot be named is replaced by `_`, and a digest of the
    ///     name put behind then.
    ///   - series: The series; each is read when its turn comes, one at a time.
    ///   - workers: Largest number of threads.
    ///   - isCancelled: Asked before each slice; the rest is left undone then.
    /// - Returns: What became of the patient, and whether it was done before.
    /// - Throws: ``FormatError`` of reading and writing; `inputOutput` when another process works on the patient; `interrupted`; `invalidRequest` when a mask is needed and missing or lies elsewhere,
    ///   two series share a name, or the patient's folder holds something else. Nothing is left of the patient then but what was there before.
    public func run(
        patient: String, series: [SliceSeries], workers: Int = processorCount,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(FormatError) -> (record: SliceRecord, wasDone: Bool) {
        let folder = SliceFolder(output: output, patient: SliceFolder.name(patient))
        if let record = try finished(patient, series, folder) { return (record, true) }
        let names = series.map { SliceFolder.name($0.name) }
        guard Set(names).count == names.count else {
            throw FormatError(.invalidRequest, file: patient, expected: "series of different names", found: "\(names)")
        }
        defer { folder.tidy() }
        return try runLocked(patient, series, folder, Running(workers: workers, isCancelled: isCancelled))
    }

    private func runLocked(
        _ patient: String, _ series: [SliceSeries], _ folder: SliceFolder, _ running: Running
    ) throws(FormatError) -> (record: SliceRecord, wasDone: Bool) {
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        // Another process may have finished meanwhile.
        if let record = try finished(patient, series, folder) { return (record, true) }
        do throws(FormatError) {
            return (try write(patient, series, to: folder, running), false)
        } catch {
            folder.discard()
            throw error
        }
    }

    /// The record of a patient that is done; `nil` when there is work to do, for which the folder may be replaced.
    private func finished(
        _ patient: String, _ series: [SliceSeries], _ folder: SliceFolder
    ) throws(FormatError) -> SliceRecord? {
        func refuse(_ file: String, _ place: String?, _ expected: String, _ found: String) -> FormatError {
            FormatError(.invalidRequest, file: file, place: place, expected: expected, found: found)
        }
        let file = "\(folder.place)/patient.json"
        switch folder.earlier() {
        case .nothing: return nil
        case .other: throw refuse(folder.place, nil, "a patient's slices, or no such folder", "something else")
        case .unreadableRecord:
            guard overwrites else { throw refuse(file, nil, "a record of slices (or --overwrite)", "something else") }
            return nil
        case .record(let record):
            guard let difference = record.difference(patient, options, series) else { return record }
            // A patient that was dropped has no pictures that could be lost.
            guard record.status == .done, !overwrites else { return nil }
            throw refuse(
                file, difference.key,
                "\(difference.found) as for the slices that are there (or another --output, or --overwrite)",
                difference.wanted)
        }
    }

    private func write(
        _ patient: String, _ series: [SliceSeries], to folder: SliceFolder, _ running: Running
    ) throws(FormatError) -> SliceRecord {
        try folder.begin()
        var record = SliceRecord(patient: patient, status: .done, parameters: options.parameters, series: [])
        var manifest = SliceManifest.header
        for one in series {
            let cut = SeriesCut(patient: patient, series: one, options: options, folder: folder, running: running)
            let (entry, rows) = try cut.write()
            record.series.append(entry)
            manifest += rows
        }
        let taken = record.series.reduce(0) { $0 + $1.taken }
        if taken < options.minimumSlices {
            record.status = .dropped
            let verb = options.minimumSlices == 1 ? "is" : "are"
            record.reason = "\(counted(taken, "slice")), at least \(options.minimumSlices) \(verb) wanted"
            try folder.restart()
            manifest = SliceManifest.header
        }
        try folder.write(Array(manifest.utf8), to: "slices.csv")
        try folder.write(SliceFolder.encode(record), to: "patient.json")
        try folder.commit()
        return record
    }
}

/// How the work is done; nothing that is written depends on it.
private struct Running: Sendable {
    let workers: Int
    let isCancelled: @Sendable () -> Bool
}

/// Cuts one series.
private struct SeriesCut: Sendable {
    let patient: String
    let series: SliceSeries
    let options: SliceOptions
    let folder: SliceFolder
    let running: Running

    /// Writes the pictures; gives what the record says and the rows of the manifest.
    func write() throws(FormatError) -> (SliceRecord.Series, rows: String) {
        let source = try prepared()
        let slices = source.measures(options.selection.reference)
        let taken = options.selection.select(slices)
        let pictures = SlicePictures(source, options)
        let digits = max(4, String(max(0, slices.count - 1)).count)
        let rows = Mutex([String](repeating: "", count: taken.count))
        let manifest = SliceManifest(patient: patient, series: series.name)
        try forEachInParallel(count: taken.count, workers: running.workers) { (i) throws(FormatError) in
            try checkCancelled()
            let paths = try write(taken[i], pictures, digits: digits)
            let row = manifest.row(taken[i], paths: paths)
            rows.withLock { $0[i] = row }
        }
        let entry = SliceRecord.Series(
            name: series.name, identity: series.identity, slices: slices.count, taken: taken.count,
            size: [source.volume.width, source.volume.height], spacingMillimetres: source.roundedSpacing,
            notes: source.notes)
        return (entry, rows.withLock { $0.joined() })
    }

    private func checkCancelled() throws(FormatError) {
        if running.isCancelled() { throw FormatError(.interrupted, file: folder.place, found: "interrupted") }
    }

    private func prepared() throws(FormatError) -> SliceSource {
        try checkCancelled()
        let source = try series.load()
        func refuse(_ expected: String, _ found: String) -> FormatError {
            FormatError(.invalidRequest, file: series.name, expected: expected, found: found)
        }
        guard source.mask != nil || !options.needsMask else { throw refuse("a mask for these options", "none") }
        guard source.body != nil || !options.needsBody else { throw refuse("a mask of the body for a ratio", "none") }
        do throws(ImageError) {
            return try source.prepared(
                options.orientation, spacing: options.spacingMillimetres, workers: running.workers)
        } catch {
            throw FormatError(.invalidRequest, file: series.name, found: error.description)
        }
    }

    /// Writes the pictures of a slice; gives their paths.
    private func write(
        _ slice: SliceMeasure, _ pictures: SlicePictures, digits: Int
    ) throws(FormatError) -> [SliceKind: String] {
        let number = String(slice.index)
        let name = String(repeating: "0", count: digits - number.count) + number
        var paths: [SliceKind: String] = [:]
        for kind in SliceKind.allCases where options.kinds.contains(kind) {
            do throws(FormatError) {
                guard let bytes = try pictures.file(kind, slice) else { continue }
                let path = "\(SliceFolder.name(series.name))/\(kind.rawValue)/\(name).\(options.format.rawValue)"
                try folder.write(bytes, to: path)
                paths[kind] = path
            } catch {
                var located = error
                if error.code == .invalidRequest { located.file = "\(series.name): \(error.file)" }
                throw located
            }
        }
        return paths
    }
}
