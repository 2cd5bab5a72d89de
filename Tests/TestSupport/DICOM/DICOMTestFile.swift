/// A DICOM Part-10 file for tests, written in explicit VR little endian, independent of the reader.
///
/// Elements are written in the order of their tags. Tags are `0xGGGGEEEE`.
public struct DICOMTestFile: Sendable {
    /// The elements of the root data set.
    public var dataSet: DICOMTestDataSet
    /// The transfer syntax that the file names; the data set itself is explicit VR little endian.
    public var transferSyntax = "1.2.840.10008.1.2.1"
    /// Whether sequences and items end at delimiters, their lengths left open.
    public var leavesLengthsOpen = false

    /// A file by its data set.
    public init(_ dataSet: DICOMTestDataSet = DICOMTestDataSet()) { self.dataSet = dataSet }

    /// The bytes: preamble, file meta information, data set.
    public var bytes: [UInt8] {
        var meta = DICOMTestDataSet()
        meta[0x0002_0001] = .bytes("OB", [0, 1])
        meta[0x0002_0002] = .text("UI", dataSet.text(0x0008_0016) ?? "1.2.840.10008.5.1.4.1.1.2")
        meta[0x0002_0003] = .text("UI", dataSet.text(0x0008_0018) ?? "2.25.1")
        meta[0x0002_0010] = .text("UI", transferSyntax)
        meta[0x0002_0012] = .text("UI", "2.25.99")
        var bytes = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        let metaBytes = meta.bytes
        bytes += [0x02, 0, 0, 0] + Array("UL".utf8) + [4, 0] + littleEndian(UInt32(metaBytes.count))
        return bytes + metaBytes + dataSet.bytes(leavesLengthsOpen: leavesLengthsOpen)
    }
}

/// Elements by their tags, for ``DICOMTestFile``.
public struct DICOMTestDataSet: Sendable {
    /// The value of an element with its VR.
    public enum Value: Sendable {
        /// Characters, padded to an even length: a NUL for UI, a space otherwise.
        case text(String, String)
        /// 16-bit numbers (US, SS, OW).
        case words(String, [UInt16])
        /// 32-bit numbers (UL).
        case longs(String, [UInt32])
        /// FD or OD.
        case doubles(String, [Double])
        /// FL or OF.
        case floats(String, [Float])
        /// Bytes as they are, padded with 0.
        case bytes(String, [UInt8])
        /// Items of a sequence.
        case items([DICOMTestDataSet])
        /// Encapsulated pixel data: an empty offset table and one fragment per frame.
        case fragments([[UInt8]])
    }

    private var elements: [UInt32: Value] = [:]

    /// No elements.
    public init() {}

    /// The value of an element; `nil` removes it.
    public subscript(tag: UInt32) -> Value? {
        get { elements[tag] }
        set { elements[tag] = newValue }
    }

    /// The characters of an element that has some.
    public func text(_ tag: UInt32) -> String? {
        if case .text(_, let text) = elements[tag] { text } else { nil }
    }

    /// The elements as they stand in a file.
    public var bytes: [UInt8] { bytes(leavesLengthsOpen: false) }

    fileprivate func bytes(leavesLengthsOpen isOpen: Bool) -> [UInt8] {
        elements.sorted { $0.key < $1.key }.flatMap { tag, value in value.element(tag, isOpen) }
    }
}

extension DICOMTestDataSet.Value {
    /// A decimal string (DS): numbers joined by backslashes, each in its shortest form.
    public static func decimals(_ numbers: [Double]) -> Self {
        .text("DS", numbers.map { String(describing: $0).prefix(16) }.joined(separator: "\\"))
    }

    private static let longForms: Set<String> = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT"]

    fileprivate func element(_ tag: UInt32, _ isOpen: Bool) -> [UInt8] {
        let place = littleEndian(UInt16(tag >> 16)) + littleEndian(UInt16(truncatingIfNeeded: tag))
        if case .fragments(let fragments) = self {
            return place + Array("OB".utf8) + [0, 0] + littleEndian(UInt32.max) + encapsulated(fragments)
        }
        if case .items(let items) = self, isOpen {
            let open = items.flatMap { openItem($0.bytes(leavesLengthsOpen: true)) }
            return place + Array("SQ".utf8) + [0, 0] + littleEndian(UInt32.max) + open + sequenceDelimiter
        }
        let (vr, content) = content
        let header =
            Self.longForms.contains(vr)
            ? [0, 0] + littleEndian(UInt32(content.count)) : littleEndian(UInt16(content.count))
        return place + Array(vr.utf8) + header + content
    }

    private var content: (vr: String, bytes: [UInt8]) {
        switch self {
        case .text(let vr, let text): (vr, padded(Array(text.utf8), with: vr == "UI" ? 0 : 0x20))
        case .words(let vr, let values): (vr, values.flatMap { littleEndian($0) })
        case .longs(let vr, let values): (vr, values.flatMap { littleEndian($0) })
        case .doubles(let vr, let values): (vr, values.flatMap { littleEndian($0.bitPattern) })
        case .floats(let vr, let values): (vr, values.flatMap { littleEndian($0.bitPattern) })
        case .bytes(let vr, let values): (vr, padded(values, with: 0))
        case .items(let items): ("SQ", items.flatMap { item($0.bytes) })
        case .fragments: ("OB", [])
        }
    }
}

private func item(_ bytes: [UInt8]) -> [UInt8] { [0xFE, 0xFF, 0x00, 0xE0] + littleEndian(UInt32(bytes.count)) + bytes }

private func openItem(_ bytes: [UInt8]) -> [UInt8] {
    [0xFE, 0xFF, 0x00, 0xE0] + littleEndian(UInt32.max) + bytes + [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0]
}

private let sequenceDelimiter: [UInt8] = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]

private func encapsulated(_ fragments: [[UInt8]]) -> [UInt8] {
    item([]) + fragments.flatMap { item(padded($0, with: 0)) } + sequenceDelimiter
}

private func padded(_ bytes: [UInt8], with filler: UInt8) -> [UInt8] {
    bytes.count.isMultiple(of: 2) ? bytes : bytes + [filler]
}

private func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value(8 * $0)) }
}
