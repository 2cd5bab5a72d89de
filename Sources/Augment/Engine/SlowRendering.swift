import ImageCore
import ImageProcessing

extension AnyImage {
    func rendered(
        map: SpatialMap?, interpolation: Interpolation, border: BorderMode, operations: [RowOperation],
        kind: ScalarKind, axes: [Axis], workers: Int
    ) throws(ImageError) -> AnyImage {
        let source = try accept(ToDouble())
        let order = source.axes
        let size = map?.outputSize ?? spatialSize
        let channels = channelCount
        var sizes: [Int] = []
        for axis in axes {
            switch axis {
            case .x: sizes.append(size.x)
            case .y: sizes.append(size.y)
            case .z: sizes.append(size.z)
            default: sizes.append(channels)
            }
        }
        var result = Image<Double>(axes: axes, sizes: sizes, color: color, domain: domain)
        func sample(_ c: Int, _ z: Int, _ y: Int, _ x: Int) -> Double {
            func index(_ i: Int, _ n: Int) -> Int? {
                if i >= 0 && i < n { return i }
                switch border {
                case .constant: return nil
                case .replicate: return min(max(i, 0), n - 1)
                case .reflect: let p = ((i % (2 * n)) + 2 * n) % (2 * n); return p < n ? p : 2 * n - 1 - p
                case .reflect101:
                    if n == 1 { return 0 }; let q = 2 * n - 2; let p = ((i % q) + q) % q; return p < n ? p : q - p
                case .wrap: return ((i % n) + n) % n
                }
            }
            let s = spatialSize
            guard let x = index(x, s.x), let y = index(y, s.y), let z = index(z, s.z) else {
                if case .constant(let v) = border { return v }
                return 0
            }
            return source[order.map { $0 == .x ? x : $0 == .y ? y : $0 == .z ? z : c }]
        }
        for z in 0..<size.z {
            for y in 0..<size.y {
                for x in 0..<size.x {
                    let at = SIMD3(Double(x) + 0.5, Double(y) + 0.5, Double(z) + 0.5)
                    let from = (map?.source(of: at) ?? at) - 0.5
                    var pixel = [Double](repeating: 0, count: channels)
                    if from.x.isFinite && from.y.isFinite && from.z.isFinite && abs(from).max() < 1e9 {
                        let base = from.rounded(.down)
                        let f = from - base
                        for c in 0..<channels {
                            var sum = 0.0
                            if interpolation == .nearest {
                                let n = (from + 0.5).rounded(.down)
                                sum = sample(c, Int(n.z), Int(n.y), Int(n.x))
                            } else {
                                for k in 0...1 {
                                    for j in 0...1 {
                                        for i in 0...1 {
                                            let w =
                                                (i == 0 ? 1 - f.x : f.x) * (j == 0 ? 1 - f.y : f.y)
                                                * (k == 0 ? 1 - f.z : f.z)
                                            if w != 0 {
                                                sum += w * sample(c, Int(base.z) + k, Int(base.y) + j, Int(base.x) + i)
                                            }
                                        }
                                    }
                                }
                            }
                            pixel[c] = sum
                        }
                    }
                    for operation in operations { pixel = operation.applied(to: pixel) }
                    for c in 0..<channels {
                        result[axes.map { $0 == .x ? x : $0 == .y ? y : $0 == .z ? z : c }] = pixel[c]
                    }
                }
            }
        }
        return AnyImage(result).converted(to: kind)
    }

    func renderedLabels(map: SpatialMap, border: BorderMode, workers: Int) throws(ImageError) -> AnyImage {
        try rendered(
            map: map, interpolation: .nearest, border: border, operations: [], kind: kind, axes: layout.axes, workers: 1
        )
    }
}

private func abs(_ v: SIMD3<Double>) -> SIMD3<Double> { v.replacing(with: -v, where: v .< 0) }

private struct ToDouble: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Double> {
        image.converted(to: Double.self)
    }
}
