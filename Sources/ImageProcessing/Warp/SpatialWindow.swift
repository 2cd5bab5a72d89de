/// The extent of an image that lies between two maps, and what it has beyond its edges.
///
/// Without it, a map of a map sees through the image between them: content that the first one left out comes back where the second one
/// reaches beyond its edges.
public struct SpatialWindow: Sendable, Hashable, Codable {
    /// The size of the image.
    public var size: SpatialSize
    /// What lies beyond: nothing for a constant, otherwise the places of the image that stand for those outside.
    public var border: BorderMode

    /// A window by its parts.
    public init(size: SpatialSize, border: BorderMode) {
        self.size = size
        self.border = border
    }

    /// A place inside as it is; NaN for one outside of a constant border, else the place that stands for it.
    public func applied(to point: SIMD3<Double>) -> SIMD3<Double> {
        var result = point
        for (axis, length) in [Double(size.x), Double(size.y), Double(size.z)].enumerated() {
            if case .constant = border {
                guard point[axis] >= 0, point[axis] < length else { return SIMD3(repeating: .nan) }
            } else if !(point[axis] >= 0.5 && point[axis] <= length - 0.5) {
                // As kernels, which count from the center of the first pixel.
                result[axis] = folded(point[axis] - 0.5, length) + 0.5
            }
        }
        return result
    }

    private func folded(_ place: Double, _ length: Double) -> Double {
        func rest(_ value: Double, _ period: Double) -> Double { value - period * (value / period).rounded(.down) }
        switch border {
        case .constant: return place
        case .replicate: return min(max(place, 0), length - 1)
        case .reflect:
            let inside = rest(place + 0.5, 2 * length)
            return min(max(min(inside, 2 * length - inside) - 0.5, 0), length - 1)
        case .reflect101:
            guard length > 1 else { return 0 }
            let inside = rest(place, 2 * length - 2)
            return min(inside, 2 * length - 2 - inside)
        // Between the last pixel and the first one, the nearer of the two.
        case .wrap: return rest(place + 0.5, length) - 0.5
        }
    }
}
