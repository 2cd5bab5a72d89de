import ImageCore

/// What a draw is for: the same key gives the same numbers on any thread, in any order, on any rank.
public struct DrawKey: Sendable, Hashable, Codable {
    /// The seed of the whole run.
    public var seed: UInt64
    /// The pass over the data; another epoch draws anew.
    public var epoch: Int
    /// The name of the sample, for example its path: not its place in a batch, which depends on order and rank.
    public var sample: String
    /// Tells several variants of one sample in one epoch apart.
    public var variant: Int

    /// A key by its parts.
    public init(seed: UInt64, epoch: Int = 0, sample: String, variant: Int = 0) {
        self.seed = seed
        self.epoch = epoch
        self.sample = sample
        self.variant = variant
    }

    /// The draws of one place in a pipeline.
    ///
    /// - Parameter path: The place, for example `2/0`.
    /// - Returns: Random numbers by name.
    public func draws(at path: String) -> Draws {
        let hash = KeyedHash(seed: seed).combined(with: UInt64(bitPattern: Int64(epoch))).combined(with: sample)
            .combined(with: UInt64(bitPattern: Int64(variant))).combined(with: path)
        return Draws(hash: hash)
    }
}
