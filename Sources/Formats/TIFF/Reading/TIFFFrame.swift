import CTIFFShim
import ImageCore

/// One directory of a TIFF file: its tags, what its image decodes to, and the steps from the one to the other.
struct TIFFFrame: Sendable {
    /// Where decoded pieces come from.
    enum Source: Sendable {
        /// The samples as they are stored.
        case samples
        /// libtiff's conversion to 8-bit RGBA, for YCbCr outside of JPEG, CIE L*a*b* and LogLuv.
        case rgba
    }

    /// How one stored sample becomes one of memory.
    enum Unpacking: Sendable, Hashable {
        /// It is one already.
        case copy
        /// Bits from the highest to the lowest, without regard to byte limits.
        case bits(Int, isSigned: Bool)
        /// Three bytes, the lowest first.
        case reversed24(isSigned: Bool)
        /// 1 bit of sign, 7 of exponent, 16 of fraction (Adobe, TIFF Technical Note 3); the lowest byte first.
        case float24
    }

    let tags: ctiff_page
    let index: Int
    let info: FrameInfo
    let source: Source
    let unpacking: Unpacking
    /// The type of the samples before a palette is applied.
    let storedKind: ScalarKind
    /// Bits of an unsigned gray sample to be turned from 0 = white to 0 = black.
    let invertedBits: Int?
    /// Reds, greens and blues; `nil` when indices stay.
    let palette: TIFFPalette?
    /// Bits of unsigned samples, or 0 for floating point, when the color is to be divided by the opacity.
    let premultipliedBits: Int?
    /// How the pixels are moved, when that is asked for.
    let orientation: EXIFOrientation?

    var width: Int { Int(tags.width) }
    var height: Int { Int(tags.height) }
    /// Channels of the stored samples that are kept.
    var channels: Int { source == .rgba ? 3 : Int(tags.samples_per_pixel) }
    /// Planes that are stored one after the other.
    var planes: Int { source == .samples && isPlanar ? channels : 1 }
    var isPlanar: Bool { tags.planar_configuration == 2 && tags.samples_per_pixel > 1 }
    /// Bytes of the samples before a palette is applied.
    var storedByteCount: Int { width * height * channels * storedKind.byteCount }
    var place: String { "directory \(index)" }

    /// The name of a tile or strip for messages.
    func place(column: Int, row: Int, plane: Int) -> String {
        let part = tags.is_tiled != 0 ? "tile (\(column), \(row))" : "strip \(row)"
        return planes > 1 ? "\(place), plane \(plane), \(part)" : "\(place), \(part)"
    }
}
