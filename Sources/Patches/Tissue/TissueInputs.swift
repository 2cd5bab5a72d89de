import Formats

/// The tissue masks that somebody else made: one file for all slides, or a folder with one for each.
struct TissueInputs: Sendable {
    private let path: String?
    private let failure: FormatError?
    /// The one file that was named.
    private let single: String?
    private let files: [String: [FoundFile]]

    private static let extensions: Set<String> = ["png", "tif", "tiff", "geojson"]

    /// Searches the path of a method; other methods have no files.
    init(_ method: TissueMethod) {
        guard case .file(let path) = method else {
            (self.path, failure, single, files) = (nil, nil, nil, [:])
            return
        }
        let (found, failures) = FileSearch.files(in: [path]) {
            Self.extensions.contains(FileSearch.pathExtension($0))
        }
        self.path = path
        failure = failures.first
        single = found.first { $0.isNamed }?.path
        files = Dictionary(grouping: found) { FileSearch.baseName($0.path) }
    }

    /// The mask of a slide, by the slide's name or the name with `_tissue`; `nil` when masks do not come from files.
    ///
    /// A picture goes before polygons: `tessera tissue` writes both, and they say the same.
    /// - Throws: ``FormatError`` when there is none, or more than one.
    func file(for slide: SlideInput) throws(FormatError) -> TissueFile? {
        guard let path else { return nil }
        if let failure { throw failure }
        if let single { return TissueFile(path: single) }
        let names = [slide.name, FileSearch.baseName(slide.path)].flatMap { [$0, $0 + "_tissue"] }
        guard let candidates = names.lazy.compactMap({ files[$0] }).first else {
            throw FormatError(
                .invalidRequest, file: slide.path, expected: "a tissue mask named \(slide.name) in \(path)",
                found: "none")
        }
        let pictures = candidates.filter { FileSearch.pathExtension($0.path) != "geojson" }
        let chosen = pictures.isEmpty ? candidates : pictures
        guard chosen.count == 1 else {
            throw FormatError(
                .invalidRequest, file: slide.path, expected: "one tissue mask",
                found: chosen.map(\.path).joined(separator: " and "))
        }
        return TissueFile(path: chosen[0].path)
    }
}
