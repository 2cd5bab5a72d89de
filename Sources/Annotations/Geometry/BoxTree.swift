/// Boxes over runs of items, over runs of those, up to one: a search tree whose leaves keep the items' own order.
///
/// Items that lie near each other should follow each other: the edges of a ring do.
struct BoxTree: Sendable {
    static let fanOut = 16

    /// `levels[0][k]` bounds the items 16 k ..< 16 (k + 1), and so on upwards; the last level has one box.
    let levels: [[Box]]
    let itemCount: Int

    init(count: Int, box: (Int) -> Box) {
        itemCount = count
        var levels = [Self.bounds(ofRunsIn: count, box: box)]
        while let below = levels.last, below.count > 1 {
            levels.append(Self.bounds(ofRunsIn: below.count) { below[$0] })
        }
        self.levels = levels
    }

    private static func bounds(ofRunsIn count: Int, box: (Int) -> Box) -> [Box] {
        stride(from: 0, to: count, by: fanOut).map { start in
            (start..<min(count, start + fanOut)).reduce(into: Box.empty) { $0.formUnion(box($1)) }
        }
    }

    /// The box around everything.
    var bounds: Box { levels.last?.first ?? .empty }

    /// What to do with the items in a box.
    enum Verdict { case skip, takeWhole, open }

    /// Goes down the tree: `judge` decides box by box, `whole` gets runs of items taken at once, `item` the single ones.
    func walk(judge: (Box) -> Verdict, whole: (Range<Int>) -> Void, item: (Int) -> Void) {
        guard itemCount > 0 else { return }
        walk(level: levels.count - 1, node: 0, judge: judge, whole: whole, item: item)
    }

    private func walk(
        level: Int, node: Int, judge: (Box) -> Verdict, whole: (Range<Int>) -> Void, item: (Int) -> Void
    ) {
        switch judge(levels[level][node]) {
        case .skip: return
        case .takeWhole:
            let size = (0...level).reduce(1) { total, _ in total * Self.fanOut }
            whole(node * size..<min(itemCount, (node + 1) * size))
        case .open:
            let children = node * Self.fanOut..<(node + 1) * Self.fanOut
            if level == 0 {
                for i in children.clamped(to: 0..<itemCount) { item(i) }
            } else {
                for child in children.clamped(to: 0..<levels[level - 1].count) {
                    walk(level: level - 1, node: child, judge: judge, whole: whole, item: item)
                }
            }
        }
    }
}
