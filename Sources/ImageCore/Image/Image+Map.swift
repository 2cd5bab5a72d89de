extension Image {
    /// The image whose samples a function gives from the samples of this one, in C order of the same axes.
    ///
    /// Color, domain, geometry and metadata are kept; set ``domain`` when the function changes what the numbers mean.
    /// The order in which samples are visited is not defined.
    @inlinable
    public func map<Target, Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Target
    ) throws(Failure) -> Image<Target> {
        let target = Layout(axes: axes, sizes: sizes)
        var result = try Image<Target>(axes: axes, sizes: sizes) {
            (samples: inout MutableSpan<Target>) throws(Failure) in
            try mapSamples(block, layout, into: &samples, target, transform)
        }
        result.takeMeaning(from: self)
        return result
    }

    /// Replaces every sample by what a function gives for it.
    ///
    /// A shared image is copied first. After an error some samples are replaced.
    @inlinable
    public mutating func mapInPlace<Failure: Error>(
        _ transform: (Scalar) throws(Failure) -> Scalar
    ) throws(Failure) {
        makeUnique()
        let layout = layout
        var samples = mutableBlock
        try updateSamples(&samples, layout, transform)
    }

    /// The image whose samples a function gives from the samples of two images at the same coordinates.
    ///
    /// Both have the same axes, in any order, and sizes. Order of axes, color, domain, geometry and metadata are those of
    /// the first image.
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    @inlinable
    public func combined<Other, Target>(
        with other: Image<Other>, _ transform: (Scalar, Other) -> Target
    ) throws(ImageError) -> Image<Target> {
        let otherLayout = try other.layout.matching(layout)
        let target = Layout(axes: axes, sizes: sizes)
        var result = Image<Target>(axes: axes, sizes: sizes) { (samples: inout MutableSpan<Target>) in
            mapSamples(block, layout, other.block, otherLayout, into: &samples, target, transform)
        }
        result.takeMeaning(from: self)
        return result
    }

    /// Replaces every sample by what a function gives for it and the sample of another image at the same coordinates.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``; the image is then unchanged.
    @inlinable
    public mutating func combine<Other>(
        with other: Image<Other>, _ transform: (Scalar, Other) -> Scalar
    ) throws(ImageError) {
        let otherLayout = try other.layout.matching(layout)
        // Where the other image shares the block, this copies, so that no sample is read after it was written.
        makeUnique()
        let layout = layout
        var samples = mutableBlock
        updateSamples(&samples, layout, with: other.block, otherLayout, transform)
    }

    /// Sets every sample to one value; of a view, only the samples that the view shows.
    @inlinable
    public mutating func fill(_ value: Scalar) {
        mapInPlace { _ in value }
    }
}
