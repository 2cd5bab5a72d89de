/// A table that gives a value for each stored value: LUT Descriptor and LUT Data, PS3.3 C.11.1.1 and C.7.6.3.1.5.
public struct DICOMLookupTable: Sendable, Hashable {
    /// The value that the first entry stands for.
    public let firstMapped: Int
    /// Bits of an entry.
    public let bits: Int
    /// The entries.
    public let entries: [UInt16]

    /// A table by its parts; `nil` without entries.
    public init?(firstMapped: Int, bits: Int, entries: [UInt16]) {
        guard !entries.isEmpty else { return nil }
        self.firstMapped = firstMapped
        self.bits = bits
        self.entries = entries
    }

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - dataSet: The data set or item that holds it.
    ///   - descriptor: The attribute of three numbers: entries (0 for 65,536), first mapped value, bits of an entry.
    ///   - data: The attribute of the entries, 8-bit ones packed in bytes or in words of their own.
    ///   - segments: The attribute of segments that the entries are made from, PS3.3 C.7.9.2.
    ///   - isSigned: Whether the values to be mapped are signed.
    init?(
        _ dataSet: DICOMDataSet, descriptor: DICOMTag, data: DICOMTag, segments: DICOMTag? = nil, isSigned: Bool
    ) {
        guard let numbers = dataSet.words(descriptor), numbers.count >= 3 else { return nil }
        let count = numbers[0] == 0 ? 65536 : Int(numbers[0])
        let bits = (1...16).contains(numbers[2]) ? Int(numbers[2]) : 16
        var entries: [UInt16]
        if dataSet.hasValue(data) {
            entries = Self.entries(dataSet, data, count: count, bits: bits)
        } else if let segments, dataSet.hasValue(segments) {
            entries = DICOMSegments.expand(Self.segmentWords(dataSet, segments, bits: bits), limit: count)
        } else {
            return nil
        }
        if entries.count > count { entries.removeLast(entries.count - count) }
        let first = isSigned ? Int(Int16(bitPattern: numbers[1])) : Int(numbers[1])
        self.init(firstMapped: first, bits: bits, entries: entries)
    }

    private static func entries(_ dataSet: DICOMDataSet, _ data: DICOMTag, count: Int, bits: Int) -> [UInt16] {
        guard let bytes = dataSet.bytesOfWords(data) else { return [] }
        // As many bytes as entries, or one more to make them even, can only be single bytes.
        if bits <= 8, bytes.count < 2 * count { return bytes.map { UInt16($0) } }
        return dataSet.words(data) ?? []
    }

    private static func segmentWords(_ dataSet: DICOMDataSet, _ segments: DICOMTag, bits: Int) -> [UInt16] {
        bits <= 8 ? dataSet.bytesOfWords(segments)?.map { UInt16($0) } ?? [] : dataSet.words(segments) ?? []
    }

    /// The entry for a value: the first below the table, the last beyond it.
    public subscript(value: Int) -> UInt16 {
        let (index, overflow) = value.subtractingReportingOverflow(firstMapped)
        if overflow { return value < firstMapped ? entries[0] : entries[entries.count - 1] }
        return entries[max(0, min(entries.count - 1, index))]
    }
}
