/// Appends bytes at the speed of memory.
func appendBytes(_ bytes: borrowing RawSpan, to file: inout OutputSpan<UInt8>) {
    precondition(file.freeCapacity >= bytes.byteCount, "room for the bytes")
    unsafe bytes.withUnsafeBytes { source in
        unsafe file.withUnsafeMutableBufferPointer { buffer, count in
            guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
            unsafe UnsafeMutableRawPointer(to + count).copyMemory(from: from, byteCount: source.count)
            count += source.count
        }
    }
}
