import ImageCore

/// How many patches of one slide are kept.
public struct PatchQuota: Sendable, Hashable {
    /// Most patches of each label; `nil` keeps all.
    public var perClass: Int?
    /// Most patches of the slide; `nil` keeps all.
    public var perSlide: Int?
    /// The seed of the choice.
    public var seed: UInt64

    /// A quota by its parts.
    public init(perClass: Int? = nil, perSlide: Int? = nil, seed: UInt64 = 0) {
        self.perClass = perClass
        self.perSlide = perSlide
        self.seed = seed
    }

    /// Chooses patches at random, each by a key of its own: seed, slide and place.
    ///
    /// The choice does not depend on threads, shards or other slides, and a larger quota keeps all that a smaller one kept.
    /// - Returns: The chosen patches in their old order.
    public func choose(from patches: [PlannedPatch], slide: String) -> [PlannedPatch] {
        guard perClass != nil || perSlide != nil else { return patches }
        let base = KeyedHash(seed: seed).combined(with: slide)
        let ranked = patches.indices.map { index in
            let area = patches[index].area
            let key = base.combined(with: UInt64(bitPattern: Int64(area.x)))
                .combined(with: UInt64(bitPattern: Int64(area.y))).value
            return (key: key, index: index)
        }.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
        var counts: [String: Int] = [:]
        var kept: [Int] = []
        for candidate in ranked {
            if let perSlide, kept.count >= perSlide { break }
            let label = patches[candidate.index].label
            if let perClass, counts[label, default: 0] >= perClass { continue }
            counts[label, default: 0] += 1
            kept.append(candidate.index)
        }
        return kept.sorted().map { patches[$0] }
    }
}
