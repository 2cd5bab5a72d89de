import Formats
import ImageCore
import ImageProcessing

/// Pictures of 8 bits for codecs.
enum BytePicture {
    /// Refuses what codecs of 8 bits cannot hold.
    static func check(_ name: String, in scene: Scene) throws(AugmentError) {
        guard scene.kind == .uint8 else {
            throw .transform(path: name, "expected a picture of 8 bits (uint8), found \(scene.kind.rawValue)")
        }
        guard scene.channels == 1 || scene.channels == 3 else {
            throw .transform(path: name, "expected 1 or 3 channels, found \(scene.channels)")
        }
    }

    /// Sends each image through a codec.
    static func operation(
        _ name: String, _ codec: @escaping @Sendable (Image<UInt8>) throws(FormatError) -> AnyImage
    ) -> Operation {
        .image { (image, _) throws(AugmentError) in
            let decoded: AnyImage
            do {
                decoded = try codec(picture(image))
            } catch {
                throw .transform(path: name, "\(error)")
            }
            guard case .uint8(let result) = decoded, result.count == image.count, result.width == image.width else {
                throw .transform(path: name, "expected a picture of the same size back, found \(decoded.layout.sizes)")
            }
            let (length, channels) = (image.count / image.channels, image.channels)
            let source = result.contiguous()
            var samples = image.mutableSamples
            for i in 0..<length {
                for channel in 0..<channels {
                    samples[channel * length + i] = Float(source.samples[i * channels + channel])
                }
            }
        }
    }

    /// The picture of an image with channels first: gray, or interleaved RGB.
    private static func picture(_ image: Image<Float>) -> Image<UInt8> {
        let (length, channels) = (image.count / image.channels, image.channels)
        var picture = Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [image.height, image.width, channels], color: channels == 1 ? .gray : .rgb)
        var samples = picture.mutableSamples
        let source = image.samples
        for i in 0..<length {
            for channel in 0..<channels {
                samples[i * channels + channel] = UInt8(saturating: source[channel * length + i])
            }
        }
        return picture
    }
}
