import Annotations
import Formats
import ImageCore
import ImageProcessing

/// A slide in a small picture with tissue, annotations and patches drawn in.
struct OverviewPicture {
    private let overview: SlideOverview
    private(set) var image: Image<UInt8>

    private static let tissueColor = RGBColor(hex: 0x1B9E_3E)
    private static let patchColor = RGBColor(hex: 0x3060_D0)
    /// One color for each class; more classes begin anew.
    private static let classColors = [0xE0_2020, 0xF0_A000, 0x9020_C0, 0x00A0_A0, 0x8060_20, 0xE0_50A0]
        .map { RGBColor(hex: $0) }
    private static let exclusionColor = RGBColor(hex: 0x00_0000)

    init(_ overview: SlideOverview) {
        self.overview = overview
        image = overview.image
    }

    /// Draws the frames of patches.
    mutating func draw(patches: [PixelRect]) {
        for area in patches {
            let left = Int(Double(area.x) / overview.downsampleX)
            let top = Int(Double(area.y) / overview.downsampleY)
            let right = Int((Double(area.maxX) / overview.downsampleX).rounded(.up))
            let bottom = Int((Double(area.maxY) / overview.downsampleY).rounded(.up))
            let frame = PixelRect(x: left, y: top, width: right - left, height: bottom - top)
            ignoringShape { () throws(ImageError) in try image.drawRectangleOutline(frame, color: Self.patchColor) }
        }
    }

    /// Draws the outline of the tissue.
    mutating func draw(_ tissue: TissueMask) {
        let scaleX = tissue.downsampleX / overview.downsampleX
        let scaleY = tissue.downsampleY / overview.downsampleY
        for ring in tissue.rings {
            let points = ring.map { Point(x: Double($0.x) * scaleX, y: Double($0.y) * scaleY) }
            drawRing(points, color: Self.tissueColor)
        }
    }

    /// Draws the outlines of annotated regions, each class in a color of its own, exclusions in black.
    mutating func draw(_ annotations: ResolvedAnnotations) {
        for layer in annotations.layers {
            let color = layer.classIndex.map { Self.classColors[$0 % Self.classColors.count] } ?? Self.exclusionColor
            for polygon in layer.polygons {
                for ring in [polygon.outer] + polygon.holes { drawRing(ring.map(scaled), color: color) }
            }
        }
    }

    /// The picture as JPEG.
    func encoded() throws(FormatError) -> [UInt8] {
        try JPEGEncoder(quality: 85, subsampling: .s420).encode(image)
    }

    private func scaled(_ point: Point) -> Point {
        Point(x: point.x / overview.downsampleX, y: point.y / overview.downsampleY)
    }

    private mutating func drawRing(_ points: [Point], color: RGBColor) {
        ignoringShape { () throws(ImageError) in try image.drawPolygonOutline(points, color: color, thickness: 2) }
    }

    /// Drawing fails only on pictures that are not RGB, and an overview always is.
    private func ignoringShape(_ body: () throws(ImageError) -> Void) {
        do throws(ImageError) { try body() } catch { preconditionFailure("\(error)") }
    }
}
