import Formats

/// The formats of annotation files.
enum AnnotationFormat {
    case asap

    /// Tells the format from the content.
    static func detect(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) -> AnnotationFormat {
        .asap
    }
}
