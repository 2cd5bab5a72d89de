extension DecodeLimits {
    /// Checks the sizes of an image of any rank before memory for it is taken.
    ///
    /// - Parameters:
    ///   - sizes: Samples along each axis as the file declares them; channels count as an axis.
    ///   - bytesPerSample: Bytes of one decoded sample.
    ///   - file: The file's name, for the error.
    ///   - place: Where in the file the sizes stand, for the error.
    /// - Returns: The number of bytes of all samples.
    /// - Throws: ``FormatError/Code-swift.struct/limitExceeded``, or ``FormatError/Code-swift.struct/corrupt`` for a
    ///   size below 1.
    @discardableResult
    package func check(
        sizes: [Int], bytesPerSample: Int, file: String, place: String? = nil
    ) throws(FormatError) -> Int {
        let text = sizes.map { String($0) }.joined(separator: " x ")
        func refuse(_ limit: String) -> FormatError {
            FormatError(
                .limitExceeded, file: file, place: place, expected: "at most \(limit)", found: "\(text) samples")
        }
        var count = 1
        for size in sizes {
            guard size > 0 else {
                throw FormatError(.corrupt, file: file, place: place, expected: "sizes above 0", found: text)
            }
            guard size <= dimension else { throw refuse("\(dimension) samples along an axis") }
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, product <= pixels else { throw refuse("\(pixels) samples") }
            count = product
        }
        let (total, overflow) = count.multipliedReportingOverflow(by: bytesPerSample)
        guard !overflow, total <= bytes else { throw refuse("\(bytes) bytes") }
        return total
    }
}
