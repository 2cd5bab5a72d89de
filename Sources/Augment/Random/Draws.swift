import ImageCore

/// Random numbers by name: what is drawn for one parameter does not depend on which others are drawn, nor in which order.
public struct Draws: Sendable, Hashable {
    /// The hash of the key and the place in the pipeline.
    let hash: KeyedHash

    init(hash: KeyedHash) { self.hash = hash }

    /// A value of a distribution.
    ///
    /// - Parameters:
    ///   - distribution: What to draw from.
    ///   - name: The parameter.
    ///   - index: Tells several values of one parameter apart, for example one for each axis.
    /// - Returns: The value.
    public func value(of distribution: Distribution, named name: String, index: Int = 0) -> Double {
        distribution.value(at: hash.combined(with: name).combined(with: UInt64(bitPattern: Int64(index))))
    }

    /// A number from 0 up to but not including 1.
    public func unit(named name: String, index: Int = 0) -> Double {
        value(of: .uniform(0, 1), named: name, index: index)
    }

    /// A whole number from 0 up to but not including a bound.
    ///
    /// - Precondition: the bound is above 0.
    public func integer(below bound: Int, named name: String, index: Int = 0) -> Int {
        precondition(bound > 0, "something to choose from")
        return min(bound - 1, Int(unit(named: name, index: index) * Double(bound)))
    }

    /// Whether an event with a probability happens.
    public func chance(_ probability: Double, named name: String, index: Int = 0) -> Bool {
        unit(named: name, index: index) < probability
    }

    /// The numbers from 0 up to a count in random order (Fisher and Yates).
    public func permutation(of count: Int, named name: String) -> [Int] {
        var order = Array(0..<count)
        for i in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(i, integer(below: i + 1, named: name, index: i))
        }
        return order
    }

    /// The key of a field of noise: each of its samples is a function of this and of the sample's index.
    public func noiseKey(named name: String = "noise") -> UInt64 { hash.combined(with: name).value }

    /// The draws of a part, for example one channel.
    public func part(_ name: String) -> Draws { Draws(hash: hash.combined(with: name)) }
}
