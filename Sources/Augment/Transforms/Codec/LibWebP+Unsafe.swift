import CWebP

/// What libwebp makes of pictures: its simple functions.
enum LibWebP {
    /// The largest width and height that the format has.
    static let largestSide = 16383

    /// The pixels after lossy compression and back.
    ///
    /// - Parameters:
    ///   - pixels: Red, green, blue of each pixel, row by row.
    ///   - width: Pixels in a row, at most ``largestSide``.
    ///   - height: Number of rows, at most ``largestSide``.
    ///   - quality: 0 to 100.
    /// - Returns: The new pixels; `nil` where libwebp has no memory.
    /// - Precondition: there are three numbers for each pixel.
    static func compressed(_ pixels: [UInt8], width: Int, height: Int, quality: Int) -> [UInt8]? {
        precondition(pixels.count == 3 * width * height, "three numbers for each pixel")
        let stride = Int32(3 * width)
        var memory: UnsafeMutablePointer<UInt8>?
        let count = unsafe pixels.withUnsafeBufferPointer { source in
            unsafe WebPEncodeRGB(source.baseAddress, Int32(width), Int32(height), stride, Float(quality), &memory)
        }
        guard count > 0, let file = unsafe memory else { return nil }
        defer { unsafe WebPFree(file) }
        var result = [UInt8](repeating: 0, count: pixels.count)
        let isRead = unsafe result.withUnsafeMutableBufferPointer { target in
            unsafe WebPDecodeRGBInto(file, count, target.baseAddress, target.count, stride) != nil
        }
        return isRead ? result : nil
    }
}
