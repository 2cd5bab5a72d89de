import Formats
import Patches

/// The outputs of one object in the output folder: its label volumes, and the table that names them.
struct RegionFolder {
    let folder: String
    let name: String
    let ending: String

    /// The table: it comes last, so that where it is, all is there.
    private var table: String { "\(folder)/\(tableName)" }
    private var tableName: String { "\(name).json" }
    /// A hidden folder that the files are written into first, so that none appears when the user stops or the disk is full.
    private var staging: String { "\(folder)/.\(name).partial" }

    /// The file of a layer.
    func volumeName(layer: Int) -> String { name + (layer == 0 ? "" : "_layer\(layer + 1)") + ending }

    /// All files of some layers, those beside the header of a volume included.
    func files(layers: Int) -> [String] {
        let volumes = (0..<layers).flatMap { layer in
            VolumeFile(path: "\(folder)/\(volumeName(layer: layer))")?.files(isRaw: false) ?? []
        }
        return volumes + [table]
    }

    /// The record of an earlier run.
    private var earlier: RegionRecord? { CanonicalJSON.decode(RegionRecord.self, from: table) }

    /// Whether an earlier run for the same was stopped while it moved its files here.
    private func wasMoving(_ wanted: RegionRecord.MadeFrom) -> Bool {
        CanonicalJSON.decode(RegionRecord.self, from: "\(staging)/\(tableName)")?.madeFrom == wanted
    }

    /// The record of labels that are there already and would come out the same; `nil` when there is work to do.
    ///
    /// - Throws: `invalidRequest` for other outputs that would be replaced without having been asked for.
    func finished(
        _ wanted: RegionRecord.MadeFrom, _ replacing: OverwriteArguments, inputs: [String]
    ) throws(FormatError) -> RegionRecord? {
        if !replacing.overwrite, let earlier, let found = earlier.madeFrom {
            guard found == wanted else { throw refusal(earlier.object, found, wanted) }
            let isWhole = earlier.layers.allSatisfy { FilePaths.exists("\(folder)/\($0.file)") }
            return isWhole ? earlier : nil
        }
        try check(layers: 1, wanted, replacing, inputs: inputs)
        return nil
    }

    private func refusal(
        _ object: String, _ found: RegionRecord.MadeFrom, _ wanted: RegionRecord.MadeFrom
    ) -> FormatError {
        let other = "(or another --output, or --overwrite)"
        if found.inputs != wanted.inputs {
            return FormatError(
                .invalidRequest, file: table, expected: "no labels of another object or series \(other)",
                found: "those of \(object) (\(found.inputs))")
        }
        let option = found.option(differingFrom: wanted)
        return FormatError(
            .invalidRequest, file: table, place: option?.name,
            expected: "\(option?.found ?? "the same") as for the labels that are there \(other)",
            found: option?.wanted ?? "another")
    }

    /// Refuses outputs that are there already, unless they are to be replaced, or are those of a run for the same that was stopped.
    func check(
        layers: Int, _ wanted: RegionRecord.MadeFrom, _ replacing: OverwriteArguments, inputs: [String]
    ) throws(FormatError) {
        if !replacing.overwrite, earlier?.madeFrom == wanted || wasMoving(wanted) { return }
        try replacing.check(files(layers: layers), inputs: inputs)
    }

    /// Writes the files; those of an earlier run for an object of this name that are not replaced are removed.
    func write(_ record: RegionRecord, _ volume: (Int, VolumeFile) throws(FormatError) -> Void) throws(FormatError) {
        try OutputFolder.create(folder)
        FilePaths.remove(staging)
        defer { FilePaths.remove(staging) }
        try OutputFolder.create(staging)
        for layer in record.layers.indices {
            guard let file = VolumeFile(path: "\(staging)/\(volumeName(layer: layer))") else { continue }
            try volume(layer, file)
        }
        try AtomicFile.write(CanonicalJSON.encode(record), to: "\(staging)/\(tableName)")
        try Interrupt.check(table)
        let names = FilePaths.names(in: staging).filter { $0 != tableName }
        let stale = earlier.map { filesNamed(by: $0) } ?? []
        if !stale.isEmpty { FilePaths.remove(table) }
        for name in stale where !names.contains(name) { FilePaths.remove("\(folder)/\(name)") }
        for name in names + [tableName] { try FilePaths.rename("\(staging)/\(name)", to: "\(folder)/\(name)") }
    }

    /// The files of a record, as far as they can be those of an object of this name.
    private func filesNamed(by record: RegionRecord) -> [String] {
        let named = record.layers.map(\.file).filter { file in
            !file.contains("/") && (file.hasPrefix("\(name).") || file.hasPrefix("\(name)_layer"))
        }
        let files = named.compactMap { VolumeFile(path: $0) }.flatMap { $0.files(isRaw: false) + $0.files(isRaw: true) }
        return Array(Set(files)).sorted()
    }
}
