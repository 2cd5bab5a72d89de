import ImageCore
import ImageProcessing

/// Kernels of blurs in the plane.
enum BlurKernel {
    /// The odd whole number from 1 to 255 that is nearest.
    static func oddSize(_ value: Double) -> Int { min(255, max(1, 2 * ((value - 1) / 2).whole + 1)) }

    /// A line through the middle: what a point leaves that moves evenly along it.
    ///
    /// - Parameters:
    ///   - length: The length of the way in pixels, above 0.
    ///   - degrees: Its direction; positive turns x towards y.
    /// - Returns: A kernel whose weights sum to 1.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for a length that is not finite.
    static func line(length: Double, degrees: Double) throws(ImageError) -> FilterKernel {
        let radius = Int((length / 2).rounded(.up))
        let size = 2 * radius + 1
        var rows = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        let turned = AffineMap.rotation(degrees: degrees).applied(to: SIMD3(1, 0, 0))
        let steps = max(16, Int((16 * length).rounded(.up)))
        for step in 0..<steps {
            // The middles of equal parts of the way, each shared by the four pixels around it.
            let place = ((Double(step) + 0.5) / Double(steps) - 0.5) * length
            let (x, y) = (Double(radius) + place * turned.x, Double(radius) + place * turned.y)
            let (left, top) = (min(Int(x), size - 2), min(Int(y), size - 2))
            let (right, below) = (x - Double(left), y - Double(top))
            rows[top][left] += (1 - right) * (1 - below)
            rows[top][left + 1] += right * (1 - below)
            rows[top + 1][left] += (1 - right) * below
            rows[top + 1][left + 1] += right * below
        }
        return try FilterKernel(rows.map { $0.map { $0 / Double(steps) } })
    }

    /// A disk: pixels on its rim count by the part of them that is inside, seen at 16 × 16 places.
    static func disk(radius: Double) throws(ImageError) -> FilterKernel {
        let reach = Int((radius - 0.5).rounded(.up))
        let places = (0..<16).map { (Double($0) + 0.5) / 16 - 0.5 }
        let rows = (-reach...reach).map { y in
            (-reach...reach).map { x in
                var inside = 0.0
                for dy in places {
                    for dx in places {
                        let (px, py) = (Double(x) + dx, Double(y) + dy)
                        if px * px + py * py <= radius * radius { inside += 1 }
                    }
                }
                return inside
            }
        }
        let sum = rows.joined().reduce(0, +)
        guard sum > 0 else { return try FilterKernel([[1]]) }
        return try FilterKernel(rows.map { $0.map { $0 / sum } })
    }
}
