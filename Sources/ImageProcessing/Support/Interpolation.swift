/// How values between samples come about.
public enum Interpolation: String, Sendable, Hashable, Codable, CaseIterable {
    /// The sample that holds the place.
    case nearest
    /// Linear between the centers of neighbors.
    case linear
    /// Cubic convolution over 4 samples (Keys, 1981) with a = −0.75, as OpenCV has it.
    case cubic
    /// Cubic convolution with a = −0.5: the Catmull–Rom spline, as Pillow and ITK have it.
    case catmullRom
    /// A sinc windowed by a wider one over 8 samples (Lanczos).
    case lanczos4
    /// The mean of the area that a new sample covers; see ``AreaWeights``. Between samples the same as ``nearest``.
    case area

    /// How far the filter reaches, in samples; 0 for ``nearest`` and ``area``.
    var reach: Double {
        switch self {
        case .nearest, .area: 0
        case .linear: 1
        case .cubic, .catmullRom: 2
        case .lanczos4: 4
        }
    }

    /// The weight of a sample at a distance.
    func weight(_ distance: Double) -> Double {
        let x = abs(distance)
        switch self {
        case .nearest, .area: return x <= 0.5 ? 1 : 0
        case .linear: return max(0, 1 - x)
        case .cubic: return Self.keys(x, -0.75)
        case .catmullRom: return Self.keys(x, -0.5)
        case .lanczos4: return x < 4 ? Self.sinc(x) * Self.sinc(x / 4) : 0
        }
    }

    private static func keys(_ x: Double, _ a: Double) -> Double {
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
    }

    private static func sinc(_ x: Double) -> Double { x == 0 ? 1 : sine(Double.pi * x) / (Double.pi * x) }
}
