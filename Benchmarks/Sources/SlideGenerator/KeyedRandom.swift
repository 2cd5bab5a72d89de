/// Random numbers as a function of a key: the same key gives the same number, in any order and on any thread.
struct KeyedRandom {
    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// A generator of its own for a purpose, so that one purpose's draws do not move another's.
    func keyed(_ purpose: Int) -> KeyedRandom { KeyedRandom(seed: bits(purpose)) }

    /// 64 random bits; the finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators,
    /// 2014), once per coordinate of the key.
    func bits(_ x: Int, _ y: Int = 0) -> UInt64 {
        mix(mix(seed ^ UInt64(bitPattern: Int64(x))) ^ UInt64(bitPattern: Int64(y)))
    }

    /// A number in 0 ..< 1.
    func unit(_ x: Int, _ y: Int = 0) -> Double { Double(bits(x, y) >> 11) * 0x1p-53 }

    /// A number in a range.
    func number(_ x: Int, _ y: Int = 0, in range: Range<Double>) -> Double {
        range.lowerBound + unit(x, y) * (range.upperBound - range.lowerBound)
    }

    /// A whole number in 0 ..< count.
    func index(_ x: Int, _ y: Int = 0, below count: Int) -> Int { Int(unit(x, y) * Double(count)) }

    /// About a normal deviate: mean 0, standard deviation 1, the sum of twelve uniform ones.
    func normal(_ x: Int, _ y: Int = 0) -> Double {
        (0..<12).reduce(-6) { $0 + unit(12 * x + $1, y) }
    }

    private func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
