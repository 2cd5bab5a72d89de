public import Formats
import FoundationEssentials
import Glibc

/// The output folder of a batch: its parameters, one record per slide, and what becomes of them when a run is repeated.
///
/// `run.json` holds every parameter that decides over the outputs; a folder in which a slide is finished can only be
/// continued with the same ones.
public struct RunFolder: Sendable {
    /// The folder.
    public let path: String

    /// Opens a folder for a run, creating it when needed.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - parameters: Everything that decides over the outputs, as `run.json` will say it.
    /// - Throws: ``FormatError`` when the folder cannot be written or holds a run with other parameters.
    public init(path: String, parameters: some Encodable) throws(FormatError) {
        self.path = path
        try OutputFolder.create("\(path)/slides")
        let file = "\(path)/run.json"
        let wanted = CanonicalJSON.encode(parameters)
        if FilePaths.exists(file), hasFinishedSlides {
            let found = JSONValue(try ByteSource(path: file).all())
            guard let difference = RunParameters.difference(found, JSONValue(wanted)) else { return }
            throw FormatError(
                .invalidRequest, file: file, place: difference.key,
                expected: "\(difference.found) as in the run that the folder holds (or another --output)",
                found: "\(difference.wanted)")
        }
        try AtomicFile.write(wanted, to: file)
    }

    /// Whether an earlier run finished anything: until then the parameters may still change.
    private var hasFinishedSlides: Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/slides")) ?? []
        return names.contains { name in
            name.hasSuffix(".json")
                && CanonicalJSON.decode(SlideRecord.self, from: "\(path)/slides/\(name)")?.status == .done
        }
    }

    /// The record of a slide that an earlier run finished, if its outputs are there and no file that they were made
    /// from has changed since.
    func finishedRecord(of slide: SlideInput, companions: [String]) -> SlideRecord? {
        guard let record = CanonicalJSON.decode(SlideRecord.self, from: recordPath(slide.name)),
            record.status == .done, record.input == InputIdentity(ofFile: slide.path),
            record.companions == InputIdentity.identities(of: companions),
            record.outputs.allSatisfy({ FilePaths.exists("\(path)/\($0)") })
        else { return nil }
        return record
    }

    /// Removes what an earlier run left of a slide that is done again.
    ///
    /// The record goes last, and does not say "done" any more while outputs are removed: a run that is killed
    /// meanwhile is completed by the next one.
    func removeOutputs(of slide: SlideInput) {
        guard var record = CanonicalJSON.decode(SlideRecord.self, from: recordPath(slide.name)) else { return }
        if record.status == .done {
            record.status = .unfinished
            do throws(FormatError) { try write(record) } catch { FilePaths.remove(recordPath(slide.name)) }
        }
        for output in record.outputs { FilePaths.remove("\(path)/\(output)") }
        FilePaths.remove(recordPath(slide.name))
    }

    /// Writes a slide's record, by way of the slide's staging folder: what a killed run leaves is removed with that.
    func write(_ record: SlideRecord) throws(FormatError) {
        let staging = StagedOutput.folder(output: path, name: record.slide)
        try OutputFolder.create(staging)
        try AtomicFile.write(CanonicalJSON.encode(record), to: "\(staging)/record.json")
        try OutputFolder.rename("\(staging)/record.json", to: recordPath(record.slide))
    }

    /// Removes what a killed run left of a slide that needs nothing more.
    func removeStaging(of slide: SlideInput) {
        FilePaths.remove(StagedOutput.folder(output: path, name: slide.name))
    }

    /// Removes the staging folder when no slide uses it, and what killed runs left of `run.json`.
    func tidy() {
        unsafe rmdir("\(path)/.partial")
        FilePaths.removeParts(of: "run.json", in: path)
    }

    private func recordPath(_ name: String) -> String { "\(path)/slides/\(name).json" }
}
