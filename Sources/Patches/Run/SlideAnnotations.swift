import Annotations
import Formats
import ImageCore

/// The annotation files of a batch with the classes that they are read with.
struct BatchAnnotations: Sendable {
    let inputs: AnnotationInputs
    let classes: ClassMap

    /// Whether ``classes`` are all there are: `false` when a file that could hold more cannot be read.
    let knowsAllClasses: Bool

    private let paths: [String]
    private let reading: AnnotationReading

    /// Finds the files; without a class map reads all of them to learn their classes.
    ///
    /// Files that cannot be read count only when their slide is done.
    init(_ paths: [String], classes: ClassMap?, reading: AnnotationReading) {
        self.paths = paths
        inputs = AnnotationInputs(paths)
        self.reading = reading
        if let classes {
            (self.classes, knowsAllClasses) = (classes, true)
        } else {
            (self.classes, knowsAllClasses) = Self.inferredClasses(inputs, reading)
        }
    }

    private static func inferredClasses(
        _ inputs: AnnotationInputs, _ reading: AnnotationReading
    ) -> (classes: ClassMap, areAll: Bool) {
        var names: Set<String> = []
        var areAll = true
        for file in inputs.all {
            // The resolution does not matter for names.
            if let options = try? reading.options(for: nil, mpp: 1, path: file.path),
                let set = try? AnnotationFiles.read(path: file.path, options: options)
            {
                names.formUnion(set.classKeys)
            } else {
                areAll = false
            }
        }
        return (ClassMap.inferred(from: names), areAll)
    }

    /// The annotation file of an input, for noticing that it was changed.
    func companions(of input: SlideInput) -> [String] {
        (try? inputs.file(for: input)).flatMap(\.self).map { [$0] } ?? []
    }

    /// A line about folders that were named and hold no annotations at all.
    var emptinessFailures: [String] {
        guard !paths.isEmpty, inputs.all.isEmpty, inputs.failures.isEmpty else { return [] }
        return ["\(paths.joined(separator: ", ")): expected annotation files, found none"]
    }

    /// The regions of one input; `nil` when it has no annotation file.
    ///
    /// - Throws: ``FormatError`` when the file cannot be read or has a class that the map does not know.
    func resolve(
        _ input: SlideInput, slide: (any Slide)?, canvas: PixelSize, mpp: Double?
    ) throws(FormatError) -> Resolved? {
        guard let path = try inputs.file(for: input) else { return nil }
        let set = try AnnotationFiles.read(path: path, options: reading.options(for: slide, mpp: mpp, path: path))
        let resolved = try classes.resolve(set)
        let warnings = set.warnings + resolved.warnings + resolved.warnings(outside: canvas)
        return Resolved(path: path, annotations: resolved, warnings: warnings)
    }

    /// The regions of one slide and where they come from.
    struct Resolved: Sendable {
        let path: String
        let annotations: ResolvedAnnotations
        let warnings: [String]
    }
}

extension ResolvedAnnotations {
    /// A line about regions that do not meet the slide: a sign of another unit or another slide.
    fileprivate func warnings(outside canvas: PixelSize) -> [String] {
        let outside = layers.filter { layer in
            layer.polygons.allSatisfy { polygon in
                let (xs, ys) = (polygon.outer.map(\.x), polygon.outer.map(\.y))
                guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
                    return true
                }
                return right <= 0 || bottom <= 0 || left >= Double(canvas.width) || top >= Double(canvas.height)
            }
        }
        guard let first = outside.first else { return [] }
        let size = "\(canvas.width) x \(canvas.height)"
        return ["\(first.place): \(outside.count) of \(layers.count) regions lie outside the slide of \(size) pixels"]
    }
}

extension ClassMap {
    /// The classes in one line: names and labels.
    var summary: String { classes.map { "\($0.name) \($0.label)" }.joined(separator: ", ") }

    /// The classes with no region of them.
    var nothing: ResolvedAnnotations {
        ResolvedAnnotations(layers: [], classNames: classes.map(\.name), classLabels: classes.map(\.label))
    }
}
