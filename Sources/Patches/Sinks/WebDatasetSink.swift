import Formats
import ImageCore
import Synchronization

/// Tar shards as WebDataset reads them: `shards/<slide>-000000.tar` with `<key>.jpg` and `<key>.json` for each patch.
///
/// A key holds no dot, since WebDataset splits names at the first one; the JSON tells the true slide name.
final class WebDatasetSink: PatchSink {
    private struct State {
        var archive: TarWriter?
        var path = ""
        var shards = 0
        var patchesInShard = 0
    }

    private let staging: StagedOutput
    private let encoder: PatchEncoder
    private let size: Int
    private let slide: String
    private let classes: [String]
    private let state = Mutex(State())

    /// Patches per shard.
    static let shardLength = 4096

    init(staging: StagedOutput, encoder: PatchEncoder, size: Int, slide: String, classes: [String]) {
        self.staging = staging
        self.encoder = encoder
        self.size = size
        self.slide = slide
        self.classes = classes
    }

    func prepare(_ item: PatchItem, _ samples: Span<UInt8>) throws(FormatError) -> [UInt8] {
        try encoder.encode(samples, size: size)
    }

    func store(_ item: PatchItem, _ bytes: [UInt8]) throws(FormatError) -> PatchLocation {
        let key = String(item.name.map { $0 == "." || $0 == "/" ? "_" : $0 })
        let description = PatchDescription(item, classes: classes)
        let result = state.withLock { state in
            Result { () throws(FormatError) in
                let archive = try openShard(&state)
                let offset = try archive.add("\(key).\(encoder.encoding.fileExtension)", bytes)
                _ = try archive.add("\(key).json", CanonicalJSON.encode(description, pretty: false))
                state.patchesInShard += 1
                return PatchLocation(path: state.path, offset: offset)
            }
        }
        return try result.get()
    }

    func finish() throws(FormatError) {
        try state.withLock { state in Result { () throws(FormatError) in try state.archive?.close() } }.get()
    }

    private func openShard(_ state: inout State) throws(FormatError) -> TarWriter {
        if let archive = state.archive, state.patchesInShard < Self.shardLength { return archive }
        try state.archive?.close()
        let number = String(state.shards)
        state.path = "shards/\(slide)-\(String(repeating: "0", count: max(0, 6 - number.count)))\(number).tar"
        let archive = try TarWriter(path: staging.prepare(state.path))
        state.archive = archive
        state.shards += 1
        state.patchesInShard = 0
        return archive
    }
}

/// What the JSON beside a patch says.
struct PatchDescription: Encodable {
    let slide: String
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    let tissue: Double
    let label: String?
    let coverage: [String: Double]?

    init(_ item: PatchItem, classes: [String]) {
        let patch = item.patch
        slide = item.slide
        (x, y, width, height) = (patch.area.x, patch.area.y, patch.area.width, patch.area.height)
        tissue = rounded(patch.tissue)
        label = patch.label.isEmpty ? nil : patch.label
        coverage =
            classes.isEmpty
            ? nil
            : Dictionary(zip(classes, patch.coverage.map { rounded($0) }), uniquingKeysWith: { first, _ in first })
    }
}
