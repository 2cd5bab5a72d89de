import ImageCore

/// The shape of a picture that lies as rows of interleaved pixels.
struct PictureShape {
    let width: Int
    let height: Int
    let channels: Int
    let hasChannelAxis: Bool

    /// Number of samples in one row.
    var rowLength: Int { width * channels }

    /// The sizes of a picture of the same kind with another width and height.
    func sizes(_ size: PixelSize) -> [Int] {
        hasChannelAxis ? [size.height, size.width, channels] : [size.height, size.width]
    }
}

extension Image {
    /// The shape of an image with the axes `[.y, .x]` or `[.y, .x, .channel]`.
    func pictureShape() throws(ImageError) -> PictureShape {
        switch axes {
        case [.y, .x]:
            PictureShape(width: sizes[1], height: sizes[0], channels: 1, hasChannelAxis: false)
        case [.y, .x, .channel]:
            PictureShape(width: sizes[1], height: sizes[0], channels: sizes[2], hasChannelAxis: true)
        default:
            throw .invalidArgument("expected the axes y, x or y, x, channel, found \(axes)")
        }
    }

    /// The shape of an image with one sample per pixel.
    func planeShape() throws(ImageError) -> PictureShape {
        let shape = try pictureShape()
        guard shape.channels == 1 else {
            throw .shapeMismatch(expected: [shape.height, shape.width], found: sizes)
        }
        return shape
    }

    /// The shape of an image with three samples per pixel.
    func rgbShape() throws(ImageError) -> PictureShape {
        let shape = try pictureShape()
        guard shape.channels == 3 else { throw .channelMismatch(.rgb, found: shape.channels) }
        return shape
    }
}
