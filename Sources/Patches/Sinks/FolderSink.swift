import Formats

/// One file per patch: `patches/[<label>/]<slide>/<name>.<extension>`.
final class FolderSink: PatchSink {
    private let staging: StagedOutput
    private let encoder: PatchEncoder
    private let size: Int

    init(staging: StagedOutput, encoder: PatchEncoder, size: Int) {
        self.staging = staging
        self.encoder = encoder
        self.size = size
    }

    func prepare(_ item: PatchItem, _ samples: Span<UInt8>) throws(FormatError) -> [UInt8] {
        let bytes = try encoder.encode(samples, size: size)
        try staging.write(bytes, to: location(of: item).path)
        return []
    }

    func store(_ item: PatchItem, _ bytes: [UInt8]) throws(FormatError) -> PatchLocation { location(of: item) }

    func finish() throws(FormatError) {}

    private func location(of item: PatchItem) -> PatchLocation {
        PatchLocation(path: "patches/\(item.folder)/\(item.name).\(encoder.encoding.fileExtension)")
    }
}
