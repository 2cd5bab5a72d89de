import Annotations
import Formats

extension AnnotationFiles {
    /// Reads annotations from text as if it stood in a file.
    static func read(text: String, name: String = "file", options: AnnotationOptions = AnnotationOptions()) throws
        -> AnnotationSet
    {
        try read(ByteSource(bytes: Array(text.utf8), name: name), options: options)
    }
}

/// The error that reading gives, or `nil`.
func failure(_ text: String, name: String = "file", options: AnnotationOptions = AnnotationOptions()) -> FormatError? {
    failure(bytes: Array(text.utf8), name: name, options: options)
}

/// The error that reading gives, or `nil`.
func failure(bytes: [UInt8], name: String = "file", options: AnnotationOptions = AnnotationOptions()) -> FormatError? {
    do {
        _ = try AnnotationFiles.read(ByteSource(bytes: bytes, name: name), options: options)
        return nil
    } catch {
        return error
    }
}
