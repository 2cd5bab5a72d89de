import Formats
import FoundationEssentials
import ImageCore

/// `manifest.csv`: one row per patch of every finished slide, sorted by slide, rows of a slide from top to bottom.
///
/// Each slide's rows are kept in `slides/<slide>.csv`, from which the whole is put together anew at the end of every run.
struct Manifest {
    let classes: [String]

    /// The first line.
    var header: String {
        (["patch", "slide", "x", "y", "width", "height", "level", "downsample", "mpp", "tissue", "label"] + classes
            + ["path", "offset"]).map(Self.quoted).joined(separator: ",") + "\n"
    }

    /// The line of one patch.
    func row(_ item: PatchItem, scale: ResolvedScale, location: PatchLocation?) -> String {
        let patch = item.patch
        var fields = [item.name, item.slide].map(Self.quoted)
        fields += [patch.area.x, patch.area.y, patch.area.width, patch.area.height, scale.level].map { String($0) }
        fields += [exact(scale.downsample), scale.mpp.map(decimal) ?? "", decimal(patch.tissue)]
        fields.append(Self.quoted(patch.label))
        fields += patch.coverage.map(decimal)
        fields += [Self.quoted(location?.path ?? ""), location?.offset.map { String($0) } ?? ""]
        return fields.joined(separator: ",") + "\n"
    }

    /// Puts the rows of all finished slides together.
    ///
    /// Shards of a run may end at the same time: they take turns, and the last one sees the rows of all.
    func assemble(in folder: String) throws(FormatError) {
        let lock = try FileLock(path: "\(folder)/run.json")
        defer { _ = consume lock }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/slides")
        } catch {
            throw FormatError.system("\(folder)/slides", "list")
        }
        FilePaths.removeParts(of: "manifest.csv", in: folder)
        let file = try AtomicFile(path: "\(folder)/manifest.csv")
        try file.write([UInt8](header.utf8))
        for slide in names.filter({ $0.hasSuffix(".csv") }).map({ $0.dropLast(4) }).sorted() {
            let record = CanonicalJSON.decode(SlideRecord.self, from: "\(folder)/slides/\(slide).json")
            guard record?.status == .done else { continue }
            try file.write(ByteSource(path: "\(folder)/slides/\(slide).csv").all())
        }
        try file.commit()
    }

    /// A field as RFC 4180 wants it.
    static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
