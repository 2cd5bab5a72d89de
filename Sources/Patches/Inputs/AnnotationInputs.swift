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
    /// Where several slides share a base name, each has the annotation file that lies in a folder of the same name.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when several files could be the slide's, or several slides
    ///   could be the file's.
    public func file(for slide: SlideInput) throws(FormatError) -> String? {
        let base = FileSearch.baseName(slide.path)
        guard var candidates = files[slide.name] ?? files[base] else { return nil }
        // A mask without a slide has the annotation file itself as its input.
        if candidates.contains(where: { $0.path == slide.path }) { return slide.path }
        let sharesName = slide.name != base && files[slide.name] == nil
        if sharesName || candidates.count > 1 {
            let near = candidates.filter { Self.lieAlike($0, slide) }
            if !near.isEmpty || sharesName && candidates.allSatisfy({ $0.relativePath.contains("/") }) {
                candidates = near
            } else if sharesName {
                throw refusal(
                    slide, "an annotation file for one slide", "\(candidates[0].path) for several named \(base)")
            }
        }
        guard candidates.count <= 1 else {
            throw refusal(slide, "one annotation file", candidates.map(\.path).joined(separator: " and "))
        }
        return candidates.first?.path
    }

    /// Whether the folders between an input and its annotation file are the last ones above the slide, too.
    private static func lieAlike(_ file: FoundFile, _ slide: SlideInput) -> Bool {
        guard let folder = FilePaths.parent(of: file.relativePath), let above = FilePaths.parent(of: slide.path) else {
            return false
        }
        return above == folder || above.hasSuffix("/" + folder)
    }

    private func refusal(_ slide: SlideInput, _ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: slide.path, expected: expected, found: found)
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
