public import ImageCore

extension Image {
    /// The part of the volume inside a box, as a view: no sample is copied, the origin moves along.
    ///
    /// The box is clipped to the image; axes that the image lacks are passed over.
    public func cropped(to box: VoxelBox) -> Image {
        var result = self
        for (axis, range) in [(Axis.x, box.x), (.y, box.y), (.z, box.z)] where layout.index(of: axis) != nil {
            result = result.cropped(axis, to: range)
        }
        return result
    }

    /// The part of the volume that holds a mask, with a margin, as a view.
    ///
    /// - Parameters:
    ///   - mask: A mask with the sizes of the volume along x, y and z.
    ///   - marginMillimetres: How much is kept around, at least; rounded up to whole voxels, clipped at the edge of the volume.
    /// - Returns: The part; its geometry says where it lies.
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; ``ImageError/invalidArgument(_:)`` for an empty mask, a margin
    ///   that is negative, or one above 0 without a geometry.
    public func cropped(toMask mask: Image<Bool>, marginMillimetres: Double = 0) throws(ImageError) -> Image {
        let found = [mask.depth, mask.height, mask.width]
        guard found == [depth, height, width] else {
            throw .shapeMismatch(expected: [depth, height, width], found: found)
        }
        guard let box = mask.boundingBox else { throw .invalidArgument("the mask to crop to is empty") }
        guard marginMillimetres >= 0, marginMillimetres.isFinite else {
            throw .invalidArgument("expected a margin of at least 0 mm, found \(marginMillimetres)")
        }
        guard marginMillimetres > 0 else { return cropped(to: box) }
        guard let spacing = geometry?.spacingMillimetres, spacing.min() > 0 else {
            throw .invalidArgument("expected a geometry for a margin in millimetres")
        }
        // A little less, so that 3 mm of 0.1 mm are not 31 voxels.
        let margin = (0..<3).map { Int(min((marginMillimetres / spacing[$0] - 1e-6).rounded(.up), 0x1p40)) }
        return cropped(to: box.grown(x: margin[0], y: margin[1], z: margin[2]))
    }
}

private struct CropToMask: ImageTransform {
    let mask: Image<Bool>
    let marginMillimetres: Double

    func transform<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
        try image.cropped(toMask: mask, marginMillimetres: marginMillimetres)
    }
}

extension AnyImage {
    /// The part of the volume that holds a mask; see ``Image/cropped(toMask:marginMillimetres:)``.
    public func cropped(toMask mask: Image<Bool>, marginMillimetres: Double = 0) throws(ImageError) -> AnyImage {
        try transformed(by: CropToMask(mask: mask, marginMillimetres: marginMillimetres))
    }
}
