public import Formats

/// Reads annotation files of every known format.
public enum AnnotationFiles {
    /// Extensions of the files that can hold annotations, lower case, without the dot.
    public static let extensions = ["xml", "geojson", "json", "annotations", "csv", "tsv", "txt"]

    /// Reads an annotation file.
    ///
    /// The format is told from the content: XML by its elements (ASAP, ImageScope, HALO), JSON by its first character
    /// (GeoJSON), any other text is a table.
    ///
    /// - Throws: ``FormatError`` that names the file, the line, element or feature, what was expected and what was found.
    public static func read(
        path: String, options: AnnotationOptions = AnnotationOptions()
    ) throws(FormatError) -> AnnotationSet {
        try read(ByteSource(path: path), options: options)
    }

    /// Reads annotations from a file or from memory.
    ///
    /// - Throws: as ``read(path:options:)``.
    public static func read(
        _ source: ByteSource, options: AnnotationOptions = AnnotationOptions()
    ) throws(FormatError) -> AnnotationSet {
        guard source.count <= options.limits.bytes else {
            throw FormatError(
                .limitExceeded, file: source.name, expected: "at most \(options.limits.bytes) bytes",
                found: "\(source.count)")
        }
        switch try AnnotationFormat.detect(source, limits: options.limits) {
        case .asap: return try ASAPReader.read(source, options: options)
        case .layeredRegions: return try LayeredRegionsReader.read(source, options: options)
        case .geoJSON: return try GeoJSONReader.read(source, options: options)
        case .table: return try TableReader.read(source, options: options)
        }
    }
}
