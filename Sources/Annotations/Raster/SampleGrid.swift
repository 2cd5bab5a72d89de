/// The places in level-0 pixels at which the pixels of a mask are sampled.
struct SampleGrid: Sendable {
    let stepX: Double
    let stepY: Double
    /// 0.5 for pixel centers, 0 for top-left corners.
    let offset: Double

    func x(_ column: Int) -> Double { (Double(column) + offset) * stepX }
    func y(_ row: Int) -> Double { (Double(row) + offset) * stepY }

    /// The first row whose sample has at least this y.
    func firstRow(_ y: Double) -> Int { Self.first(y, step: stepY, offset: offset) }

    /// The first column whose sample has at least this x.
    func firstColumn(_ x: Double) -> Int { Self.first(x, step: stepX, offset: offset) }

    /// Rounding of the division may miss by one; comparing with the samples themselves does not.
    private static func first(_ value: Double, step: Double, offset: Double) -> Int {
        var i = Int((value / step - offset).rounded(.up))
        while (Double(i - 1) + offset) * step >= value { i -= 1 }
        while (Double(i) + offset) * step < value { i += 1 }
        return i
    }

    /// The first column of a range whose sample on a row lies right of an edge, or on it unless `strictly`.
    @inline(__always)
    func firstColumn(rightOf edge: Edge, y: Double, in columns: Range<Int>, strictly: Bool = false) -> Int {
        let guess = edge.x(at: y) / stepX - offset
        var i = Int(min(max(guess, Double(columns.lowerBound)), Double(columns.upperBound)))
        func isRight(_ column: Int) -> Bool {
            let side = edge.side(x(column), y)
            return strictly ? side > 0 : side >= 0
        }
        while i > columns.lowerBound && isRight(i - 1) { i -= 1 }
        while i < columns.upperBound && !isRight(i) { i += 1 }
        return i
    }
}
