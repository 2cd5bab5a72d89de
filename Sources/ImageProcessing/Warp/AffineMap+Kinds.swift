public import ImageCore

extension AffineMap {
    /// Moves every point by a vector.
    public static func translation(_ shift: SIMD3<Double>) -> AffineMap {
        AffineMap(x: SIMD4(1, 0, 0, shift.x), y: SIMD4(0, 1, 0, shift.y), z: SIMD4(0, 0, 1, shift.z))
    }

    /// Multiplies the distance from a center, axis by axis; a factor above 1 enlarges.
    public static func scale(_ factors: SIMD3<Double>, about center: SIMD3<Double> = .zero) -> AffineMap {
        let shift = center - center * factors
        return AffineMap(
            x: SIMD4(factors.x, 0, 0, shift.x), y: SIMD4(0, factors.y, 0, shift.y),
            z: SIMD4(0, 0, factors.z, shift.z))
    }

    /// Turns the plane of x and y about a center; positive angles turn x towards y, which is clockwise on a screen.
    ///
    /// Multiples of 90° are exact.
    public static func rotation(degrees: Double, about center: SIMD3<Double> = .zero) -> AffineMap {
        let (c, s) = cosineAndSine(degrees: degrees)
        return AffineMap(x: SIMD4(c, -s, 0, 0), y: SIMD4(s, c, 0, 0)).about(center)
    }

    /// Turns space about a center: first about the x axis, then y, then z.
    ///
    /// Positive angles follow the right hand: about x they turn y towards z, about y z towards x, about z x towards y.
    /// Multiples of 90° are exact.
    public static func rotation(degrees: SIMD3<Double>, about center: SIMD3<Double> = .zero) -> AffineMap {
        let (cx, sx) = cosineAndSine(degrees: degrees.x)
        let (cy, sy) = cosineAndSine(degrees: degrees.y)
        let aboutX = AffineMap(x: SIMD4(1, 0, 0, 0), y: SIMD4(0, cx, -sx, 0), z: SIMD4(0, sx, cx, 0))
        let aboutY = AffineMap(x: SIMD4(cy, 0, sy, 0), y: SIMD4(0, 1, 0, 0), z: SIMD4(-sy, 0, cy, 0))
        return (rotation(degrees: degrees.z) * aboutY * aboutX).about(center)
    }

    /// Shifts x in proportion to y and y in proportion to x, each by the tangent of an angle in degrees.
    public static func shear(
        xDegrees: Double, yDegrees: Double = 0, about center: SIMD3<Double> = .zero
    ) -> AffineMap {
        let (x, y) = (tangent(xDegrees * .pi / 180), tangent(yDegrees * .pi / 180))
        return AffineMap(x: SIMD4(1, x, 0, 0), y: SIMD4(y, 1, 0, 0)).about(center)
    }

    /// Mirrors an extent of a length along one axis: 0 becomes the length and the length 0.
    ///
    /// - Precondition: the axis is spatial.
    public static func flip(_ axis: Axis, length: Int) -> AffineMap {
        guard let i = axis.spatialIndex else { preconditionFailure("an axis in space, found \(axis)") }
        var result = AffineMap.identity
        let row = SIMD4<Double>(i == 0 ? -1 : 0, i == 1 ? -1 : 0, i == 2 ? -1 : 0, Double(length))
        switch i {
        case 0: result.x = row
        case 1: result.y = row
        default: result.z = row
        }
        return result
    }

    /// The same linear part with a center that stays where it is.
    public func about(_ center: SIMD3<Double>) -> AffineMap {
        AffineMap.translation(center) * self * .translation(-center)
    }

    private static func cosineAndSine(degrees: Double) -> (Double, Double) {
        let turn = degrees.truncatingRemainder(dividingBy: 360)
        switch turn {
        case 0: return (1, 0)
        case 90, -270: return (0, 1)
        case 180, -180: return (-1, 0)
        case 270, -90: return (0, -1)
        default: return (cosine(turn * .pi / 180), sine(turn * .pi / 180))
        }
    }
}
