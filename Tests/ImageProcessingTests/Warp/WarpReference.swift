import ImageCore
import ImageProcessing

/// Sampling in `Double`, pixel by pixel, with no regard to speed: what the kernels are compared with.
struct WarpReference {
    /// A sample by channel and position; positions are inside.
    let value: (_ channel: Int, _ x: Int, _ y: Int, _ z: Int) -> Double
    let size: SpatialSize
    let interpolation: Interpolation
    let border: BorderMode
    let isFlat: Bool

    /// The value at a place in edge coordinates.
    func sample(_ channel: Int, at place: SIMD3<Double>) -> Double {
        let fill: Double = if case .constant(let fill) = border { fill } else { 0 }
        guard place.x.isFinite, place.y.isFinite, isFlat || place.z.isFinite else { return fill }
        let (xs, ys) = (taps(place.x, size.x), taps(place.y, size.y))
        let zs = isFlat ? [(0, 1.0)] : taps(place.z, size.z)
        var sum = 0.0
        for (z, wz) in zs {
            for (y, wy) in ys {
                for (x, wx) in xs {
                    let isInside = x >= 0 && y >= 0 && z >= 0
                    sum += wx * wy * wz * (isInside ? value(channel, x, y, z) : fill)
                }
            }
        }
        return sum
    }

    /// Positions (−1 outside) and weights along an axis.
    private func taps(_ place: Double, _ length: Int) -> [(Int, Double)] {
        let center = place - 0.5
        switch interpolation {
        case .nearest, .area: return [(index(clamped(place.rounded(.down)), length), 1)]
        case .linear:
            let first = center.rounded(.down)
            let t = center - first
            return [(index(clamped(first), length), 1 - t), (index(clamped(first + 1), length), t)]
        case .cubic, .catmullRom:
            let a = interpolation == .cubic ? -0.75 : -0.5
            let first = center.rounded(.down)
            return (-1...2).map { k in
                let x = abs(center - first - Double(k))
                let weight =
                    x < 1
                    ? (a + 2) * x * x * x - (a + 3) * x * x + 1 : a * (x * x * x - 5 * x * x + 8 * x - 4)
                return (index(clamped(first + Double(k)), length), weight)
            }
        case .lanczos4:
            let first = center.rounded(.down)
            let raw = (-3...4).map { k in lanczos(center - first - Double(k)) }
            let total = raw.reduce(0, +)
            return (0..<8).map { (index(clamped(first + Double($0 - 3)), length), raw[$0] / total) }
        }
    }

    private func clamped(_ position: Double) -> Int { Int(min(max(position, -1e9), 1e9)) }

    private func index(_ position: Int, _ length: Int) -> Int {
        if position >= 0 && position < length { return position }
        switch border {
        case .constant: return -1
        case .replicate: return position < 0 ? 0 : length - 1
        case .wrap: return ((position % length) + length) % length
        case .reflect:
            let p = ((position % (2 * length)) + 2 * length) % (2 * length)
            return p < length ? p : 2 * length - 1 - p
        case .reflect101:
            if length == 1 { return 0 }
            let period = 2 * length - 2
            let p = ((position % period) + period) % period
            return p < length ? p : period - p
        }
    }

    private func lanczos(_ d: Double) -> Double {
        d == 0 ? 1 : 4 * sine(.pi * d) * sine(.pi * d / 4) / (.pi * .pi * d * d)
    }

    /// By its series, so that nothing is imported.
    private func sine(_ x: Double) -> Double {
        let x = x.remainder(dividingBy: 2 * .pi)
        var (term, sum) = (x, x)
        for n in 1..<14 {
            term *= -x * x / Double((2 * n) * (2 * n + 1))
            sum += term
        }
        return sum
    }
}

extension Image where Scalar: NumericScalar {
    /// The image warped by the reference, unrounded: for each sample of the result in C order of the image's axes.
    func referenceWarp(by map: SpatialMap, _ interpolation: Interpolation, _ border: BorderMode) -> [Double] {
        let source = contiguous()
        let layout = source.layout
        func stride(_ axis: Axis) -> Int { layout.index(of: axis).map { layout.strides[$0] } ?? 0 }
        let (sx, sy, sz, sc) = (stride(.x), stride(.y), stride(.z), stride(.channel))
        let values = source.values
        let isFlat = layout.index(of: .z) == nil
        let reference = WarpReference(
            value: { c, x, y, z in values[c * sc + x * sx + y * sy + z * sz].doubleValue },
            size: SpatialSize(x: width, y: height, z: depth), interpolation: interpolation, border: border,
            isFlat: isFlat)
        var result = [Double]()
        let sizes = axes.map { axis in
            switch axis {
            case .x: map.outputSize.x
            case .y: map.outputSize.y
            case .z: map.outputSize.z
            default: channels
            }
        }
        for i in 0..<sizes.reduce(1, *) {
            var (rest, place, channel) = (i, SIMD3(0, 0, 0), 0)
            for (axis, size) in zip(axes, sizes).reversed() {
                let position = rest % size
                rest /= size
                if let spatial = axis.spatialIndex { place[spatial] = position } else { channel = position }
            }
            result.append(reference.sample(channel, at: map.source(of: SIMD3<Double>(place) + 0.5)))
        }
        return result
    }
}
