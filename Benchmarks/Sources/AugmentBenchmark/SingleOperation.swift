import ImageCore
import ImageProcessing

/// An operation alone, as the workers of the peers call OpenCV's.
enum SingleOperation: String {
    case resize, rotate, flip, blur, clahe

    /// The operation that `operation:NAME` asks for.
    init?(argument: String) {
        let prefix = "operation:"
        guard argument.hasPrefix(prefix) else { return nil }
        self.init(rawValue: String(argument.dropFirst(prefix.count)))
    }

    /// What the operation works on: the picture, or its green channel.
    func input(of image: Image<UInt8>) -> Image<UInt8> {
        guard self == .clahe else { return image }
        var green = image.slice(.channel, at: 1).contiguous()
        green.color = .gray
        return green
    }

    func result(of image: Image<UInt8>) throws(ImageError) -> Image<UInt8> {
        switch self {
        case .resize: return try image.resized(to: PixelSize(width: 160, height: 160), interpolation: .linear)
        case .rotate:
            let size = SpatialSize(x: image.width, y: image.height)
            let map = try SpatialMap(outputSize: size, pushing: .rotation(degrees: 30, about: size.center))
            return try image.warped(by: map, interpolation: .linear, border: .constant(0), workers: 1)
        case .flip: return try image.mirrored(.x)
        case .blur: return try image.gaussianBlurred(width: 11, height: 11, sigmaX: 1.5)
        case .clahe: return try image.adaptivelyEqualized(clipLimit: 2, tiles: PixelSize(width: 8, height: 8))
        }
    }
}
