extension Pipeline {
    /// Reads a pipeline from YAML, JSON or ECVL's text, whichever it is by its content.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - file: The name of the file, for messages.
    ///   - table: The transforms that may be named.
    /// - Throws: ``AugmentError/pipeline(place:expected:found:)`` with line and column.
    public init(detecting text: String, file: String = "", table: TransformTable = .builtIn) throws(AugmentError) {
        if ECVLParser.matches(text) {
            try self.init(ecvl: text, file: file, table: table)
        } else {
            try self.init(parsing: text, file: file, table: table)
        }
    }
}
