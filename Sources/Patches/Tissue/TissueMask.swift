public import Annotations
public import ImageCore
public import ImageProcessing

/// Where a slide holds tissue: a small mask that covers the whole slide.
public struct TissueMask: Sendable {
    /// The mask, axes `[.y, .x]`; `true` is tissue.
    public let mask: Image<Bool>
    /// Size of the slide in pixels of level 0; the mask covers exactly this.
    public let slideSize: PixelSize
    private let sums: [Int32]

    /// A mask that covers a slide.
    public init(mask: Image<Bool>, slideSize: PixelSize) {
        self.mask = mask
        self.slideSize = slideSize
        sums = Self.integral(of: mask)
    }

    /// Pixels of level 0 per pixel of the mask, along x.
    public var downsampleX: Double { Double(slideSize.width) / Double(mask.width) }
    /// Pixels of level 0 per pixel of the mask, along y.
    public var downsampleY: Double { Double(slideSize.height) / Double(mask.height) }

    /// The outlines of the tissue and of its holes along the edges of mask pixels, in pixels of the mask.
    public var rings: [[PixelCorner]] { polygons.flatMap { [$0.outer] + $0.holes } }

    /// The connected parts of the tissue, in pixels of the mask.
    public var polygons: [MaskPolygon] {
        do throws(ImageError) { return try boundaries(of: mask) } catch { preconditionFailure("a mask is a plane") }
    }

    /// The fraction of a rectangle of level 0 that is tissue, 0 to 1; exact at the edges of mask pixels.
    ///
    /// What lies outside the slide is not tissue.
    public func fraction(of area: PixelRect) -> Double {
        fraction(
            of: Box(minX: Double(area.x), minY: Double(area.y), maxX: Double(area.maxX), maxY: Double(area.maxY)))
    }

    /// The fraction of a rectangle with fractional edges that is tissue; see ``fraction(of:)-(PixelRect)``.
    public func fraction(of area: Box) -> Double {
        guard area.maxX > area.minX, area.maxY > area.minY else { return 0 }
        let (left, right) = (area.minX / downsampleX, area.maxX / downsampleX)
        let (top, bottom) = (area.minY / downsampleY, area.maxY / downsampleY)
        let covered = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
        return min(1, max(0, covered / ((right - left) * (bottom - top))))
    }

    /// Tissue inside [0, x) × [0, y) in pixels of the mask: the summed-area table (Crow 1984), bilinear between corners.
    private func sum(_ x: Double, _ y: Double) -> Double {
        let x = min(max(x, 0), Double(mask.width))
        let y = min(max(y, 0), Double(mask.height))
        let column = min(Int(x), mask.width - 1)
        let row = min(Int(y), mask.height - 1)
        let (fx, fy) = (x - Double(column), y - Double(row))
        let stride = mask.width + 1
        func corner(_ i: Int, _ j: Int) -> Double { Double(sums[(row + j) * stride + column + i]) }
        let upper = corner(0, 0) * (1 - fx) + corner(1, 0) * fx
        let lower = corner(0, 1) * (1 - fx) + corner(1, 1) * fx
        return upper * (1 - fy) + lower * fy
    }

    private static func integral(of mask: Image<Bool>) -> [Int32] {
        let mask = mask.contiguous()
        let samples = mask.samples
        let (width, height) = (mask.width, mask.height)
        var sums = [Int32](repeating: 0, count: (width + 1) * (height + 1))
        for row in 0..<height {
            var running: Int32 = 0
            for column in 0..<width {
                if samples[row * width + column] { running += 1 }
                sums[(row + 1) * (width + 1) + column + 1] = sums[row * (width + 1) + column + 1] + running
            }
        }
        return sums
    }
}
