import Formats
import FoundationEssentials
import Glibc

/// The outputs of one patient, gathered in a hidden folder beside their place and moved there when all are whole.
///
/// A run that is killed leaves at most the hidden folder, which the next run of the same patient removes first.
struct SliceFolder: Sendable {
    let place: String
    let staging: String

    /// The places of a patient; nothing is touched.
    init(output: String, patient: String) {
        place = "\(output)/\(patient)"
        // An ending that no lock has, whatever patients are called.
        staging = "\(output)/.partial/\(patient).slices"
    }

    /// The right to work on the patient; an error when another process has it.
    func lock() throws(FormatError) -> InputLock {
        let slash = place.lastIndex(of: "/") ?? place.startIndex
        return try InputLock(
            output: String(place[..<slash]), name: String(place[slash...].dropFirst()))
    }

    /// Starts with an empty staging folder.
    func begin() throws(FormatError) {
        Self.remove(staging)
        try OutputFolder.create(staging)
    }

    /// Writes a file below the staging folder.
    func write(_ bytes: [UInt8], to name: String) throws(FormatError) {
        if let slash = name.lastIndex(of: "/") { try OutputFolder.create("\(staging)/\(name[..<slash])") }
        try AtomicFile.write(bytes, to: "\(staging)/\(name)")
    }

    /// Throws away what was gathered and starts anew.
    func restart() throws(FormatError) { try begin() }

    /// What lies at the patient's place.
    func earlier() -> Earlier {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        if let record { return .record(record) }
        var status = stat()
        guard unsafe lstat(place, &status) == 0 else { return .nothing }
        let isEmpty = names.isEmpty && status.st_mode & S_IFMT == S_IFDIR
        return isEmpty ? .nothing : names.contains("patient.json") ? .unreadableRecord : .other
    }

    /// What an earlier run or somebody else left at the patient's place.
    enum Earlier {
        case nothing
        case record(SliceRecord)
        /// A record that this version cannot read.
        case unreadableRecord
        /// Nothing that slices were written to.
        case other
    }

    /// Moves everything to its place in one step; what was there before is replaced.
    func commit() throws(FormatError) {
        Self.remove(place)
        guard unsafe rename(staging, place) == 0 else { throw .system(place, "rename") }
    }

    /// Removes the folder of what is being gathered, unless other patients are at work: then it stays.
    func tidy() { unsafe rmdir(String(staging[..<(staging.lastIndex(of: "/") ?? staging.endIndex)])) }

    /// Removes what was gathered.
    func discard() { Self.remove(staging) }

    private static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// The record of a patient that is done.
    var record: SliceRecord? {
        guard let bytes = try? ByteSource(path: "\(place)/patient.json").all() else { return nil }
        return try? JSONDecoder().decode(SliceRecord.self, from: Data(bytes))
    }

    /// The record's bytes: keys sorted, so that they depend on the record alone.
    static func encode(_ record: SliceRecord) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(record) else { preconditionFailure("records are encodable") }
        return [UInt8](data) + [0x0A]
    }
}
