import ImageCore

/// A resampling along one axis as weights of source samples for each sample of the result.
struct AxisTaps {
    /// How samples of a line come about.
    enum Method: Sendable, Hashable {
        case nearest, linear, cubic, area
    }

    /// The first source sample and the weights, for each sample of the result.
    private var taps: [(indices: [Int], weights: [Float])] = []
    private let sourceCount: Int

    /// The samples of a line of another length over the same extent.
    init(from old: Int, to new: Int, _ method: Method) {
        sourceCount = old
        let step = Double(old) / Double(new)
        for i in 0..<new {
            let center = (Double(i) + 0.5) * step
            switch method {
            case .nearest: taps.append(([min(old - 1, Int(center))], [1]))
            case .linear, .cubic: append(center - 0.5, method == .linear ? Self.linear : Self.cubic)
            case .area: appendArea(Double(i) * step, Double(i + 1) * step)
            }
        }
    }

    private mutating func append(_ place: Double, _ weights: (Double) -> [Double]) {
        let base = place.rounded(.down)
        let values = weights(place - base)
        let first = Int(base) - values.count / 2 + 1
        taps.append((values.indices.map { min(max(first + $0, 0), sourceCount - 1) }, values.map(Float.init)))
    }

    private mutating func appendArea(_ lower: Double, _ upper: Double) {
        let (first, last) = (Int(lower), min(sourceCount - 1, Int(upper.rounded(.up)) - 1))
        let weights = (first...max(first, last)).map {
            max(0, min(upper, Double($0 + 1)) - max(lower, Double($0))) / (upper - lower)
        }
        taps.append((weights.indices.map { min(first + $0, sourceCount - 1) }, weights.map(Float.init)))
    }

    private static func linear(_ t: Double) -> [Double] { [1 - t, t] }

    /// Keys' cubic convolution with a = −0.5.
    private static func cubic(_ t: Double) -> [Double] {
        let (t2, t3) = (t * t, t * t * t)
        return [-t / 2 + t2 - t3 / 2, 1 - 2.5 * t2 + 1.5 * t3, t / 2 + 2 * t2 - 1.5 * t3, (t3 - t2) / 2]
    }

    /// The image resampled along an axis.
    func applied(to image: Image<Float>, along axis: Axis) -> Image<Float> {
        guard let position = image.layout.index(of: axis) else { return image }
        var sizes = image.sizes
        let stride = sizes[(position + 1)...].reduce(1, *)
        let outer = sizes[..<position].reduce(1, *)
        sizes[position] = taps.count
        var result = Image<Float>(axes: image.axes, sizes: sizes, color: image.color, domain: image.domain)
        result.geometry = image.geometry
        result.metadata = image.metadata
        let source = image.samples
        var target = result.mutableSamples
        for block in 0..<outer {
            for (i, tap) in taps.enumerated() {
                let row = (block * taps.count + i) * stride
                for k in tap.indices.indices {
                    let (from, weight) = ((block * sourceCount + tap.indices[k]) * stride, tap.weights[k])
                    for j in 0..<stride { target[row + j] += weight * source[from + j] }
                }
            }
        }
        return result
    }
}

extension Image<Float> {
    /// The image brought to fewer samples along an axis and back.
    func coarsened(
        _ axis: Axis, to count: Int, down: AxisTaps.Method, up: AxisTaps.Method
    ) -> Image<Float> {
        guard let position = layout.index(of: axis) else { return self }
        let length = sizes[position]
        let small = AxisTaps(from: length, to: count, down).applied(to: self, along: axis)
        return AxisTaps(from: count, to: length, up).applied(to: small, along: axis)
    }
}
