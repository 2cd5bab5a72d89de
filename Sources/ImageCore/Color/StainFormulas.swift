import Glibc

/// The stain separation of Ruifrok and Johnston with the conventions of scikit-image.
///
/// Anal. Quant. Cytol. Histol. 23 (2001): hematoxylin, eosin and DAB. As in scikit-image, transmission is bounded below by
/// 10⁻⁶, optical density is counted in units of that of 10⁻⁶, and there are no negative stains.
enum Stains {
    /// Red, green and blue absorbance of each stain.
    static let hematoxylin = SIMD3<Double>(0.65, 0.70, 0.29)
    static let eosin = SIMD3<Double>(0.07, 0.99, 0.11)
    static let dab = SIMD3<Double>(0.27, 0.57, 0.78)

    /// The smallest transmission, and its logarithm.
    private static let darkest = 1e-6
    private static let logDarkest = log(darkest)

    /// The inverse of the matrix whose rows are the stains: its rows belong to red, green and blue.
    private static let inverse: (red: SIMD3<Double>, green: SIMD3<Double>, blue: SIMD3<Double>) = {
        let (h, e, d) = (hematoxylin, eosin, dab)
        let (ed, dh, he) = (cross(e, d), cross(d, h), cross(h, e))
        let determinant = (h * ed).sum()
        return (
            SIMD3(ed.x, dh.x, he.x) / determinant, SIMD3(ed.y, dh.y, he.y) / determinant,
            SIMD3(ed.z, dh.z, he.z) / determinant
        )
    }()

    /// The three stains of a color whose components go from 0 to 1.
    static func stains(from color: SIMD3<Double>) -> SIMD3<Double> {
        let red = log(max(color.x, darkest)) / logDarkest
        let green = log(max(color.y, darkest)) / logDarkest
        let blue = log(max(color.z, darkest)) / logDarkest
        let stains = inverse.red * red + inverse.green * green + inverse.blue * blue
        return pointwiseMax(stains, .zero)
    }

    /// The color of three stains, from 0 to 1.
    static func rgb(from stains: SIMD3<Double>) -> SIMD3<Double> {
        let density = hematoxylin * stains.x + eosin * stains.y + dab * stains.z
        let color = SIMD3(
            exp(density.x * logDarkest), exp(density.y * logDarkest), exp(density.z * logDarkest))
        return pointwiseMin(pointwiseMax(color, .zero), .one)
    }

    private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
}

extension ColorScale {
    @usableFromInline
    func hed(from color: RGBAColor) -> RGBAColor {
        let stains = Stains.stains(from: SIMD3(color.x, color.y, color.z) / white) * white
        return RGBAColor(stains, color.w)
    }

    @usableFromInline
    func rgb(fromHED color: RGBAColor) -> RGBAColor {
        RGBAColor(Stains.rgb(from: SIMD3(color.x, color.y, color.z) / white) * white, color.w)
    }
}
