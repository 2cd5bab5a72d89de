import Synchronization

/// Notes, from any thread, that values may have been cut to what Int16 holds.
final class SaturationFlag: Sendable {
    private let state = Atomic(false)

    /// Whether a value stands at an end of Int16.
    var isSet: Bool { state.load(ordering: .relaxed) }

    /// Looks for values at the ends of Int16.
    func inspect(_ values: Span<Int16>) {
        var (low, high) = (Int16.max, Int16.min)
        let count = values.count
        for i in 0..<count {
            low = min(low, values[i])
            high = max(high, values[i])
        }
        if low == .min || high == .max { state.store(true, ordering: .relaxed) }
    }
}
