/// A space of three numbers in which the statistics of colors are matched.
public enum StatisticsSpace: String, Sendable, Hashable, Codable, CaseIterable {
    /// CIELAB of sRGB with the white of D65: lightness 0…100, then green to red and blue to yellow.
    case lab
    /// Hue in degrees, saturation and value from 0 to 1.
    case hsv
    /// Concentrations of hematoxylin, eosin and DAB in optical density; see ``StainMatrix/hematoxylinEosinDAB``.
    case hed

    /// A color of components from 0 to 1 in this space.
    func coordinates(of rgb: SIMD3<Double>) -> SIMD3<Double> {
        switch self {
        case .lab: return Lab.coordinates(of: rgb)
        case .hsv: return HSV.coordinates(of: rgb)
        case .hed:
            let part = pointwiseMax(rgb, SIMD3(repeating: 1e-6))
            return StainMatrix.hematoxylinEosinDAB.concentrations(
                in: SIMD3(-logarithm(part.x), -logarithm(part.y), -logarithm(part.z)))
        }
    }

    /// The color with components from 0 to 1 (they may go beyond) of coordinates in this space.
    func rgb(of coordinates: SIMD3<Double>) -> SIMD3<Double> {
        switch self {
        case .lab: return Lab.rgb(of: coordinates)
        case .hsv: return HSV.rgb(of: coordinates)
        case .hed:
            let density = StainMatrix.hematoxylinEosinDAB.density(of: coordinates)
            return SIMD3(exponential(-density.x), exponential(-density.y), exponential(-density.z))
        }
    }
}

/// CIE 1976 L*a*b* of sRGB (IEC 61966-2-1), white D65 of the 2° observer.
private enum Lab {
    static let white = SIMD3(0.95047, 1.0, 1.08883)

    static func coordinates(of rgb: SIMD3<Double>) -> SIMD3<Double> {
        let l = SIMD3(linear(rgb.x), linear(rgb.y), linear(rgb.z))
        let xyz = SIMD3(
            0.412453 * l.x + 0.357580 * l.y + 0.180423 * l.z, 0.212671 * l.x + 0.715160 * l.y + 0.072169 * l.z,
            0.019334 * l.x + 0.119193 * l.y + 0.950227 * l.z)
        let f = SIMD3(root(xyz.x / white.x), root(xyz.y / white.y), root(xyz.z / white.z))
        return SIMD3(116 * f.y - 16, 500 * (f.x - f.y), 200 * (f.y - f.z))
    }

    static func rgb(of lab: SIMD3<Double>) -> SIMD3<Double> {
        let y = (lab.x + 16) / 116
        let f = SIMD3(y + lab.y / 500, y, y - lab.z / 200)
        let xyz = SIMD3(cube(f.x) * white.x, cube(f.y) * white.y, cube(f.z) * white.z)
        // The inverse of the matrix above.
        return SIMD3(
            encoded(3.240481343200 * xyz.x - 1.537151516271 * xyz.y - 0.498536326168 * xyz.z),
            encoded(-0.969254949997 * xyz.x + 1.875990001490 * xyz.y + 0.041555926558 * xyz.z),
            encoded(0.055646639135 * xyz.x - 0.204041338366 * xyz.y + 1.057311069646 * xyz.z))
    }

    private static func linear(_ v: Double) -> Double { v > 0.04045 ? power((v + 0.055) / 1.055, 2.4) : v / 12.92 }
    private static func encoded(_ v: Double) -> Double {
        v > 0.0031308 ? 1.055 * power(v, 1 / 2.4) - 0.055 : v * 12.92
    }
    private static func root(_ v: Double) -> Double { v > 0.008856 ? power(v, 1.0 / 3) : 7.787 * v + 16.0 / 116 }
    private static func cube(_ v: Double) -> Double { v > 0.2068966 ? v * v * v : (v - 16.0 / 116) / 7.787 }
}

private enum HSV {
    static func coordinates(of rgb: SIMD3<Double>) -> SIMD3<Double> {
        let (value, chroma) = (rgb.max(), rgb.max() - rgb.min())
        guard chroma > 0, value > 0 else { return SIMD3(0, 0, value) }
        var sector = 0.0
        if value == rgb.x {
            sector = (rgb.y - rgb.z) / chroma
        } else if value == rgb.y {
            sector = (rgb.z - rgb.x) / chroma + 2
        } else {
            sector = (rgb.x - rgb.y) / chroma + 4
        }
        return SIMD3((sector < 0 ? sector + 6 : sector) * 60, chroma / value, value)
    }

    static func rgb(of hsv: SIMD3<Double>) -> SIMD3<Double> {
        let (saturation, value) = (min(max(hsv.y, 0), 1), min(max(hsv.z, 0), 1))
        func component(_ n: Double) -> Double {
            let place = n + hsv.x / 60
            let k = place - 6 * (place / 6).rounded(.down)
            return value - value * saturation * max(0, min(k, 4 - k, 1))
        }
        return SIMD3(component(5), component(3), component(1))
    }
}
