import ImageCore

/// Unique identifiers that follow from what they identify: the same facts give the same identifier, on any machine.
///
/// 128 bits of hash make a UUID (version 8, RFC 9562), written as `2.25.` and its decimal number (PS3.5, annex B.2). The
/// hash spreads well but is not cryptographic: it does not hide what went into it.
public struct DICOMUIDHash: Sendable, Hashable {
    private var high = KeyedHash(seed: 0x5445_5353_4552_4131)
    private var low = KeyedHash(seed: 0x5445_5353_4552_4132)

    /// A hash of nothing yet.
    public init() {}

    /// A hash of texts.
    public init(_ texts: String...) {
        for text in texts { combine(text) }
    }

    /// Adds a text.
    public mutating func combine(_ text: String) {
        high = high.combined(with: text)
        low = low.combined(with: text)
    }

    /// Adds a number.
    public mutating func combine(_ number: Int) { combine(word: UInt64(bitPattern: Int64(number))) }

    mutating func combine(word: UInt64) {
        high = high.combined(with: word)
        low = low.combined(with: word)
    }

    /// The identifier of what was added so far.
    public var uid: String {
        let version = high.value & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
        let variant = low.value & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return "2.25.\(UInt128(version) << 64 | UInt128(variant))"
    }

    /// The identifier of a part, told apart from other parts by a name.
    public func uid(_ part: String) -> String {
        var hash = self
        hash.combine(part)
        return hash.uid
    }
}
