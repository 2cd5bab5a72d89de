/// Takes a row of interleaved samples apart into colors.
///
/// The model is looked up once per row, so that the loop over pixels is free of it.
@inlinable
func decodeColors<Scalar: NumericScalar>(
    _ samples: Span<Scalar>, _ model: ColorModel, _ scale: ColorScale, into colors: inout MutableSpan<RGBAColor>
) {
    let white = scale.white
    switch model {
    case .gray: decode(samples, 1, into: &colors) { RGBAColor($0.x, $0.x, $0.x, white) }
    case .grayAlpha: decode(samples, 2, into: &colors) { RGBAColor($0.x, $0.x, $0.x, $0.y) }
    case .rgb: decode(samples, 3, into: &colors) { RGBAColor($0.x, $0.y, $0.z, white) }
    case .bgr: decode(samples, 3, into: &colors) { RGBAColor($0.z, $0.y, $0.x, white) }
    case .rgba: decode(samples, 4, into: &colors) { $0 }
    case .hsv: decode(samples, 3, into: &colors) { scale.opaque(scale.rgb(fromHSV: $0)) }
    case .yCbCr: decode(samples, 3, into: &colors) { scale.opaque(scale.rgb(fromYCbCr: $0)) }
    case .hed: decode(samples, 3, into: &colors) { scale.opaque(scale.rgb(fromHED: $0)) }
    case .cmyk: decode(samples, 4, into: &colors) { scale.rgb(fromCMYK: $0) }
    case .labels, .unspecified: preconditionFailure("a model without colors")
    }
}

/// Puts colors together as a row of interleaved samples, rounded and clamped.
@inlinable
func encodeColors<Scalar: NumericScalar>(
    _ colors: Span<RGBAColor>, _ model: ColorModel, _ scale: ColorScale, into samples: inout MutableSpan<Scalar>
) {
    // White is where integers end; floating point may go beyond.
    let ceiling = Scalar.kind.isFloatingPoint ? Double.infinity : scale.white
    switch model {
    case .gray: encode(colors, 1, into: &samples, ceiling) { RGBAColor(scale.luma($0), 0, 0, 0) }
    case .grayAlpha: encode(colors, 2, into: &samples, ceiling) { RGBAColor(scale.luma($0), $0.w, 0, 0) }
    case .rgb: encode(colors, 3, into: &samples, ceiling) { $0 }
    case .bgr: encode(colors, 3, into: &samples, ceiling) { RGBAColor($0.z, $0.y, $0.x, $0.w) }
    case .rgba: encode(colors, 4, into: &samples, ceiling) { $0 }
    case .hsv: encode(colors, 3, into: &samples, ceiling) { scale.hsv(from: $0) }
    case .yCbCr: encode(colors, 3, into: &samples, ceiling) { scale.yCbCr(from: $0) }
    case .hed: encode(colors, 3, into: &samples, ceiling) { scale.hed(from: $0) }
    case .cmyk: encode(colors, 4, into: &samples, ceiling) { scale.cmyk(from: $0) }
    case .labels, .unspecified: preconditionFailure("a model without colors")
    }
}

extension ColorScale {
    @inlinable
    func opaque(_ color: RGBAColor) -> RGBAColor { RGBAColor(color.x, color.y, color.z, white) }
}

@inlinable
func decode<Scalar: NumericScalar>(
    _ samples: Span<Scalar>, _ channels: Int, into colors: inout MutableSpan<RGBAColor>,
    _ transform: (RGBAColor) -> RGBAColor
) {
    for i in 0..<colors.count {
        var pixel = RGBAColor.zero
        for c in 0..<channels { pixel[c] = samples[i * channels + c].doubleValue }
        colors[i] = transform(pixel)
    }
}

@inlinable
func encode<Scalar: NumericScalar>(
    _ colors: Span<RGBAColor>, _ channels: Int, into samples: inout MutableSpan<Scalar>,
    _ ceiling: Double, _ transform: (RGBAColor) -> RGBAColor
) {
    for i in 0..<colors.count {
        let pixel = transform(colors[i])
        for c in 0..<channels { samples[i * channels + c] = Scalar(saturating: min(pixel[c], ceiling)) }
    }
}
