import Glibc
import ImageProcessing

/// Lights the picture by a black body of another temperature: red and blue are multiplied, green stays.
///
/// RGB only. The chromaticity is the cubic approximation of the Planckian locus by Kim et al., US patent 7,024,034 (1667 to
/// 25,000 K), its sRGB components are relative to those of 6500 K, which changes nothing.
public struct Planckian: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Planckian>(
        "planckian", "Lights the picture by a black body of another temperature.", group: .color, domain: .rgb,
        parameters: [
            .distribution(
                "kelvin", \.kelvin, unit: .none, in: 1667...25000,
                "Temperature in kelvin; below 6500 is redder, above is bluer.")
        ])

    /// Temperature in kelvin.
    public var kelvin = Distribution.fixed(Self.neutral)
    /// The temperature that changes nothing.
    static let neutral = 6500.0

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        DrawnValues(["kelvin": [draws.value(of: kelvin, named: "kelvin")]])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let kelvin = values["kelvin"]
        guard kelvin != Self.neutral else { return [] }
        let (light, neutral) = (Self.light(kelvin), Self.light(Self.neutral))
        let ratio = light / neutral
        return [.pixels([.linear(scale: [ratio.x / ratio.y, 1, ratio.z / ratio.y], bias: [0])])]
    }

    /// The chromaticity x, y of the CIE 1931 observer.
    static func chromaticity(_ kelvin: Double) -> (x: Double, y: Double) {
        let t = 1000 / kelvin
        let x =
            kelvin <= 4000
            ? ((-0.2661239 * t - 0.2343589) * t + 0.8776956) * t + 0.179910
            : ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.240390
        let y: Double
        if kelvin <= 2222 {
            y = ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
        } else if kelvin <= 4000 {
            y = ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
        } else {
            y = ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483
        }
        return (x, y)
    }

    /// Red, green and blue of sRGB, encoded, of the light with Y = 1; negative components count as almost none.
    static func light(_ kelvin: Double) -> SIMD3<Double> {
        let (x, y) = chromaticity(kelvin)
        let (X, Z) = (x / y, (1 - x - y) / y)
        let linear = SIMD3(
            3.2404542 * X - 1.5371385 - 0.4985314 * Z, -0.9692660 * X + 1.8760108 + 0.0415560 * Z,
            0.0556434 * X - 0.2040259 + 1.0572252 * Z)
        // Encoded by the exponent alone: a factor in linear light is then one factor for all encoded values.
        func encoded(_ v: Double) -> Double { pow(max(v, 1e-4), 1 / 2.4) }
        return SIMD3(encoded(linear.x), encoded(linear.y), encoded(linear.z))
    }
}
