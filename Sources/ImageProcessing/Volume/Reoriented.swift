public import ImageCore

extension Image {
    /// The same volume with its indices growing along other directions of the body, as a view: no sample is copied or
    /// changed, and every sample keeps its place in space.
    ///
    /// An oblique volume is not resampled: its axes are exchanged and flipped so that each points as closely as it can to
    /// its letter; ``Orientation/obliquityDegrees(of:)`` tells the rest. Other axes (time, channels) stay as they are. Call
    /// ``contiguous()`` to move the samples.
    ///
    /// - Parameter orientation: The directions wanted.
    /// - Returns: The volume with the axes in the same order, `[.z, .y, .x]` for example.
    /// - Throws: ``ImageError/missingAxis(_:)`` without x, y or z, ``ImageError/invalidArgument(_:)`` without a geometry whose
    ///   directions span space, or that says where the volume lies.
    public func reoriented(to orientation: Orientation) throws(ImageError) -> Image {
        for axis in [Axis.x, .y, .z] where layout.index(of: axis) == nil { throw .missingAxis(axis) }
        guard let geometry, let current = geometry.closestOrientation else {
            let found = geometry?.isPlaced == false ? "distances alone, whose place nobody knows" : "none"
            throw .invalidArgument("expected a volume with a geometry to reorient, found \(found)")
        }
        var flipped = self
        let names: [Axis] = [.x, .y, .z]
        for (axis, letter) in zip(names, current.directions) where !orientation.directions.contains(letter) {
            flipped = flipped.flipped(axis)
        }
        func source(_ wanted: AnatomicalDirection) -> Axis {
            zip(names, current.directions).first { $1.axis == wanted.axis }?.0 ?? .x
        }
        return flipped.exchangingAxes(
            x: source(orientation.x), y: source(orientation.y), z: source(orientation.z))
    }
}

private struct Reorient: ImageTransform {
    let orientation: Orientation

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        try image.reoriented(to: orientation)
    }
}

extension AnyImage {
    /// The same volume with its indices growing along other directions of the body; see ``Image/reoriented(to:)``.
    public func reoriented(to orientation: Orientation) throws(ImageError) -> AnyImage {
        try transformed(by: Reorient(orientation: orientation))
    }
}
