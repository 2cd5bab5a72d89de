/// Smooth noise in the plane: random values on a grid, joined by a curve without kinks (value noise).
struct SmoothNoise: Sendable {
    private let values: [Float]
    private let cells: Int

    /// Draws the values.
    ///
    /// - Parameters:
    ///   - cells: Number of grid cells along each side of the unit square.
    ///   - random: Gives the values.
    init(cells: Int, random: KeyedRandom) {
        self.cells = cells
        values = (0..<(cells + 1) * (cells + 1)).map { Float(random.normal($0)) }
    }

    /// The noise at a place of the unit square; mean 0, standard deviation below 1.
    func value(_ x: Float, _ y: Float) -> Float {
        let (column, u) = split(x)
        let (row, v) = split(y)
        let i = row * (cells + 1) + column
        let top = values[i] + u * (values[i + 1] - values[i])
        let bottom = values[i + cells + 1] + u * (values[i + cells + 2] - values[i + cells + 1])
        return top + v * (bottom - top)
    }

    private func split(_ coordinate: Float) -> (cell: Int, fraction: Float) {
        let scaled = max(0, min(1, coordinate)) * Float(cells)
        let cell = min(cells - 1, Int(scaled))
        let t = scaled - Float(cell)
        return (cell, t * t * (3 - 2 * t))
    }
}
