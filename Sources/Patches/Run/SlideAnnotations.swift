import Annotations
import Formats

/// The annotation files of a batch with the classes that they are read with.
struct BatchAnnotations: Sendable {
    let inputs: AnnotationInputs
    let classes: ClassMap

    private let reading: AnnotationReading

    /// Finds the files; without a class map reads all of them to learn their classes.
    ///
    /// Files that cannot be read count only when their slide is done.
    init(_ paths: [String], classes: ClassMap?, reading: AnnotationReading) {
        inputs = AnnotationInputs(paths)
        self.reading = reading
        self.classes = classes ?? Self.inferredClasses(inputs, reading)
    }

    private static func inferredClasses(_ inputs: AnnotationInputs, _ reading: AnnotationReading) -> ClassMap {
        var names: Set<String> = []
        for file in inputs.all {
            // The resolution does not matter for names.
            guard let options = try? reading.options(for: nil, mpp: 1, path: file.path),
                let set = try? AnnotationFiles.read(path: file.path, options: options)
            else { continue }
            names.formUnion(set.classKeys)
        }
        return ClassMap.inferred(from: names)
    }

    /// The regions of one input; `nil` when it has no annotation file.
    ///
    /// - Throws: ``FormatError`` when the file cannot be read or has a class that the map does not know.
    func resolve(_ input: SlideInput, slide: (any Slide)?, mpp: Double?) throws(FormatError) -> Resolved? {
        guard let path = try inputs.file(for: input) else { return nil }
        let set = try AnnotationFiles.read(path: path, options: reading.options(for: slide, mpp: mpp, path: path))
        let resolved = try classes.resolve(set)
        return Resolved(path: path, annotations: resolved, warnings: set.warnings + resolved.warnings)
    }

    /// The regions of one slide and where they come from.
    struct Resolved: Sendable {
        let path: String
        let annotations: ResolvedAnnotations
        let warnings: [String]
    }
}

extension ClassMap {
    /// The classes with no region of them.
    var nothing: ResolvedAnnotations {
        ResolvedAnnotations(layers: [], classNames: classes.map(\.name), classLabels: classes.map(\.label))
    }
}
