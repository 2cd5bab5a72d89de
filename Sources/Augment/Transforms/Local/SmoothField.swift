import ImageCore

/// A smooth field over an image: a cubic B-spline on a coarse lattice of drawn numbers, within their range.
struct SmoothField: Sendable {
    /// Numbers of the lattice, x fastest.
    let values: [Double]
    /// Numbers along each axis; 1 along z for pictures.
    let points: Int
    let isVolume: Bool

    /// Draws the numbers of a lattice.
    static func draw(_ distribution: Distribution, points: Int, _ draws: Draws, in scene: Scene) -> [Double] {
        let count = points * points * (scene.isVolume ? points : 1)
        return (0..<count).map { draws.value(of: distribution, named: "field", index: $0) }
    }

    /// Changes every value of an image with channels first by a function of it, its channel and the field there.
    func change(_ image: inout Image<Float>, _ body: (_ value: Double, _ channel: Int, _ field: Double) -> Double) {
        let (width, height, depth) = (image.width, image.height, isVolume ? image.depth : 1)
        let (xs, ys) = (taps(width), taps(height))
        let zs = isVolume ? taps(depth) : [(first: 0, weights: SIMD4(1, 0, 0, 0))]
        let length = width * height * depth
        let channels = image.channels
        var samples = image.mutableSamples
        for z in 0..<depth {
            for y in 0..<height {
                let line = row(ys[y], zs[z])
                for x in 0..<width {
                    var field = 0.0
                    for i in 0..<4 { field += xs[x].weights[i] * line[clamped(xs[x].first + i)] }
                    let at = (z * height + y) * width + x
                    for channel in 0..<channels {
                        let place = channel * length + at
                        samples[place] = Float(body(Double(samples[place]), channel, field))
                    }
                }
            }
        }
    }

    /// The lattice blended along y and z.
    private func row(
        _ y: (first: Int, weights: SIMD4<Double>), _ z: (first: Int, weights: SIMD4<Double>)
    ) -> [Double] {
        (0..<points).map { x in
            var sum = 0.0
            for k in 0..<(isVolume ? 4 : 1) {
                let slice = isVolume ? clamped(z.first + k) * points : 0
                for j in 0..<4 {
                    sum += z.weights[k] * y.weights[j] * values[(slice + clamped(y.first + j)) * points + x]
                }
            }
            return sum
        }
    }

    private func clamped(_ i: Int) -> Int { min(max(i, 0), points - 1) }

    /// The four numbers about each pixel and their weights; first and last number lie on the edges of the image.
    private func taps(_ count: Int) -> [(first: Int, weights: SIMD4<Double>)] {
        (0..<count).map { i in
            let place = (Double(i) + 0.5) / Double(count) * Double(points - 1)
            let base = place.rounded(.down)
            let t = place - base
            let u = 1 - t
            let weights = SIMD4(
                u * u * u, 3 * t * t * t - 6 * t * t + 4, 3 * u * u * u - 6 * u * u + 4, t * t * t)
            return (Int(base) - 1, weights / 6)
        }
    }
}
