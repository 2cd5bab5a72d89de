import ImageCore
import ImageProcessing

/// One channel in the levels of its image: bytes for 8 bits, floats of the same domain otherwise.
enum LevelPlane {
    case bytes(Image<UInt8>)
    case floats(Image<Float>)

    func equalized() throws(ImageError) -> LevelPlane {
        switch self {
        case .bytes(let image): .bytes(try image.histogramEqualized())
        case .floats(let image): .floats(try image.histogramEqualized())
        }
    }

    func adaptivelyEqualized(clipLimit: Double, tiles: PixelSize) throws(ImageError) -> LevelPlane {
        switch self {
        case .bytes(let image): .bytes(try image.adaptivelyEqualized(clipLimit: clipLimit, tiles: tiles))
        case .floats(let image): .floats(try image.adaptivelyEqualized(clipLimit: clipLimit, tiles: tiles))
        }
    }

    var floats: Image<Float> {
        switch self {
        case .bytes(let image): AnyImage(image).converted(to: Float.self)
        case .floats(let image): image
        }
    }
}

/// Operations on channels that count levels.
enum Levels {
    /// Replaces a channel of an image with channels first by what a function makes of its levels.
    static func change(
        _ channel: Int, of image: inout Image<Float>, in scene: Scene, name: String,
        _ body: (LevelPlane) throws(ImageError) -> LevelPlane
    ) throws(AugmentError) {
        do {
            let plane = image.cropped(.channel, to: channel..<channel + 1).contiguous()
            let changed = try changed(try plane.removing(.channel), in: scene, body)
            Rendering.replace(channel: channel, of: &image, with: changed.contiguous())
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }

    /// What a function makes of the levels of a plane.
    static func changed(
        _ plane: Image<Float>, in scene: Scene, _ body: (LevelPlane) throws(ImageError) -> LevelPlane
    ) throws(ImageError) -> Image<Float> {
        var plane = plane
        plane.color = .gray
        guard scene.kind != .uint8 else {
            return try body(.bytes(AnyImage(plane).converted(to: UInt8.self))).floats
        }
        if let limits = scene.blackAndWhite {
            plane.domain = .range(limits)
        } else {
            let range = try plane.range()
            guard range.lowerBound < range.upperBound else { return plane }
            plane.domain = .range(Double(range.lowerBound)...Double(range.upperBound))
        }
        return try body(.floats(plane)).floats
    }
}
