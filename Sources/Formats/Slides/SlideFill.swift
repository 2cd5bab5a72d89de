import ImageCore

/// Moves and fills rectangles of interleaved samples.
enum SlideFill {
    /// Sets every pixel to a color.
    static func fill(_ samples: inout MutableSpan<UInt8>, _ color: RGBColor) {
        fill(&samples, 0..<samples.count / 3, color)
    }

    private static func fill(_ samples: inout MutableSpan<UInt8>, _ pixels: Range<Int>, _ color: RGBColor) {
        guard color.red != color.green || color.green != color.blue else {
            return setSamples(&samples, 3 * pixels.lowerBound..<3 * pixels.upperBound, to: color.red)
        }
        for i in pixels {
            samples[3 * i] = color.red
            samples[3 * i + 1] = color.green
            samples[3 * i + 2] = color.blue
        }
    }

    /// Sets the pixels of a tile to the right of and below its upper left part.
    static func fillOutside(
        _ inside: PixelSize, of tile: PixelSize, _ samples: inout MutableSpan<UInt8>, _ color: RGBColor
    ) {
        if inside.width < tile.width {
            for y in 0..<inside.height { fill(&samples, y * tile.width + inside.width..<(y + 1) * tile.width, color) }
        }
        if inside.height < tile.height { fill(&samples, inside.height * tile.width..<tile.height * tile.width, color) }
    }

    /// Copies the part of a rectangle of pixels that falls into another one.
    ///
    /// - Parameters:
    ///   - source: The pixels of `sourceRect`, row by row.
    ///   - sourceRect: Where they lie.
    ///   - target: The pixels of `targetRect`, row by row.
    ///   - targetRect: Where those lie.
    ///   - channels: Samples of a pixel.
    static func copy<Sample: BitwiseCopyable>(
        _ source: Span<Sample>, at sourceRect: PixelRect, to target: inout MutableSpan<Sample>,
        of targetRect: PixelRect, channels: Int
    ) {
        let common = sourceRect.intersection(targetRect)
        guard !common.isEmpty else { return }
        let count = common.width * channels
        for y in common.y..<common.maxY {
            let from = ((y - sourceRect.y) * sourceRect.width + common.x - sourceRect.x) * channels
            let to = ((y - targetRect.y) * targetRect.width + common.x - targetRect.x) * channels
            copySamples(source, from: from, to: &target, at: to, count: count)
        }
    }
}
