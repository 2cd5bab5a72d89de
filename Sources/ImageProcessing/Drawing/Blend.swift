public import ImageCore

extension Image<UInt8> {
    /// Mixes a color into the picture where a mask holds, in place: (1 − alpha)·sample + alpha·color, rounded half up.
    ///
    /// - Parameters:
    ///   - mask: A mask `[.y, .x]` of the picture's width and height.
    ///   - color: The color.
    ///   - alpha: The share of the color, 0…1; values outside are clamped.
    /// - Throws: ``ImageError`` when the picture is not RGB or the sizes differ.
    public mutating func blend(_ mask: Image<Bool>, color: RGBColor, alpha: Double) throws(ImageError) {
        let (shape, other) = (try rgbShape(), try mask.planeShape())
        guard shape.width == other.width, shape.height == other.height else {
            throw .shapeMismatch(expected: [shape.height, shape.width], found: mask.sizes)
        }
        let tables = [color.red, color.green, color.blue].map { mixtures(with: $0, alpha: alpha) }
        let selection = mask.contiguous()
        let selected = selection.samples
        var samples = mutableSamples
        for i in 0..<selected.count where selected[i] {
            for channel in 0..<3 { samples[3 * i + channel] = tables[channel][Int(samples[3 * i + channel])] }
        }
    }
}

/// What each sample from 0 to 255 becomes when a color is mixed in.
private func mixtures(with color: UInt8, alpha: Double) -> [UInt8] {
    let alpha = alpha > 0 ? min(alpha, 1) : 0
    return (0..<256).map { UInt8(((1 - alpha) * Double($0) + alpha * Double(color) + 0.5).rounded(.down)) }
}
