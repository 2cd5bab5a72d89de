import Glibc

/// Where a slide has tissue: a few blobs with ragged edges and holes, on a grid of points.
struct TissueOutline: Sendable {
    /// Distance of the grid's points in level-0 pixels.
    static let step = 32

    let columns: Int
    let rows: Int
    /// Share of tissue at each point, 0 … 1, rows from the top.
    private let shares: [Float]

    /// Draws an outline.
    ///
    /// - Parameters:
    ///   - width: Of the slide in level-0 pixels.
    ///   - height: Of the slide in level-0 pixels.
    ///   - coverage: Share of the slide inside the blobs; the holes take a few percent of that away.
    ///   - random: Places blobs, ragged edges and holes.
    init(width: Int, height: Int, coverage: Double, random: KeyedRandom) {
        columns = width / Self.step + 2
        rows = height / Self.step + 2
        let extent = Float(max(width, height)) / Float(Self.step)
        let field = TissueField(
            width: Float(columns) / extent, height: Float(rows) / extent, random: random.keyed(1))
        let holes = SmoothNoise(cells: 60, random: random.keyed(2))

        var values = [Float](repeating: 0, count: columns * rows)
        for i in values.indices {
            values[i] = field.value(Float(i % columns) / extent, Float(i / columns) / extent)
        }
        let threshold = Self.quantile(of: values, at: 1 - coverage)
        for i in values.indices {
            let inside = max(0, min(1, (values[i] - threshold) / 0.015))
            let solid = (1.5 - holes.value(Float(i % columns) / extent, Float(i / columns) / extent)) / 0.15
            values[i] = inside * max(0, min(1, solid))
        }
        shares = values
    }

    /// The value that a share of the values lies below, from every seventh of them.
    private static func quantile(of values: [Float], at share: Double) -> Float {
        let sample = stride(from: 0, to: values.count, by: 7).map { values[$0] }.sorted()
        return sample[max(0, min(sample.count - 1, Int(share * Double(sample.count))))]
    }

    /// The share of tissue at a place in level-0 pixels, between the grid's points interpolated.
    func share(x: Float, y: Float) -> Float {
        let (column, u) = Self.split(x, below: columns)
        let (row, v) = Self.split(y, below: rows)
        let i = row * columns + column
        let top = shares[i] + u * (shares[i + 1] - shares[i])
        let bottom = shares[i + columns] + u * (shares[i + columns + 1] - shares[i + columns])
        return top + v * (bottom - top)
    }

    /// The share that a whole square of level-0 pixels has: 0 or 1, or nothing when it is not the same all over.
    func uniformShare(x: Int, y: Int, side: Int) -> Float? {
        let lastColumn = min(columns - 1, (x + side) / Self.step + 1)
        let lastRow = min(rows - 1, (y + side) / Self.step + 1)
        let first = shares[y / Self.step * columns + x / Self.step]
        guard first == 0 || first == 1 else { return nil }
        for row in y / Self.step...lastRow {
            for column in x / Self.step...lastColumn where shares[row * columns + column] != first { return nil }
        }
        return first
    }

    private static func split(_ coordinate: Float, below count: Int) -> (cell: Int, fraction: Float) {
        let scaled = max(0, coordinate / Float(step))
        let cell = min(count - 2, Int(scaled))
        return (cell, min(1, scaled - Float(cell)))
    }
}

/// A height in the plane that blobs of tissue are cut from: hills, roughened by noise.
private struct TissueField {
    private struct Hill {
        var x, y, radiusX, radiusY, cosine, sine: Float
    }

    private let hills: [Hill]
    private let roughness: [(amplitude: Float, noise: SmoothNoise)]

    init(width: Float, height: Float, random: KeyedRandom) {
        hills = (0..<3 + random.index(0, below: 4)).map { i in
            let angle = Float(random.number(i, 5, in: 0..<Double.pi))
            return Hill(
                x: Float(random.number(i, 1, in: 0.2..<0.8)) * width,
                y: Float(random.number(i, 2, in: 0.2..<0.8)) * height,
                radiusX: Float(random.number(i, 3, in: 0.12..<0.3)) * width,
                radiusY: Float(random.number(i, 4, in: 0.12..<0.3)) * height,
                cosine: cos(angle), sine: sin(angle))
        }
        roughness = [(0.10, 8), (0.06, 24), (0.03, 80)].map { amplitude, cells in
            (Float(amplitude), SmoothNoise(cells: cells, random: random.keyed(cells)))
        }
    }

    func value(_ x: Float, _ y: Float) -> Float {
        var height: Float = 0
        for hill in hills {
            let (dx, dy) = (x - hill.x, y - hill.y)
            let u = (dx * hill.cosine + dy * hill.sine) / hill.radiusX
            let v = (dy * hill.cosine - dx * hill.sine) / hill.radiusY
            height = max(height, exp(-(u * u + v * v)))
        }
        return roughness.reduce(height) { $0 + $1.amplitude * $1.noise.value(x, y) }
    }
}
