extension Image where Scalar: NumericScalar {
    /// The image in another color model.
    ///
    /// Every pair of gray, gray with opacity, RGB, RGBA, BGR, HSV, YCbCr, HED and CMYK is possible; it goes through RGB in
    /// `Double`, and the result is rounded half away from zero and clamped. Samples go from 0 to white, which is what
    /// ``domain`` says (`255`, `65535`, `1`; see ``ValueDomain/blackAndWhite(in:)``).
    ///
    /// | model | rule |
    /// |---|---|
    /// | gray | luma of ITU-R BT.601: `0.299 R + 0.587 G + 0.114 B` |
    /// | HSV | Smith (1978); hue as a fraction of the circle: for `UInt8` 0…255 stands for 0°…360° |
    /// | YCbCr | JFIF: full range, color differences around 128, 32768 or 0.5 |
    /// | HED | Ruifrok and Johnston (2001) with scikit-image's matrix and scale, times white; best kept as `Float` |
    /// | CMYK | without a profile: `R = (1 − C)(1 − K)` |
    ///
    /// Opacity is kept between gray and RGB with opacity, and full where it is new. Where it would be lost, `alpha` says
    /// what happens to it.
    ///
    /// The result keeps the order of axes; a channel axis is added as the last one where none was, and removed for gray.
    /// Domain, geometry and metadata are kept.
    /// - Parameters:
    ///   - model: The model wanted; the image itself when it has it.
    ///   - alpha: What becomes of opacity that the model does not hold.
    /// - Returns: The converted image, in C order.
    /// - Throws: ``ImageError/unsupportedColor(from:to:)`` for labels and bands of unknown meaning;
    ///   ``ImageError/channelMismatch(_:found:)`` when the image has another number of channels than its model;
    ///   ``ImageError/invalidArgument(_:)`` when opacity would be lost and no rule is given, or the domain has no white.
    @inlinable
    public func converted(to model: ColorModel, alpha: AlphaRule? = nil) throws(ImageError) -> Image {
        if model == color { return self }
        let conversion = try ColorConversion(self, to: model, alpha: alpha)
        let source = layout.index(of: .channel) == nil ? adding(.channel, at: layout.rank) : self
        let pixels = try source.rearranged(to: source.axes.filter { $0 != .channel } + [.channel])
        let target = Layout(axes: pixels.axes, sizes: pixels.sizes.dropLast() + [conversion.targetChannels])
        var result = Image(axes: target.axes, sizes: target.sizes) { (samples: inout MutableSpan<Scalar>) in
            conversion.convert(pixels.samples, into: &samples)
        }
        result.takeMeaning(from: self)
        result.color = model
        if conversion.targetChannels == 1 { return result.slice(.channel, at: 0).keepingColor(model) }
        return try result.rearranged(to: source.axes)
    }

    @inlinable
    func keepingColor(_ model: ColorModel) -> Image {
        var result = self
        result.color = model
        return result
    }
}
