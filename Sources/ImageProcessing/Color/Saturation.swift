public import ImageCore

/// The saturation of every pixel as in HSV: 255·(max − min)/max, rounded half up; black has 0.
///
/// - Parameter rgb: A picture with the axes `[.y, .x, .channel]` and three channels; their order does not matter.
/// - Returns: A gray picture `[.y, .x]` with values 0…255; geometry and metadata are kept.
/// - Throws: ``ImageError`` for other axes or another number of channels.
public func saturation(of rgb: Image<UInt8>) throws(ImageError) -> Image<UInt8> {
    let inverses = saturationInverses()
    return try mapPixels(rgb) { pixel in
        let high = max(pixel.red, pixel.green, pixel.blue)
        let low = min(pixel.red, pixel.green, pixel.blue)
        let numerator = 510 &* UInt64(high - low) &+ UInt64(high)
        return UInt8(truncatingIfNeeded: (numerator &* inverses[Int(high)]) &>> 26)
    }
}

/// ⌈2²⁶ / 2v⌉ for every v: multiplying by it and shifting divides numbers below 2¹⁷ by 2v exactly.
private func saturationInverses() -> [UInt64] {
    (0..<256).map { $0 == 0 ? 0 : ((1 << 26) + 2 * $0 - 1) / (2 * $0) }
}
