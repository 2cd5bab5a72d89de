import ImageCore

/// How old samples share in each new one along an axis that is resized over the same extent.
struct ResizeTaps {
    /// For each new sample the first old one and the weights from there on, which sum to 1.
    let taps: [(first: Int, weights: [Double])]

    /// - Precondition: both counts are above 0.
    init(from old: Int, to new: Int, _ interpolation: Interpolation, antialias: Bool) {
        let step = Double(old) / Double(new)
        taps = (0..<new).map { i in
            // Whole numbers are centers of old samples.
            let center = (Double(i) + 0.5) * step - 0.5
            switch interpolation {
            case .nearest: return ((2 * i + 1) * old / (2 * new), [1])
            case .area: return AxisWeights<Double>.box(Double(i) * step, Double(i + 1) * step, old)
            default:
                return Self.filtered(center, old, interpolation, stretch: antialias ? max(1, step) : 1, antialias)
            }
        }
    }

    private static func filtered(
        _ center: Double, _ count: Int, _ interpolation: Interpolation, stretch: Double, _ antialias: Bool
    ) -> (first: Int, weights: [Double]) {
        let reach = interpolation.reach * stretch
        let positions = Int((center - reach).rounded(.up))...Int((center + reach).rounded(.down))
        // Stretched filters end at the edge of the image as Pillow has it; others repeat the outermost sample.
        let inside = positions.clamped(to: 0...count - 1)
        var weights = [Double](repeating: 0, count: inside.count)
        for position in positions where !antialias || inside.contains(position) {
            let place = min(max(position, inside.lowerBound), inside.upperBound) - inside.lowerBound
            weights[place] += interpolation.weight((Double(position) - center) / stretch)
        }
        return trimmed(inside.lowerBound, weights)
    }

    /// Without samples that have no weight, for they may be NaN.
    private static func trimmed(_ first: Int, _ weights: [Double]) -> (first: Int, weights: [Double]) {
        let sum = weights.reduce(0, +)
        guard let low = weights.firstIndex(where: { $0 != 0 }), let high = weights.lastIndex(where: { $0 != 0 }) else {
            return (first, [1])
        }
        return (first + low, weights[low...high].map { $0 / sum })
    }
}
