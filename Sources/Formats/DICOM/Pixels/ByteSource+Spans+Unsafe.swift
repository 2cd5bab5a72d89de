extension ByteSource {
    /// Reads bytes straight into a part of memory that the caller owns.
    ///
    /// - Precondition: the part lies inside the memory.
    /// - Throws: what ``read(at:into:)`` throws.
    func read(at offset: Int, count: Int, into bytes: inout MutableRawSpan, from place: Int) throws(FormatError) {
        precondition(count >= 0 && place >= 0 && place + count <= bytes.byteCount, "the memory has room")
        try unsafe bytes.withUnsafeMutableBytes { buffer throws(FormatError) in
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[place..<place + count])
            try unsafe read(at: offset, into: part)
        }
    }
}
