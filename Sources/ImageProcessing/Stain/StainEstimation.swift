public import ImageCore

/// How the stains of an image are found.
public enum StainEstimation: String, Sendable, Hashable, Codable, CaseIterable {
    /// The extreme directions in the plane of the two largest eigenvectors: M. Macenko et al., "A method for normalizing
    /// histology slides for quantitative analysis", ISBI 2009, 1107–1110, with its α = 1 and β = 0.15.
    case macenko
    /// Non-negative sparse dictionary learning: A. Vahadane et al., "Structure-preserving color normalization and sparse
    /// stain separation for histological images", IEEE Trans. Med. Imaging 35 (2016) 1962–1971, with λ = 0.1.
    ///
    /// It starts from ``macenko`` and draws nothing at random.
    case vahadane
}

extension Image where Scalar: NumericScalar {
    /// The stains hematoxylin and eosin as they look in this picture or volume in RGB.
    ///
    /// - Parameters:
    ///   - method: How they are found.
    ///   - white: The value of white; `nil` takes that of the domain.
    /// - Returns: Two directions of length 1, the one with more red absorbance first; `nil` for a blank image or one whose
    ///   pixels show only one stain: fewer than 100 or 0.5 % of pixels with a density of 0.15 or more in every channel.
    /// - Throws: ``ImageError`` for anything but three channels.
    public func estimatedStains(
        _ method: StainEstimation = .macenko, white: Double? = nil
    ) throws(ImageError) -> StainMatrix? {
        try RGBPlanes(self, white: white).estimatedStains(method)
    }
}

extension RGBPlanes {
    func estimatedStains(_ method: StainEstimation) -> StainMatrix? {
        let tissue = TissueDensities(self)
        guard let first = Macenko.stains(in: tissue) else { return nil }
        return method == .macenko ? first : Vahadane.stains(in: tissue, from: first)
    }

    /// The concentrations of two stains that 99 % of all pixels stay below.
    func strengths(of matrix: StainMatrix) -> SIMD2<Double> {
        let step = stride(limit: TissueDensities.limit)
        var (first, second): ([Double], [Double]) = ([], [])
        for i in Swift.stride(from: 0, to: length, by: step) {
            let concentrations = matrix.concentrations(in: density(at: i))
            guard concentrations.x.isFinite, concentrations.y.isFinite else { continue }
            first.append(concentrations.x)
            second.append(concentrations.y)
        }
        guard !first.isEmpty else { return .zero }
        return SIMD2(percentile(99, ofSorted: first.sorted()), percentile(99, ofSorted: second.sorted()))
    }
}

enum Macenko {
    /// α: the part of angles, in percent, that is left out at each end.
    static let tolerance = 1.0
    /// Stains nearer to each other than this angle, in radians, are one.
    static let smallestAngle = 0.02

    static func stains(in tissue: TissueDensities) -> StainMatrix? {
        guard !tissue.densities.isEmpty else { return nil }
        let axes = eigenvectors(of: tissue.covariance)
        guard axes[0].value > 1e-8, axes[1].value > 1e-6 * axes[0].value else { return nil }
        // Towards the data, so that angles are about 0 and do not jump from π to −π.
        let u = (axes[0].vector * tissue.mean).sum() < 0 ? -axes[0].vector : axes[0].vector
        let v = axes[1].vector
        let angles = tissue.densities.map { arcTangent((v * $0).sum(), (u * $0).sum()) }.sorted()
        let (low, high) = (
            percentile(tolerance, ofSorted: angles), percentile(100 - tolerance, ofSorted: angles)
        )
        guard high - low > smallestAngle else { return nil }
        let ends = [low, high].map { u * cosine($0) + v * sine($0) }
        return try? StainMatrix(ends[0].x > ends[1].x ? ends : [ends[1], ends[0]])
    }
}

enum Vahadane {
    /// λ: what a unit of concentration costs.
    static let sparsity = 0.1
    private static let rounds = 200
    private static let limit = 20_000

    static func stains(in tissue: TissueDensities, from start: StainMatrix) -> StainMatrix? {
        let all = tissue.densities
        let step = max(1, (all.count + limit - 1) / limit)
        let densities = stride(from: 0, to: all.count, by: step).map { all[$0] }
        var atoms = start.stains.map { StainMatrix.direction(pointwiseMax($0, SIMD3(repeating: 1e-6))) }
        for _ in 0..<rounds {
            let next = improved(atoms, densities)
            let change = (0..<2).reduce(0.0) { max($0, StainMatrix.length(next[$1] - atoms[$1])) }
            atoms = next
            if change < 1e-7 { break }
        }
        return try? StainMatrix(atoms[0].x > atoms[1].x ? atoms : [atoms[1], atoms[0]])
    }

    /// One round: concentrations for the atoms, then atoms for the concentrations.
    ///
    /// Block coordinate descent of Mairal et al., "Online dictionary learning for sparse coding", ICML 2009.
    private static func improved(_ atoms: [SIMD3<Double>], _ densities: [SIMD3<Double>]) -> [SIMD3<Double>] {
        var (aa, ab, bb) = (0.0, 0.0, 0.0)
        var (xa, xb) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
        for density in densities {
            let c = concentrations(of: density, atoms)
            aa += c.x * c.x
            ab += c.x * c.y
            bb += c.y * c.y
            xa += density * c.x
            xb += density * c.y
        }
        var (first, second) = (atoms[0], atoms[1])
        first = normalized(first * aa + (xa - first * aa - second * ab), otherwise: first)
        second = normalized(second * bb + (xb - first * ab - second * bb), otherwise: second)
        return [first, second]
    }

    private static func normalized(_ atom: SIMD3<Double>, otherwise old: SIMD3<Double>) -> SIMD3<Double> {
        let positive = pointwiseMax(atom, .zero)
        let length = StainMatrix.length(positive)
        return length > 1e-12 ? positive / length : old
    }

    /// The two concentrations of 0 or more with the least ½|x − D·c|² + λ·Σc.
    static func concentrations(of density: SIMD3<Double>, _ atoms: [SIMD3<Double>]) -> SIMD2<Double> {
        let overlap = (atoms[0] * atoms[1]).sum()
        let a = (atoms[0] * density).sum() - sparsity
        let b = (atoms[1] * density).sum() - sparsity
        let determinant = 1 - overlap * overlap
        let (x, y) = ((a - overlap * b) / determinant, (b - overlap * a) / determinant)
        if x >= 0, y >= 0 { return SIMD2(x, y) }
        let (onlyA, onlyB) = (max(a, 0), max(b, 0))
        return onlyA >= onlyB ? SIMD2(onlyA, 0) : SIMD2(0, onlyB)
    }
}
