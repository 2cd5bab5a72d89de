/// The number of a DICOM attribute: group and element.
public struct DICOMTag: Sendable, Hashable {
    /// Group in the upper, element in the lower 16 bits.
    public let rawValue: UInt32

    /// A tag by its number: group in the upper, element in the lower 16 bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A tag by group and element.
    public init(_ group: UInt16, _ element: UInt16) { rawValue = UInt32(group) << 16 | UInt32(element) }

    /// The group.
    public var group: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }
    /// The element within the group.
    public var element: UInt16 { UInt16(truncatingIfNeeded: rawValue) }
    /// Whether the attribute is a manufacturer's own (PS3.5, section 7.8).
    public var isPrivate: Bool { group & 1 == 1 }

    static let item = DICOMTag(0xFFFE, 0xE000)
    static let itemDelimiter = DICOMTag(0xFFFE, 0xE00D)
    static let sequenceDelimiter = DICOMTag(0xFFFE, 0xE0DD)
}

extension DICOMTag: Comparable {
    /// Orders tags as data sets do.
    public static func < (left: DICOMTag, right: DICOMTag) -> Bool { left.rawValue < right.rawValue }
}

extension DICOMTag: CustomStringConvertible {
    /// `(0028,0010)`.
    public var description: String { "(\(Self.hex(group)),\(Self.hex(element)))" }

    private static func hex(_ value: UInt16) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
