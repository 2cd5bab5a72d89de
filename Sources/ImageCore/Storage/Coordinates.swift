/// All coordinates below some sizes, in C order.
@usableFromInline
struct Coordinates: Sequence, IteratorProtocol, Sendable {
    private let sizes: [Int]
    private var current: [Int]?

    @usableFromInline
    init(_ sizes: some Sequence<Int>) {
        self.sizes = Array(sizes)
        current = self.sizes.contains { $0 <= 0 } ? nil : self.sizes.map { _ in 0 }
    }

    /// The next coordinates, or `nil` after the last.
    @usableFromInline
    mutating func next() -> [Int]? {
        guard let result = current else { return nil }
        current = nil
        var following = result
        for axis in sizes.indices.reversed() {
            following[axis] += 1
            if following[axis] < sizes[axis] {
                current = following
                break
            }
            following[axis] = 0
        }
        return result
    }
}
