import ImageCore
import ImageProcessing

/// A resampling along one axis over the same extent.
enum AxisTaps {
    /// How samples of a line come about.
    enum Method: Sendable, Hashable {
        case nearest, linear, cubic, area
    }

    /// The samples of a line of another length over the same extent.
    static func taps(from old: Int, to new: Int, _ method: Method) -> LineTaps {
        var taps = LineTaps(sourceCount: old)
        let step = Double(old) / Double(new)
        for i in 0..<new {
            let center = (Double(i) + 0.5) * step
            switch method {
            case .nearest: taps.append([LineTaps.Share(index: min(old - 1, Int(center)), weight: 1)])
            case .linear: taps.append(shares(center - 0.5, old, linear))
            case .cubic: taps.append(shares(center - 0.5, old, cubic))
            case .area: taps.append(area(Double(i) * step, Double(i + 1) * step, old))
            }
        }
        return taps
    }

    private static func shares(_ place: Double, _ count: Int, _ weights: (Double) -> [Double]) -> [LineTaps.Share] {
        let base = place.rounded(.down)
        let values = weights(place - base)
        let first = Int(base) - values.count / 2 + 1
        return values.enumerated().map { LineTaps.Share(index: min(max(first + $0, 0), count - 1), weight: $1) }
    }

    private static func area(_ lower: Double, _ upper: Double, _ count: Int) -> [LineTaps.Share] {
        let (first, last) = (Int(lower), min(count - 1, Int(upper.rounded(.up)) - 1))
        return (first...max(first, last)).map {
            let covered = max(0, min(upper, Double($0 + 1)) - max(lower, Double($0)))
            return LineTaps.Share(index: min($0, count - 1), weight: covered / (upper - lower))
        }
    }

    private static func linear(_ t: Double) -> [Double] { [1 - t, t] }

    /// Keys' cubic convolution with a = −0.5.
    private static func cubic(_ t: Double) -> [Double] {
        let (t2, t3) = (t * t, t * t * t)
        return [-t / 2 + t2 - t3 / 2, 1 - 2.5 * t2 + 1.5 * t3, t / 2 + 2 * t2 - 1.5 * t3, (t3 - t2) / 2]
    }
}

extension Image<Float> {
    /// The image brought to fewer samples along x, y and z and back.
    ///
    /// Both ways in one pass where few samples share in each; otherwise axis by axis, down and up.
    /// - Parameters:
    ///   - counts: Number of samples along x, y (and z).
    ///   - down: How the fewer samples come about.
    ///   - up: How the old grid is filled again.
    /// - Returns: The image on its old grid.
    /// - Throws: ``ImageError`` for an image whose axes do not end with (z,) y, x.
    func coarsened(
        to counts: [Int], down: AxisTaps.Method, up: AxisTaps.Method
    ) throws(ImageError) -> Image<Float> {
        let sizes = [width, height, depth]
        let identities = sizes.map { LineTaps.identity($0) }
        let ways = zip(sizes, counts).map { size, count in
            [AxisTaps.taps(from: size, to: count, down), AxisTaps.taps(from: count, to: size, up)]
        }
        let whole = ways.map { $0[0].followed(by: $0[1]) } + identities.dropFirst(counts.count)
        if whole.allSatisfy({ $0.longest <= 6 }) { return try resampled(x: whole[0], y: whole[1], z: whole[2]) }
        var image = self
        for (axis, way) in ways.enumerated() where counts[axis] != sizes[axis] {
            for taps in way {
                var all = identities
                all[axis] = taps
                image = try image.resampled(x: all[0], y: all[1], z: all[2])
            }
        }
        return image
    }
}
