public import ImageCore

/// The luma of every pixel after ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, in 16-bit fixed point, rounded half up.
///
/// - Parameter rgb: A picture with the axes `[.y, .x, .channel]` and the channels red, green, blue.
/// - Returns: A gray picture `[.y, .x]`; geometry and metadata are kept.
/// - Throws: ``ImageError`` for other axes or another number of channels.
public func luma(of rgb: Image<UInt8>) throws(ImageError) -> Image<UInt8> {
    try mapPixels(rgb) { pixel in
        let sum = 19595 &* UInt32(pixel.red) &+ 38470 &* UInt32(pixel.green) &+ 7471 &* UInt32(pixel.blue)
        return UInt8(truncatingIfNeeded: (sum &+ 32768) &>> 16)
    }
}

/// A gray picture whose pixels are a function of the pixels of a color picture.
@inline(__always)
func mapPixels(_ rgb: Image<UInt8>, _ function: (PackedRGB) -> UInt8) throws(ImageError) -> Image<UInt8> {
    let shape = try rgb.rgbShape()
    let source = rgb.contiguous()
    var result = Image<UInt8>(
        axes: [.y, .x], sizes: [shape.height, shape.width], color: .gray, domain: .integer(bits: 8)
    ) {
        let pixels = source.samples.packedRGB
        let count = $0.count
        for i in 0..<count { $0[i] = function(pixels[i]) }
    }
    result.geometry = rgb.geometry
    result.metadata = rgb.metadata
    return result
}
