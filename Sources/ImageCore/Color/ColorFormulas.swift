/// A color between two models: red, green, blue and opacity, each from 0 to ``ColorScale/white``.
@usableFromInline
typealias RGBAColor = SIMD4<Double>

/// What black, white and the neutral point of color differences are in an image's samples.
@usableFromInline
struct ColorScale: Sendable {
    /// The value of white; black is 0.
    @usableFromInline let white: Double
    /// The value of a color difference of 0: 128 for 8 bits, 32768 for 16 bits, 0.5 where white is 1.
    @usableFromInline let middle: Double

    @inlinable
    init(white: Double) {
        self.white = white
        middle = white > 1 ? ((white + 1) / 2).rounded(.down) : white / 2
    }
}

extension ColorScale {
    /// Luma of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, exact before rounding where samples are integers.
    @inlinable
    func luma(_ color: RGBAColor) -> Double { (299 * color.x + 587 * color.y + 114 * color.z) / 1000 }

    // MARK: YCbCr, after JFIF 1.02: full range, color differences around the middle.

    @inlinable
    func yCbCr(from color: RGBAColor) -> RGBAColor {
        let y = luma(color)
        return RGBAColor(y, (color.z - y) / 1.772 + middle, (color.x - y) / 1.402 + middle, color.w)
    }

    @inlinable
    func rgb(fromYCbCr color: RGBAColor) -> RGBAColor {
        let (y, cb, cr) = (color.x, color.y - middle, color.z - middle)
        let red = y + 1.402 * cr
        let blue = y + 1.772 * cb
        return RGBAColor(red, (1000 * y - 299 * red - 114 * blue) / 587, blue, color.w)
    }

    // MARK: HSV, after Smith (1978): hue as a fraction of the circle, all three scaled to white.

    @inlinable
    func hsv(from color: RGBAColor) -> RGBAColor {
        let value = max(color.x, color.y, color.z)
        let chroma = value - min(color.x, color.y, color.z)
        guard chroma > 0 else { return RGBAColor(0, 0, value, color.w) }
        var sixth =
            value == color.x
            ? (color.y - color.z) / chroma
            : value == color.y ? 2 + (color.z - color.x) / chroma : 4 + (color.x - color.y) / chroma
        if sixth < 0 { sixth += 6 }
        return RGBAColor(sixth / 6 * white, chroma / value * white, value, color.w)
    }

    @inlinable
    func rgb(fromHSV color: RGBAColor) -> RGBAColor {
        let hue = color.x / white * 6
        let value = color.z
        let chroma = color.y / white * value
        return RGBAColor(
            Self.component(5 + hue, value, chroma), Self.component(3 + hue, value, chroma),
            Self.component(1 + hue, value, chroma), color.w)
    }

    /// How much of a primary is left at a place of the color circle, in sixths.
    @inlinable
    static func component(_ place: Double, _ value: Double, _ chroma: Double) -> Double {
        let k = place - 6 * (place / 6).rounded(.down)
        return value - chroma * max(0, min(k, 4 - k, 1))
    }

    // MARK: CMYK without a profile: ink takes light away.

    @inlinable
    func cmyk(from color: RGBAColor) -> RGBAColor {
        let light = max(color.x, color.y, color.z)
        guard light > 0 else { return RGBAColor(0, 0, 0, white) }
        let ink = (light - color) / light * white
        return RGBAColor(ink.x, ink.y, ink.z, white - light)
    }

    @inlinable
    func rgb(fromCMYK color: RGBAColor) -> RGBAColor {
        let rest = (white - color) / white
        let rgb = rest * rest.w * white
        return RGBAColor(rgb.x, rgb.y, rgb.z, white)
    }

    // MARK: Opacity.

    /// Lays a color over a background, whose components are given from 0 to 1.
    @inlinable
    func composed(_ color: RGBAColor, over background: SIMD3<Double>) -> RGBAColor {
        let opacity = color.w / white
        let below = RGBAColor(background, 1) * white
        return color * opacity + below * (1 - opacity)
    }
}
