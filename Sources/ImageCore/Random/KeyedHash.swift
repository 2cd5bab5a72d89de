/// Random numbers as a function of a key: the same key gives the same number on any thread, in any order.
///
/// The key is folded in word by word with the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
public struct KeyedHash: Sendable, Hashable {
    /// 64 uniformly distributed bits for the key so far.
    public private(set) var value: UInt64

    /// The hash of a seed.
    public init(seed: UInt64) { value = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

    /// The hash with one more word in the key.
    public func combined(with word: UInt64) -> KeyedHash {
        var result = self
        result.value = Self.mixed(value ^ Self.mixed(word &+ 0x9E37_79B9_7F4A_7C15) &+ 0x9E37_79B9_7F4A_7C15)
        return result
    }

    /// The hash with a text in the key; its length counts, so that two texts in a row do not run into each other.
    public func combined(with text: String) -> KeyedHash {
        var result = combined(with: UInt64(text.utf8.count))
        for byte in text.utf8 { result = result.combined(with: UInt64(byte)) }
        return result
    }

    private static func mixed(_ word: UInt64) -> UInt64 {
        var z = word
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
