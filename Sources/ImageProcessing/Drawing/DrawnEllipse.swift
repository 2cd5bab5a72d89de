public import ImageCore

extension Image where Scalar: NumericScalar {
    /// Draws an ellipse in place, filled or as an outline.
    ///
    /// A pixel is painted when its center lies inside, or at most half the thickness away from the outline. What lies outside
    /// the image is clipped. Everything else about the image stays as it is.
    /// - Parameters:
    ///   - center: The center; pixel (i, j) covers [i, i+1) × [j, j+1).
    ///   - radiusX: Half the axis along x before the ellipse is turned, above 0.
    ///   - radiusY: Half the axis along y before the ellipse is turned, above 0.
    ///   - degrees: How far it is turned, clockwise on the screen.
    ///   - values: One value for all channels, or one for each in the image's own order.
    ///   - thickness: Width of the outline in pixels; `nil` fills the ellipse.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for axes other than `[.y, .x]` and `[.y, .x, .channel]`, another
    ///   number of values, radii that are not above 0, a negative thickness, or numbers that are not finite.
    public mutating func drawEllipse(
        center: Point, radiusX: Double, radiusY: Double, degrees: Double = 0, values: [Scalar], thickness: Double? = 1
    ) throws(ImageError) {
        let shape = try pictureShape()
        let numbers = [center.x, center.y, radiusX, radiusY, degrees, thickness ?? 0]
        guard numbers.allSatisfy(\.isFinite), radiusX > 0, radiusY > 0, thickness ?? 0 >= 0 else {
            throw .invalidArgument(
                "expected finite numbers, radii above 0 and a thickness of 0 or more, found \(numbers)")
        }
        guard values.count == 1 || values.count == shape.channels else {
            throw .invalidArgument("expected 1 or \(shape.channels) values, found \(values.count)")
        }
        guard !isEmpty else { return }
        let colors = values.count == 1 ? [Scalar](repeating: values[0], count: shape.channels) : values
        let ellipse = Ellipse(center: center, radius: (radiusX, radiusY), degrees: degrees)
        let reach = ellipse.extent(margin: thickness.map { $0 / 2 } ?? 0)
        var samples = mutableSamples
        for y in reach.y.clamped(to: 0..<shape.height) {
            for x in reach.x.clamped(to: 0..<shape.width)
            where ellipse.covers(x: Double(x) + 0.5, y: Double(y) + 0.5, thickness: thickness) {
                for c in 0..<shape.channels { samples[(y * shape.width + x) * shape.channels + c] = colors[c] }
            }
        }
    }
}

extension Image<UInt8> {
    /// Draws an ellipse in a color picture in place; see
    /// ``drawEllipse(center:radiusX:radiusY:degrees:values:thickness:)``.
    ///
    /// - Throws: ``ImageError`` also when the color model is neither RGB nor BGR.
    public mutating func drawEllipse(
        center: Point, radiusX: Double, radiusY: Double, degrees: Double = 0, color: RGBColor, thickness: Double? = 1
    ) throws(ImageError) {
        let values = [color.red, color.green, color.blue]
        guard self.color == .rgb || self.color == .bgr else { throw .unsupportedColor(from: .rgb, to: self.color) }
        try drawEllipse(
            center: center, radiusX: radiusX, radiusY: radiusY, degrees: degrees,
            values: self.color == .rgb ? values : values.reversed(), thickness: thickness)
    }
}

/// An ellipse that may be turned.
private struct Ellipse {
    let center: Point
    let radius: (x: Double, y: Double)
    private let cosine: Double
    private let sine: Double

    init(center: Point, radius: (Double, Double), degrees: Double) {
        self.center = center
        self.radius = radius
        cosine = ImageProcessing.cosine(degrees * .pi / 180)
        sine = ImageProcessing.sine(degrees * .pi / 180)
    }

    /// The rows and columns that may be covered.
    func extent(margin: Double) -> (x: Range<Int>, y: Range<Int>) {
        func range(_ middle: Double, _ a: Double, _ b: Double) -> Range<Int> {
            let half = (a * a + b * b).squareRoot() + margin + 1
            let (low, high) = (max(middle - half, -0x1p40), min(middle + half, 0x1p40))
            return low < high ? Int(low)..<Int(high) + 1 : 0..<0
        }
        return (
            range(center.x, radius.x * cosine, radius.y * sine), range(center.y, radius.x * sine, radius.y * cosine)
        )
    }

    func covers(x: Double, y: Double, thickness: Double?) -> Bool {
        let (dx, dy) = (x - center.x, y - center.y)
        let (u, v) = (abs(dx * cosine + dy * sine), abs(dy * cosine - dx * sine))
        let gauge = ((u / radius.x) * (u / radius.x) + (v / radius.y) * (v / radius.y)).squareRoot()
        guard let thickness else { return gauge <= 1 }
        // No point is closer to the outline than this.
        guard abs(gauge - 1) * min(radius.x, radius.y) <= thickness / 2 else { return false }
        return distance(u, v) <= thickness / 2
    }

    /// The distance of a point of the first quadrant from the outline, by bisection (Eberly, 2013).
    private func distance(_ u: Double, _ v: Double) -> Double {
        let (a, b, p, q) =
            radius.x >= radius.y ? (radius.x, radius.y, u, v) : (radius.y, radius.x, v, u)
        guard q > 0 else {
            // On the long axis, near the center, the closest point lies off it.
            let inside = (a * a - b * b) / a
            guard p < inside else { return abs(p - a) }
            let x = a * (a * p) / (a * a - b * b)
            let y = b * max(0, 1 - x * x / (a * a)).squareRoot()
            return ((x - p) * (x - p) + y * y).squareRoot()
        }
        var (low, high) = (-b * b + b * q, -b * b + (a * a * p * p + b * b * q * q).squareRoot())
        for _ in 0..<80 {
            let t = (low + high) / 2
            let (x, y) = (a * p / (t + a * a), b * q / (t + b * b))
            if x * x + y * y > 1 { low = t } else { high = t }
        }
        let t = (low + high) / 2
        let (x, y) = (a * a * p / (t + a * a), b * b * q / (t + b * b))
        return ((x - p) * (x - p) + (y - q) * (y - q)).squareRoot()
    }
}
