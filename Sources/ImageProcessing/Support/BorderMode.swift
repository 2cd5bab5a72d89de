/// What samples beyond the edge of an image are taken to be.
///
/// For the samples `a b c d` the three samples before and after them are:
public enum BorderMode: Sendable, Hashable, Codable {
    /// One value everywhere: `v v v | a b c d | v v v`. Every channel has it; it saturates to the image's scalar.
    case constant(Double)
    /// The outermost sample: `a a a | a b c d | d d d`.
    case replicate
    /// A mirror on the edge: `c b a | a b c d | d c b`.
    case reflect
    /// A mirror on the outermost sample: `d c b | a b c d | c b a`.
    case reflect101
    /// The other end: `b c d | a b c d | a b c`.
    case wrap
}

extension BorderMode {
    /// The sample that stands for a position along an axis, however far beyond its ends; `nil` for the constant.
    ///
    /// - Precondition: a count above 0.
    func index(_ position: Int, _ count: Int) -> Int? {
        if position >= 0 && position < count { return position }
        switch self {
        case .constant: return nil
        case .replicate: return position < 0 ? 0 : count - 1
        case .wrap: return wrapped(position, count)
        case .reflect:
            let place = wrapped(position, 2 * count)
            return place < count ? place : 2 * count - 1 - place
        case .reflect101:
            guard count > 1 else { return 0 }
            let place = wrapped(position, 2 * count - 2)
            return place < count ? place : 2 * count - 2 - place
        }
    }

    /// The value of samples outside; 0 unless it is constant.
    var value: Double {
        if case .constant(let value) = self { value } else { 0 }
    }

    /// For each position from `-before` to `count + after` the sample that stands for it; −1 for the constant.
    func indices(_ count: Int, before: Int, after: Int) -> [Int] {
        (-before..<count + after).map { index($0, count) ?? -1 }
    }
}

private func wrapped(_ position: Int, _ period: Int) -> Int {
    let rest = position % period
    return rest < 0 ? rest + period : rest
}
