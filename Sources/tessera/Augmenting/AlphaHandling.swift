import ArgumentParser
import Augment
import Formats
import ImageCore

/// What becomes of the opacity of pictures when they are read.
enum AlphaHandling: String, ExpressibleByArgument, CaseIterable, Codable, Sendable {
    /// It stays a channel.
    case keep
    /// It is left out; colors stay as they are.
    case drop
    /// Pictures are laid over white, the color of glass.
    case white

    private var rule: AlphaRule? {
        switch self {
        case .keep: nil
        case .drop: .drop
        case .white: .composeOnWhite
        }
    }

    /// The color model without opacity; `nil` where there is none.
    private static func opaque(_ color: ColorModel) -> ColorModel? {
        switch color {
        case .rgba: .rgb
        case .grayAlpha: .gray
        default: nil
        }
    }

    /// What to say where a pipeline cannot work on a picture with opacity that is kept.
    func hint(for color: ColorModel) -> String {
        self == .keep && Self.opaque(color) != nil ? "; --alpha drop or white takes opacity away" : ""
    }

    /// The shape that a picture has when it is read.
    func shape(of picture: SampleShape) -> SampleShape {
        guard rule != nil, let color = Self.opaque(picture.color),
            let channel = picture.axes.firstIndex(of: .channel)
        else { return picture }
        var result = picture
        result.color = color
        if color == .gray {
            result.axes.remove(at: channel)
            result.sizes.remove(at: channel)
        } else {
            result.sizes[channel] -= 1
        }
        return result
    }

    /// A picture as the pipeline takes it.
    func applied(to picture: AnyImage, _ path: String) throws(FormatError) -> AnyImage {
        guard let rule, let color = Self.opaque(picture.color) else { return picture }
        do throws(ImageError) {
            return try picture.converted(to: color, alpha: rule)
        } catch {
            throw FormatError(.unsupported, file: path, place: "--alpha", found: "\(error)")
        }
    }
}
