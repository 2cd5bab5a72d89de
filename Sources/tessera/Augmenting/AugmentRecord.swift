import Augment
import Formats
import ImageCore
import Patches

/// What a run of `augment` does, as `run.json` says it.
struct AugmentRun: Codable, Sendable {
    var command = "augment"
    var version = tesseraVersion
    let pipeline: Pipeline
    let identifier: String
    let seed: UInt64
    let epoch: Int
    let count: Int
    let alpha: AlphaHandling
    let format: AugmentFormat
    let shards: Bool

    /// The first parameter in which an earlier run differs; more variants of the same may be added to files, not to shards.
    func difference(from earlier: AugmentRun) -> (name: String, expected: String, found: String)? {
        let pairs = [
            ("version", earlier.version, version), ("pipeline", earlier.identifier, identifier),
            ("seed", "\(earlier.seed)", "\(seed)"),
            ("epoch", "\(earlier.epoch)", "\(epoch)"), ("alpha", earlier.alpha.rawValue, alpha.rawValue),
            ("format", earlier.format.rawValue, format.rawValue),
            ("shards", "\(earlier.shards)", "\(shards)"),
            ("count", shards ? "\(earlier.count)" : "", shards ? "\(count)" : ""),
        ]
        return pairs.first { $0.1 != $0.2 }.map { (name: $0.0, expected: $0.1, found: $0.2) }
    }
}

/// What stands beside each output: enough to make it again.
struct AugmentRecord: Codable, Sendable {
    /// What was drawn.
    let record: Record
    /// The image's file.
    let input: SourceFile
    /// The mask's file.
    let mask: SourceFile?
    /// The files that were written, in the folder of this one.
    let outputs: [WrittenFile]
}

/// A file that was written.
struct WrittenFile: Codable, Hashable, Sendable {
    /// Its name.
    let path: String
    /// Its size.
    let bytes: Int

    /// A file by its parts.
    init(path: String, bytes: Int) {
        self.path = path
        self.bytes = bytes
    }

    /// A file that is there.
    init(_ file: String) throws(FormatError) {
        self.init(path: FileSearch.lastComponent(file), bytes: try ByteSource(path: file).count)
    }

    /// Whether a folder holds the file in its whole size.
    func isWhole(in folder: String) -> Bool { (try? WrittenFile(folder + path)) == self }
}

/// A file that outputs were made from, by its content: copies on other machines are the same.
struct SourceFile: Codable, Hashable, Sendable {
    let path: String
    let bytes: Int
    let crc32: UInt32

    init(_ file: String, shownAs path: String) throws(FormatError) {
        let source = try ByteSource(path: file)
        self.path = path
        bytes = source.count
        crc32 = try source.checksum()
    }

    /// The mask's file of an input; `nil` without one.
    init?(maskOf input: AugmentInput) throws(FormatError) {
        guard let mask = input.mask else { return nil }
        try self.init(mask, shownAs: FileSearch.lastComponent(mask))
    }
}

extension SampleShape {
    /// The shape of what a file will decode to.
    init(_ info: FrameInfo) {
        self.init(
            axes: info.axes, sizes: info.sizes, kind: info.kind, color: info.color, domain: info.domain,
            geometry: info.geometry)
    }
}
