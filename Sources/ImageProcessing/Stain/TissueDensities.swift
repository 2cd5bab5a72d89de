import ImageCore

/// The optical densities of the pixels that hold stain.
struct TissueDensities {
    /// Pixels below this density in any channel are background: β of Macenko et al.
    static let background = 0.15
    /// Fewer pixels of stain than this, or than this part of all, are too few to know the stains from.
    static let fewest = 100
    static let smallestPart = 0.005
    /// The most pixels that are looked at; they are spread over the image.
    static let limit = 1 << 19

    /// The densities; empty where there is too little stain.
    private(set) var densities: [SIMD3<Double>] = []

    init(_ planes: RGBPlanes) {
        let step = planes.stride(limit: Self.limit)
        var seen = 0
        for i in stride(from: 0, to: planes.length, by: step) {
            seen += 1
            let density = planes.density(at: i)
            if density.min() >= Self.background, density.max().isFinite { densities.append(density) }
        }
        if densities.count < max(Self.fewest, Int(Self.smallestPart * Double(seen))) { densities = [] }
    }

    var mean: SIMD3<Double> { densities.reduce(.zero, +) / Double(max(1, densities.count)) }

    /// The covariance of red, green and blue, row by row.
    var covariance: [SIMD3<Double>] {
        let center = mean
        var rows = [SIMD3<Double>](repeating: .zero, count: 3)
        for density in densities {
            let difference = density - center
            for row in 0..<3 { rows[row] += difference[row] * difference }
        }
        return rows.map { $0 / Double(max(1, densities.count - 1)) }
    }
}

/// Eigenvectors of a symmetric matrix of three rows, the largest eigenvalue first (Jacobi's rotations).
func eigenvectors(of matrix: [SIMD3<Double>]) -> [(value: Double, vector: SIMD3<Double>)] {
    var (a, vectors) = (matrix, [SIMD3(1.0, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)])
    for _ in 0..<32 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] where abs(a[p][q]) > 1e-300 {
            let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
            let t = (theta >= 0 ? 1.0 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
            let c = 1 / (t * t + 1).squareRoot()
            let s = t * c
            for k in 0..<3 {
                let (kp, kq) = (a[k][p], a[k][q])
                (a[k][p], a[k][q]) = (c * kp - s * kq, s * kp + c * kq)
            }
            (a[p], a[q]) = (c * a[p] - s * a[q], s * a[p] + c * a[q])
            (vectors[p], vectors[q]) = (c * vectors[p] - s * vectors[q], s * vectors[p] + c * vectors[q])
        }
    }
    return (0..<3).map { (a[$0][$0], vectors[$0]) }.sorted { $0.value > $1.value }
}

/// The value below which a part of the sorted numbers lies, interpolated linearly.
func percentile(_ percent: Double, ofSorted values: [Double]) -> Double {
    let place = percent / 100 * Double(values.count - 1)
    let low = Int(place)
    return values[low] + (values[min(low + 1, values.count - 1)] - values[low]) * (place - Double(low))
}
