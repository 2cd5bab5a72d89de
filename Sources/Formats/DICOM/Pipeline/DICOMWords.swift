extension DICOMDataSet {
    /// A value as 16-bit words in the file's byte order, whatever its VR.
    func words(_ tag: DICOMTag) -> [UInt16]? {
        guard let bytes = bytes(tag) else { return nil }
        let (low, high) = encoding.isBigEndian ? (1, 0) : (0, 1)
        return (0..<bytes.count / 2).map { UInt16(bytes[2 * $0 + low]) | UInt16(bytes[2 * $0 + high]) << 8 }
    }

    /// A value as bytes in the order of their words' lower, then upper half, whatever its VR and the file's byte order.
    func bytesOfWords(_ tag: DICOMTag) -> [UInt8]? {
        guard let element = element(tag), let bytes = bytes(tag) else { return nil }
        guard encoding.isBigEndian, element.vr != .ob else { return bytes }
        return bytes.indices.map { bytes[min($0 ^ 1, bytes.count - 1)] }
    }

    /// A number of 16 bits that may be signed.
    func word(_ tag: DICOMTag) -> Int? { words(tag)?.first.map { Int($0) } }
}
