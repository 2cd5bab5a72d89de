public import ImageCore

extension Image {
    /// The picture turned about a place and made larger; its size stays.
    ///
    /// Slices of volumes are turned alike. Otherwise as ``warped(by:interpolation:border:workers:)``.
    /// - Parameters:
    ///   - degrees: The angle; positive turns x towards y, which is clockwise on a screen.
    ///   - scale: Above 1 enlarges.
    ///   - center: The place that stays, in edge coordinates: add ½ to one that counts from the center of the first pixel, as
    ///     OpenCV does. `nil` takes the middle.
    ///   - interpolation: What lies between samples.
    ///   - border: What lies beyond the edges.
    /// - Returns: The turned picture in C order.
    /// - Throws: ``ImageError`` for a scale that is not above 0, other axes, an empty image.
    public func rotated(
        degrees: Double, scale: Double = 1, about center: Point? = nil, interpolation: Interpolation = .linear,
        border: BorderMode = .constant(0)
    ) throws(ImageError) -> Image {
        let size = SpatialSize(x: width, y: height, z: depth)
        let place = center.map { SIMD3($0.x, $0.y, size.center.z) } ?? size.center
        let turn = try AffineMap.turn(degrees, scale).about(place)
        return try warped(
            by: SpatialMap(outputSize: size, pushing: turn), interpolation: interpolation, border: border)
    }

    /// The picture turned about its middle and made larger, in a frame that holds all of it.
    ///
    /// Width and height are those of the turned rectangle, rounded up. See
    /// ``rotated(degrees:scale:about:interpolation:border:)``.
    public func rotatedWhole(
        degrees: Double, scale: Double = 1, interpolation: Interpolation = .linear, border: BorderMode = .constant(0)
    ) throws(ImageError) -> Image {
        let turn = try AffineMap.turn(degrees, scale)
        /// The extent of the turned rectangle along an axis; what rounding left of nothing is no pixel.
        func extent(_ row: SIMD4<Double>) throws(ImageError) -> Int {
            let length = (abs(row.x) * Double(width) + abs(row.y) * Double(height) - 1e-6).rounded(.up)
            guard length < 0x1p31 else {
                throw .invalidArgument("expected a size that memory holds, found \(length) pixels")
            }
            return max(1, Int(length))
        }
        let old = SpatialSize(x: width, y: height, z: depth)
        let new = SpatialSize(x: try extent(turn.x), y: try extent(turn.y), z: depth)
        let map = AffineMap.translation(new.center - old.center) * turn.about(old.center)
        return try warped(by: SpatialMap(outputSize: new, pushing: map), interpolation: interpolation, border: border)
    }
}

extension AffineMap {
    /// A turn in the plane of x and y together with a scale.
    fileprivate static func turn(_ degrees: Double, _ scale: Double) throws(ImageError) -> AffineMap {
        guard degrees.isFinite, scale > 0, scale.isFinite else {
            throw .invalidArgument("expected an angle and a scale above 0, found \(degrees) and \(scale)")
        }
        return .rotation(degrees: degrees) * .scale(SIMD3(scale, scale, 1))
    }
}
