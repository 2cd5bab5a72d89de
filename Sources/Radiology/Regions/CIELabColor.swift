import Glibc
public import ImageCore

/// A color of the profile connection space, as DICOM recommends it for display; PS3.3 C.10.7.1.1.
public struct CIELabColor: Sendable, Hashable, Codable {
    /// Lightness, 0…100.
    public var l: Double
    /// Green to red, -128…127.
    public var a: Double
    /// Blue to yellow, -128…127.
    public var b: Double

    /// A color by its parts.
    public init(l: Double, a: Double, b: Double) {
        self.l = l
        self.a = a
        self.b = b
    }

    /// The three 16-bit values of (0062,000D); `nil` when there are not three.
    init?(stored: [Int]) {
        guard stored.count == 3, stored.allSatisfy({ (0...65535).contains($0) }) else { return nil }
        self.init(
            l: Double(stored[0]) / 65535 * 100, a: Double(stored[1]) / 257 - 128, b: Double(stored[2]) / 257 - 128)
    }

    /// The nearest sRGB color: D50 adapted to D65 (Bradford), IEC 61966-2-1 curve, clamped to 0…255, rounded.
    public var rgb: RGBColor {
        let fy = (l + 16) / 116
        let xyz = SIMD3(0.96422 * Self.cube(fy + a / 500), Self.cube(fy), 0.82521 * Self.cube(fy - b / 200))
        func channel(_ weights: SIMD3<Double>) -> UInt8 {
            let linear = min(1, max(0, weights.dot(xyz)))
            let curved = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
            return UInt8((min(1, curved) * 255).rounded())
        }
        // The inverse of sRGB's primaries with D50 as white.
        return RGBColor(
            red: channel(SIMD3(3.1338561, -1.6168667, -0.4906146)),
            green: channel(SIMD3(-0.9787684, 1.9161415, 0.0334540)),
            blue: channel(SIMD3(0.0719453, -0.2289914, 1.4052427)))
    }

    private static func cube(_ t: Double) -> Double {
        t > 6.0 / 29 ? t * t * t : (t - 4.0 / 29) * 108 / 841
    }
}
