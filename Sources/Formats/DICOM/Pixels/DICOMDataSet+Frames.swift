extension DICOMDataSet {
    /// Number of Frames (0028,0008) as declared.
    ///
    /// Some programs write 0 for pictures of one frame; what that means is the caller's matter.
    /// - Parameter file: The name of the file, for the error.
    /// - Returns: A number from 0; 1 where the attribute is absent or empty.
    /// - Throws: ``FormatError/Code-swift.struct/corrupt`` for what is no number of frames: below 0, no whole number.
    public func declaredFrames(file: String) throws(FormatError) -> Int {
        let number = integer(.numberOfFrames)
        guard let found = number.map({ "\($0)" }) ?? text(.numberOfFrames), !found.isEmpty else { return 1 }
        if let number, number >= 0 { return number }
        throw FormatError(
            .corrupt, file: file, place: "Number of Frames \(DICOMTag.numberOfFrames)",
            expected: "a whole number from 1", found: "\"\(found.prefix(64))\"")
    }
}
