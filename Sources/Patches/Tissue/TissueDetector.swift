public import ImageCore
import ImageProcessing

/// Finds tissue on the overview of a brightfield slide.
public struct TissueDetector: Sendable, Hashable {
    /// How a pixel is judged.
    public enum Measure: Sendable, Hashable { case otsu, saturation }

    /// How a pixel is judged.
    public var measure: Measure
    /// Pieces of tissue below this area are left out, in square millimetres.
    public var smallestObjectSquareMillimetres = 0.01
    /// Holes in tissue below this area are filled, in square millimetres.
    public var largestFilledHoleSquareMillimetres = 0.01

    /// Micrometres per pixel that areas are reckoned with when the slide's resolution is not known.
    public static let assumedMPP = 0.5
    /// The least HSV saturation of tissue, of 255: CLAM's preset.
    static let saturationThreshold: UInt8 = 8
    /// Luma above which a pixel counts as glass whatever Otsu's threshold says, and below which the brighter class is not
    /// taken for glass.
    static let glassLuma = 220

    /// A detector by its measure.
    public init(_ measure: Measure) { self.measure = measure }

    /// The mask of a slide.
    ///
    /// - Parameters:
    ///   - overview: The slide in a small picture.
    ///   - mpp: Micrometres per pixel of level 0; `nil` reckons areas with ``assumedMPP``.
    /// - Returns: The mask, as large as the overview.
    /// - Throws: ``ImageError`` for an overview that is not RGB.
    public func detect(on overview: SlideOverview, mpp: Double?) throws(ImageError) -> TissueMask {
        let base = mpp ?? Self.assumedMPP
        let millimetres = (overview.downsampleX * base / 1000, overview.downsampleY * base / 1000)
        let pixelArea = millimetres.0 * millimetres.1
        var mask = try judged(overview.image)
        func pixels(_ area: Double) -> Int { Int(min(area / pixelArea, Double(mask.count))) }
        mask = try mask.removingSmallObjects(below: pixels(smallestObjectSquareMillimetres))
        mask = try mask.fillingHoles(below: pixels(largestFilledHoleSquareMillimetres))
        return TissueMask(mask: mask, slideSize: overview.slideSize)
    }

    private func judged(_ image: Image<UInt8>) throws(ImageError) -> Image<Bool> {
        switch measure {
        case .otsu:
            let luma = try luma(of: image)
            return luma.thresholded(above: UInt8(otsuLimit(histogram(of: luma)))).inverted()
        case .saturation:
            let saturation = try medianBlur(saturation(of: image), size: 5)
            return saturation.thresholded(above: Self.saturationThreshold)
        }
    }

    /// Otsu's threshold, corrected for slides that show no glass.
    ///
    /// Otsu always splits in two. When the brighter part is too dark for glass, all of it is tissue.
    private func otsuLimit(_ histogram: [Int]) -> Int {
        let threshold = otsuThreshold(histogram)
        let bright = histogram[min(threshold + 1, 255)...]
        let count = bright.reduce(0, +)
        let mean = count == 0 ? 255 : bright.indices.reduce(0) { $0 + $1 * histogram[$1] } / count
        return mean < Self.glassLuma ? Self.glassLuma : min(threshold, Self.glassLuma)
    }
}
