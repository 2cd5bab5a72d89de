/// Siemens' private header "CSA" (0029,1010): named lists of texts.
///
/// Both versions (`SV10` and the older one without a mark) have the number of entries, then per entry a name of 64
/// bytes, multiplicity, VR, type, the number of items and a mark, then the items, each with a length and padded to 4
/// bytes. Layout as described at nipy.org/nibabel/dicom/siemens_csa.html.
struct SiemensCSAHeader {
    private var values: [String: [String]] = [:]

    /// The header in some bytes; `nil` when they are no such header.
    ///
    /// Entries behind a fault are left out.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        let isVersion2 = bytes.starts(with: "SV10".utf8)
        if isVersion2 { reader.offset = 8 }
        guard let count = reader.integer(), count > 0, count <= 1024 else { return nil }
        reader.offset += 4
        for _ in 0..<count {
            guard let name = reader.text(64) else { return }
            reader.offset += 12
            guard let items = reader.integer(), items >= 0, items <= 1024 else { return }
            reader.offset += 4
            var texts: [String] = []
            for _ in 0..<items {
                guard let first = reader.integer(), let second = reader.integer() else { return }
                reader.offset += 8
                // The old layout gives a length from which the first one of the file has to be taken.
                let length = isVersion2 ? second : first
                guard length >= 0, length <= bytes.count, let text = reader.text(length) else { return }
                reader.offset += (4 - length % 4) % 4
                texts.append(text)
            }
            values[name] = texts
        }
    }

    /// The first value of an entry as a whole number.
    func integer(_ name: String) -> Int? {
        values[name]?.first.flatMap { text in Int(text.filter { !$0.isWhitespace }) }
    }

    /// The values of an entry as numbers; none when one of them is no number.
    ///
    /// Empty places are left out.
    func doubles(_ name: String) -> [Double] {
        let texts = (values[name] ?? []).map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        let numbers = texts.compactMap { Double($0) }.filter(\.isFinite)
        return numbers.count == texts.count ? numbers : []
    }

    private struct Reader {
        let bytes: [UInt8]
        var offset = 0

        mutating func integer() -> Int? {
            guard offset + 4 <= bytes.count else { return nil }
            defer { offset += 4 }
            return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }

        mutating func text(_ length: Int) -> String? {
            guard length <= bytes.count - offset else { return nil }
            defer { offset += length }
            return String(decoding: bytes[offset..<(offset + length)].prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
