import Glibc
import ImageCore
import ImageProcessing

/// Multiplies by a smooth field, as the receive coils of a scanner do.
///
/// Any image; values keep their sign. The field is a polynomial of the place, which runs from −1 to 1 along each axis, without a
/// constant term; the factor is its exponential, or 1 plus it. K. Van Leemput et al., "Automated model-based bias field
/// correction of MR images of the brain" (1999), C. Sudre et al. (2017), as TorchIO's RandomBiasField, which has a constant too.
public struct BiasField: Transform {
    /// How the polynomial becomes a factor.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// Its exponential.
        case log
        /// 1 plus it.
        case linear
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<BiasField>(
        "bias_field", "Multiplies by a smooth field, as the coils of an MRI scanner do.", group: .mri,
        parameters: [
            .distribution(
                "coefficient", \.coefficient, in: -10...10, "What each coefficient of the polynomial is drawn from."),
            .integer("order", \.order, unit: .none, in: 1...6, "Largest sum of the exponents."),
            .choice("form", \.form, "Whether the factor is the exponential of the polynomial (log), or 1 plus it."),
        ])

    /// What each coefficient is drawn from.
    public var coefficient = Distribution.uniform(-0.5, 0.5)
    /// The largest sum of the exponents.
    public var order = 3
    /// How the polynomial becomes a factor.
    public var form = Form.log

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let count = Polynomial.exponents(order: order, isVolume: scene.isVolume).count
        return DrawnValues([
            "coefficients": (0..<count).map { draws.value(of: coefficient, named: "coefficient", index: $0) }
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let coefficients = values.list("coefficients")
        guard coefficients.contains(where: { $0 != 0 }) else { return [] }
        let polynomial = Polynomial(order: order, coefficients: coefficients, isVolume: scene.isVolume)
        let isLog = form == .log
        return [
            .change(Self.name) { (image, _) in
                let (width, height) = (image.width, image.height)
                let rows = image.count / image.channels / width
                let (across, down) = (Polynomial.places(width), Polynomial.places(height))
                let through = Polynomial.places(rows / height)
                let channels = image.channels
                let most = Double(Float.greatestFiniteMagnitude)
                var samples = image.mutableSamples
                for row in 0..<rows {
                    let part = polynomial.along(y: down[row % height], z: through[row / height])
                    for x in 0..<width {
                        let field = part.reversed().reduce(0) { $0 * across[x] + $1 }
                        let factor = isLog ? min(exp(field), most) : 1 + field
                        for channel in 0..<channels {
                            let place = (channel * rows + row) * width + x
                            // What is finite stays finite.
                            guard samples[place].isFinite else { continue }
                            samples[place] = Float(min(max(Double(samples[place]) * factor, -most), most))
                        }
                    }
                }
            }
        ]
    }
}

/// A polynomial of x, y and z without a constant.
struct Polynomial: Sendable {
    private let order: Int
    private let terms: [(exponents: [Int], coefficient: Double)]

    init(order: Int, coefficients: [Double], isVolume: Bool) {
        self.order = order
        terms = Array(zip(Self.exponents(order: order, isVolume: isVolume), coefficients)).map { ($0.0, $0.1) }
    }

    /// The exponents of x, y and z in each term, in order.
    static func exponents(order: Int, isVolume: Bool) -> [[Int]] {
        (0...order).flatMap { x in
            (0...order - x).flatMap { y in (0...(isVolume ? order - x - y : 0)).map { z in [x, y, z] } }
        }.filter { $0 != [0, 0, 0] }
    }

    /// The centers of pixels when the axis runs from −1 to 1; a single one is in the middle.
    static func places(_ count: Int) -> [Double] { (0..<count).map { (2 * Double($0) + 1) / Double(count) - 1 } }

    /// The coefficients of the powers of x along a row.
    func along(y: Double, z: Double) -> [Double] {
        var result = [Double](repeating: 0, count: order + 1)
        for term in terms {
            result[term.exponents[0]] +=
                term.coefficient * pow(y, Double(term.exponents[1])) * pow(z, Double(term.exponents[2]))
        }
        return result
    }
}
