/// The type of an attribute's value (PS3.5, section 6.2), as its two letters.
public struct DICOMVR: Sendable, Hashable {
    /// The two letters as they stand in a file, the first in the upper 8 bits.
    public let rawValue: UInt16

    /// A VR by its letters as one number, the first letter in the upper 8 bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    private init(_ first: Unicode.Scalar, _ second: Unicode.Scalar) {
        rawValue = UInt16(UInt8(ascii: first)) << 8 | UInt16(UInt8(ascii: second))
    }

    /// Application entity.
    public static let ae = DICOMVR("A", "E")
    /// Age.
    public static let `as` = DICOMVR("A", "S")
    /// Attribute tag.
    public static let at = DICOMVR("A", "T")
    /// Code text.
    public static let cs = DICOMVR("C", "S")
    /// Date.
    public static let da = DICOMVR("D", "A")
    /// Decimal number as text.
    public static let ds = DICOMVR("D", "S")
    /// Date and time.
    public static let dt = DICOMVR("D", "T")
    /// Binary number of 64 bits.
    public static let fd = DICOMVR("F", "D")
    /// Binary number of 32 bits.
    public static let fl = DICOMVR("F", "L")
    /// Integer as text.
    public static let `is` = DICOMVR("I", "S")
    /// Long text of one line.
    public static let lo = DICOMVR("L", "O")
    /// Long text.
    public static let lt = DICOMVR("L", "T")
    /// Bytes.
    public static let ob = DICOMVR("O", "B")
    /// Numbers of 64 bits.
    public static let od = DICOMVR("O", "D")
    /// Numbers of 32 bits.
    public static let of = DICOMVR("O", "F")
    /// Words of 32 bits.
    public static let ol = DICOMVR("O", "L")
    /// Words of 64 bits.
    public static let ov = DICOMVR("O", "V")
    /// Words of 16 bits.
    public static let ow = DICOMVR("O", "W")
    /// Name of a person.
    public static let pn = DICOMVR("P", "N")
    /// Short text of one line.
    public static let sh = DICOMVR("S", "H")
    /// Signed, 32 bits.
    public static let sl = DICOMVR("S", "L")
    /// Sequence of items.
    public static let sq = DICOMVR("S", "Q")
    /// Signed, 16 bits.
    public static let ss = DICOMVR("S", "S")
    /// Short text.
    public static let st = DICOMVR("S", "T")
    /// Signed, 64 bits.
    public static let sv = DICOMVR("S", "V")
    /// Time.
    public static let tm = DICOMVR("T", "M")
    /// Unlimited characters.
    public static let uc = DICOMVR("U", "C")
    /// Unique identifier.
    public static let ui = DICOMVR("U", "I")
    /// Unsigned, 32 bits.
    public static let ul = DICOMVR("U", "L")
    /// Unknown.
    public static let un = DICOMVR("U", "N")
    /// Resource identifier.
    public static let ur = DICOMVR("U", "R")
    /// Unsigned, 16 bits.
    public static let us = DICOMVR("U", "S")
    /// Unlimited text.
    public static let ut = DICOMVR("U", "T")
    /// Unsigned, 64 bits.
    public static let uv = DICOMVR("U", "V")

    /// Whether the letters could be a VR, known or not.
    var isPlausible: Bool {
        let letters = UInt16(UInt8(ascii: "A"))...UInt16(UInt8(ascii: "Z"))
        return letters.contains(rawValue >> 8) && letters.contains(rawValue & 0xFF)
    }

    /// Whether an explicit element of this VR has two reserved bytes and a length of 32 bits (PS3.5, section 7.1.2).
    var hasLongLength: Bool {
        switch self {
        case .ob, .od, .of, .ol, .ov, .ow, .sq, .sv, .uc, .un, .ur, .ut, .uv: true
        default: false
        }
    }

    /// Whether texts of this VR are in the data set's character set; others are ASCII (PS3.5, section 6.1.2.2).
    var usesCharacterSet: Bool {
        switch self {
        case .lo, .lt, .pn, .sh, .st, .uc, .un, .ut: true
        default: false
        }
    }

    /// Whether a backslash separates values; in long texts it is a character like any other.
    package var hasSeveralTexts: Bool { ![.lt, .st, .ut, .ur].contains(self) }
}

extension DICOMVR: CustomStringConvertible {
    /// The two letters.
    public var description: String {
        String(
            decoding: [UInt8(truncatingIfNeeded: rawValue >> 8), UInt8(truncatingIfNeeded: rawValue)], as: UTF8.self)
    }
}
