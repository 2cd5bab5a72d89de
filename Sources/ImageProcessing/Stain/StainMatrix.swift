public import ImageCore

/// How much two or three stains absorb in red, green and blue: the rows of the matrix of color deconvolution.
///
/// A. C. Ruifrok, D. A. Johnston, "Quantification of histochemical staining by color deconvolution", Anal. Quant. Cytol.
/// Histol. 23 (2001) 291–299. Optical density is −ln(value / white); a density is the sum of the stains, each times its
/// concentration. Two stains are completed by a third direction that is perpendicular to both and takes up the rest.
public struct StainMatrix: Sendable, Hashable {
    /// Absorbance in red, green, blue of each stain, as it was given.
    public let stains: [SIMD3<Double>]
    /// Three independent directions.
    let complete: [SIMD3<Double>]
    /// What gives the concentration of each of the three by a scalar product with a density.
    let weights: [SIMD3<Double>]

    /// A matrix of two or three stains.
    ///
    /// - Throws: ``ImageError/invalidArgument(_:)`` for another number, numbers that are not finite, and stains of (nearly) one
    ///   direction, which cannot be told apart.
    public init(_ stains: [SIMD3<Double>]) throws(ImageError) {
        guard (2...3).contains(stains.count) else {
            throw .invalidArgument("expected 2 or 3 stains, found \(stains.count)")
        }
        let all = stains.count == 3 ? stains : stains + [Self.direction(Self.cross(stains[0], stains[1]))]
        let normal = Self.cross(all[1], all[2])
        let volume = (all[0] * normal).sum()
        let lengths = all.reduce(1.0) { $0 * Self.length($1) }
        guard lengths.isFinite, lengths > 0, abs(volume) > 1e-4 * lengths else {
            let found = stains.map { $0.placeText() }.joined(separator: ", ")
            throw .invalidArgument("expected stains of different finite directions, found \(found)")
        }
        self.stains = stains
        complete = all
        weights = [normal, Self.cross(all[2], all[0]), Self.cross(all[0], all[1])].map { $0 / volume }
    }

    private init(unchecked stains: [SIMD3<Double>], weights: [SIMD3<Double>]) {
        (self.stains, complete, self.weights) = (stains, stains, weights)
    }

    /// Hematoxylin, eosin and DAB as Ruifrok and Johnston measured them; scikit-image's `rgb_from_hed`.
    public static let hematoxylinEosinDAB: StainMatrix = {
        let stains = [SIMD3(0.65, 0.70, 0.29), SIMD3(0.07, 0.99, 0.11), SIMD3(0.27, 0.57, 0.78)]
        let normal = cross(stains[1], stains[2])
        let volume = (stains[0] * normal).sum()
        let weights = [normal, cross(stains[2], stains[0]), cross(stains[0], stains[1])].map { $0 / volume }
        return StainMatrix(unchecked: stains, weights: weights)
    }()

    /// The concentrations of three stains in an optical density; they may be negative.
    ///
    /// For two stains the least-squares solution, and the rest as the third number.
    public func concentrations(in density: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3((weights[0] * density).sum(), (weights[1] * density).sum(), (weights[2] * density).sum())
    }

    /// The optical density of concentrations.
    public func density(of concentrations: SIMD3<Double>) -> SIMD3<Double> {
        complete[0] * concentrations.x + complete[1] * concentrations.y + complete[2] * concentrations.z
    }

    /// Multiplies concentrations, adds to them and stains again, as one matrix between optical densities.
    ///
    /// - Parameters:
    ///   - scale: What each concentration is multiplied by; the third is the rest where there are two stains.
    ///   - shift: What is added to each, in optical density.
    ///   - target: The stains of the result; `nil` takes the same.
    ///   - white: The value without any stain.
    ///   - floor: The smallest value that counts, as a part of white.
    /// - Returns: The operation on red, green and blue.
    public func operation(
        scale: SIMD3<Double>, shift: SIMD3<Double> = .zero, to target: StainMatrix? = nil, white: Double,
        floor: Double = 1e-6
    ) -> RowOperation {
        let goal = (target ?? self).complete
        let rows = (0..<3).map { row in
            var sum = SIMD4<Double>.zero
            for stain in 0..<3 {
                sum += SIMD4(weights[stain] * scale[stain], shift[stain]) * goal[stain][row]
            }
            return sum
        }
        return .opticalDensity(rows, white: white, floor: floor * white)
    }

    static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }

    static func length(_ a: SIMD3<Double>) -> Double { (a * a).sum().squareRoot() }

    static func direction(_ a: SIMD3<Double>) -> SIMD3<Double> { a / length(a) }
}

extension StainMatrix: Codable {
    /// Reads the stains and checks them.
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode([SIMD3<Double>].self))
    }

    /// Writes the stains.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(stains)
    }
}
