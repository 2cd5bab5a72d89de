/// The hash of FIPS 180-4, for comparing samples with those of an independent reader.
public enum SHA256 {
    private static let roundConstants: [UInt32] = primes(64).map { fraction(of: $0, root: 3) }
    private static let start: [UInt32] = primes(8).map { fraction(of: $0, root: 2) }

    private static func primes(_ count: Int) -> [Int] {
        var found: [Int] = []
        var candidate = 2
        while found.count < count {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// The first 32 bits of the fraction of a prime's square or cube root, by whole numbers: floor(root(p · 2^(32·root))).
    private static func fraction(of prime: Int, root: Int) -> UInt32 {
        var low = UInt64(0)
        var high = UInt64(1) << 36
        while high - low > 1 {
            let middle = (low + high) / 2
            if power(middle, root, atMost: prime) { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    /// Whether x^root ≤ prime · 2^(32·root), in 192-bit arithmetic.
    private static func power(_ x: UInt64, _ root: Int, atMost prime: Int) -> Bool {
        let square = x.multipliedFullWidth(by: x)
        guard root == 3 else { return square.high < UInt64(prime) || (square.high == UInt64(prime) && square.low == 0) }
        let low = square.low.multipliedFullWidth(by: x)
        let high = square.high.multipliedFullWidth(by: x)
        let (middle, carry) = high.low.addingReportingOverflow(low.high)
        let top = high.high + (carry ? 1 : 0)
        // prime · 2^96 is prime · 2^32 in the middle word.
        let limit = UInt64(prime) << 32
        return top == 0 && (middle < limit || (middle == limit && low.low == 0))
    }

    /// The hash in hexadecimal.
    public static func hex(_ bytes: some Collection<UInt8>) -> String {
        var message = Array(bytes)
        let bitCount = UInt64(message.count) * 8
        message.append(0x80)
        message.append(contentsOf: repeatElement(0, count: (120 - message.count % 64) % 64))
        for shift in stride(from: 56, through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: bitCount >> shift))
        }
        var state = start
        var words = [UInt32](repeating: 0, count: 64)
        for block in stride(from: 0, to: message.count, by: 64) { mix(&state, &words, message, block) }
        return state.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 8 - text.count) + text
        }.joined()
    }

    private static func mix(_ state: inout [UInt32], _ words: inout [UInt32], _ message: [UInt8], _ block: Int) {
        func rotate(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
        for i in 0..<16 {
            let at = block + 4 * i
            words[i] =
                UInt32(message[at]) << 24 | UInt32(message[at + 1]) << 16 | UInt32(message[at + 2]) << 8
                | UInt32(message[at + 3])
        }
        for i in 16..<64 {
            let (a, b) = (words[i - 15], words[i - 2])
            let s0 = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3
            let s1 = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10
            words[i] = words[i - 16] &+ s0 &+ words[i - 7] &+ s1
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for i in 0..<64 {
            let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let t1 = h &+ s1 &+ (e & f ^ ~e & g) &+ roundConstants[i] &+ words[i]
            let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            let t2 = s0 &+ (a & b ^ a & c ^ b & c)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
        }
        for (i, value) in [a, b, c, d, e, f, g, h].enumerated() { state[i] &+= value }
    }
}
