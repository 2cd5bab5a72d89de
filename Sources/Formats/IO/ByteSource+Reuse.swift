extension ByteSource {
    /// Reads bytes into an array that is kept from call to call; it gets exactly the size asked for.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/truncated`` when the source ends before; nothing is allocated then.
    package func read(at offset: Int, count wanted: Int, into bytes: inout [UInt8]) throws(FormatError) {
        guard wanted >= 0, offset >= 0, offset <= count, wanted <= count - offset else {
            throw FormatError(
                .truncated, file: name, place: "offset \(offset)", expected: "\(wanted) bytes",
                found: "\(max(0, count - max(0, offset)))")
        }
        if bytes.count > wanted { bytes.removeLast(bytes.count - wanted) }
        if bytes.count < wanted { bytes.append(contentsOf: repeatElement(0, count: wanted - bytes.count)) }
        var failure: FormatError?
        unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(FormatError) { try unsafe read(at: offset, into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
