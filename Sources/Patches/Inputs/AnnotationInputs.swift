import Annotations
public import Formats

/// The annotation files of a batch, found by the base name that they share with their slide.
public struct AnnotationInputs: Sendable {
    private let files: [String: [FoundFile]]
    /// Inputs that do not exist.
    public let failures: [FormatError]

    /// Searches files and folders for annotations.
    public init(_ inputs: [String]) {
        let (found, failures) = FileSearch.files(in: inputs) {
            AnnotationFiles.extensions.contains(FileSearch.pathExtension($0))
        }
        files = Dictionary(grouping: found) { FileSearch.baseName($0.path) }
        self.failures = failures
    }

    /// The annotation file of a slide, or `nil`.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when two files have the slide's name.
    public func file(for slide: SlideInput) throws(FormatError) -> String? {
        guard let candidates = files[slide.name] ?? files[FileSearch.baseName(slide.path)] else { return nil }
        guard candidates.count == 1 else {
            throw FormatError(
                .invalidRequest, file: slide.path, expected: "one annotation file",
                found: candidates.map(\.path).joined(separator: " and "))
        }
        return candidates[0].path
    }

    /// Every file, sorted by path.
    public var all: [FoundFile] { files.values.flatMap(\.self).sorted { $0.path < $1.path } }

    /// One line for each file that belongs to none of the slides, sorted by path.
    ///
    /// Files found in a folder count only when the slides were searched in a folder, too: whoever names single slides
    /// does not mean all annotations.
    func orphanFailures(among slides: [SlideInput], namedSlides: [String]) -> [String] {
        let names = Set(slides.flatMap { [$0.name, FileSearch.baseName($0.path)] })
        let searchesFolders = slides.contains { !namedSlides.contains($0.path) }
        return all.filter { !names.contains(FileSearch.baseName($0.path)) && ($0.isNamed || searchesFolders) }.map {
            "\($0.path): expected a slide named \(FileSearch.baseName($0.path)), found none"
        }
    }
}
