/// A field of random numbers: each sample is a function of the key and of its index, so that any part of the field can be
/// made on any thread, in any order.
///
/// The bits are those of `KeyedHash(value: key).combined(with: index)`, the finalizer of SplitMix64 (Steele, Lea and Flood
/// 2014) over both words. What follows from them is calculated in `Float` with nothing but sums, products, quotients and
/// square roots, which IEEE 754 defines exactly: every machine gives the same numbers.
public struct NoiseField: Sendable, Hashable {
    /// The key of the field.
    public let key: UInt64

    /// The field of a key.
    @inlinable
    public init(key: UInt64) { self.key = key }

    /// The field of a part, for example one channel or one of several images: independent of this one.
    @inlinable
    public func part(_ number: Int) -> NoiseField {
        NoiseField(key: Self.mixed(bits(at: number) ^ 0x9E37_79B9_7F4A_7C15))
    }

    /// 64 uniformly distributed bits.
    @inlinable
    public func bits(at index: Int) -> UInt64 {
        let word = Self.mixed(UInt64(bitPattern: Int64(index)) &+ 0x9E37_79B9_7F4A_7C15)
        return Self.mixed((key ^ word) &+ 0x9E37_79B9_7F4A_7C15)
    }

    /// A number above 0 and below 1, each of 2²⁴ as likely.
    @inlinable
    public func uniform(at index: Int) -> Float { Self.unit(UInt32(truncatingIfNeeded: bits(at: index) >> 32)) }

    /// A standard normal number; of magnitude 6.8 at most.
    ///
    /// G. Box and M. Muller, "A note on the generation of random normal deviates" (1958): samples 2n and 2n + 1 are the
    /// cosine and the sine of one pair.
    @inlinable
    public func normal(at index: Int) -> Float {
        let pair = normals(at: index >> 1)
        return index & 1 == 0 ? pair.x : pair.y
    }

    /// The standard normal numbers with the indices 2n and 2n + 1.
    @inlinable
    public func normals(at pair: Int) -> SIMD2<Float> {
        let bits = bits(at: pair)
        let radius = (-2 * Self.logarithmOfUnit(UInt32(truncatingIfNeeded: bits >> 32))).squareRoot()
        return Self.direction(UInt32(truncatingIfNeeded: bits)) * radius
    }

    /// A number of the Laplace distribution with mean 0 and standard deviation 1.
    @inlinable
    public func laplace(at index: Int) -> Float {
        let bits = bits(at: index)
        let size = -0.707_106_77 * Self.logarithmOfUnit(UInt32(truncatingIfNeeded: bits >> 32))
        return bits & 1 == 0 ? size : -size
    }

    @inlinable
    static func mixed(_ word: UInt64) -> UInt64 {
        var z = word
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    @inlinable
    static func unit(_ bits: UInt32) -> Float { (Float(bits >> 8) + 0.5) * 0x1p-24 }

    /// The natural logarithm of `(bits + ½) / 2³²`: within 2·10⁻⁷ of its size.
    @inlinable
    static func logarithmOfUnit(_ bits: UInt32) -> Float {
        // Close to 1 the distance from 1 is what counts; it is exact in the complement.
        if bits >= 0xC000_0000 { return logarithmOfOne(minus: (Float(~bits) + 0.5) * 0x1p-32) }
        let value = (Float(bits) + 0.5) * 0x1p-32
        var exponent = Float(Int32(truncatingIfNeeded: value.bitPattern >> 23) - 127)
        var fraction = Float(bitPattern: value.bitPattern & 0x007F_FFFF | 0x3F80_0000)
        if fraction > 1.414_213_6 {
            fraction *= 0.5
            exponent += 1
        }
        return exponent * 0.693_147_2 + areaTangent((fraction - 1) / (fraction + 1))
    }

    @inlinable
    static func logarithmOfOne(minus distance: Float) -> Float { areaTangent(-distance / (2 - distance)) }

    /// `2 · artanh(s)` for |s| below 0.172, by its series.
    @inlinable
    static func areaTangent(_ s: Float) -> Float {
        let q = s * s
        return 2 * s * (1 + q * (1 / 3 + q * (0.2 + q * (1 / 7 + q * (1 / 9 as Float)))))
    }

    /// The cosine and the sine of `bits / 2³²` turns, by their series within an eighth of a turn from an axis.
    @inlinable
    static func direction(_ bits: UInt32) -> SIMD2<Float> {
        // The nearest of the four axes, and the angle from it.
        let quarter = (bits &+ 0x2000_0000) >> 30
        let angle = Float(Int32(bitPattern: bits &- quarter << 30)) * 1.462_918_1e-9
        let q = angle * angle
        let sine = angle * (1 + q * (-1 / 6 + q * (1 / 120 + q * (-1 / 5040 + q * (1 / 362_880 as Float)))))
        let cosine = 1 + q * (-0.5 + q * (1 / 24 + q * (-1 / 720 + q * (1 / 40_320 as Float))))
        let turned = quarter & 1 == 0 ? SIMD2(cosine, sine) : SIMD2(-sine, cosine)
        return quarter & 2 == 0 ? turned : -turned
    }
}
