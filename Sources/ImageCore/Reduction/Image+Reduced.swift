extension Image where Scalar: NumericScalar {
    /// The image made smaller by a whole factor: each block of samples becomes its mean, rounded half up for integers.
    ///
    /// Blocks start at the first sample; partial blocks at the far edge are averaged over what exists, so that the new
    /// size is `(size + factor − 1) / factor`. The geometry's spacing grows by the factor and the near edge stays.
    /// Labels (by ``color`` or ``domain``) are never averaged: they are reduced as ``subsampled(by:along:)`` does.
    /// - Parameters:
    ///   - factor: How many samples become one along each axis; 1 gives the image itself.
    ///   - axes: The axes that shrink; of those, axes that the image lacks are passed over.
    /// - Returns: The smaller image, in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` when the factor is not positive or a block has more than 2²⁴ samples.
    @inlinable
    public func reduced(by factor: Int, along axes: [Axis] = [.x, .y]) throws(ImageError) -> Image {
        let blocks = try Blocks(layout, factor: factor, axes: axes)
        if color == .labels || domain == .labels { return subsampled(blocks) }
        guard !blocks.isIdentity else { return self }
        let source = contiguous()
        var result = Image(axes: layout.axes, sizes: blocks.sizes) { (samples: inout MutableSpan<Scalar>) in
            averageBlocks(source.samples, blocks, into: &samples)
        }
        result.takeMeaning(from: self)
        result.geometry = blocks.reduce(geometry)
        return result
    }
}

extension Image {
    /// The image made smaller by a whole factor: each block of samples becomes the sample at its center.
    ///
    /// For labels and masks, or where speed matters more than looks. Of an even number of samples the center is the later
    /// of the two middle ones. Sizes and geometry follow the rules of `reduced(by:along:)`.
    /// - Parameters:
    ///   - factor: How many samples become one along each axis; 1 gives the image itself.
    ///   - axes: The axes that shrink; of those, axes that the image lacks are passed over.
    /// - Returns: The smaller image, in C order.
    /// - Throws: ``ImageError/invalidArgument(_:)`` when the factor is not positive or a block has more than 2²⁴ samples.
    @inlinable
    public func subsampled(by factor: Int, along axes: [Axis] = [.x, .y]) throws(ImageError) -> Image {
        subsampled(try Blocks(layout, factor: factor, axes: axes))
    }

    @inlinable
    func subsampled(_ blocks: Blocks) -> Image {
        guard !blocks.isIdentity else { return self }
        var result = Image(axes: layout.axes, sizes: blocks.sizes) { (samples: inout MutableSpan<Scalar>) in
            copyCenters(block, layout, blocks, into: &samples)
        }
        result.takeMeaning(from: self)
        result.geometry = blocks.reduce(geometry)
        return result
    }
}
