import Annotations
import Formats
import ImageCore
import ImageProcessing

/// A tissue mask that somebody else made: a picture that covers the slide, or polygons in pixels of level 0.
struct TissueFile {
    let path: String

    func read(slideSize: PixelSize) throws(FormatError) -> TissueMask {
        if FileSearch.pathExtension(path) == "geojson" { return try polygons(slideSize) }
        let image = try FormatTable.standard.readImage(
            path: path, options: ReadOptions(limits: DecodeLimits(pixels: 1 << 28)))
        guard image.channels == 1, image.width > 0, image.height > 0 else {
            throw FormatError(
                .unsupported, file: path, expected: "a mask of one channel", found: "\(image.channels) channels")
        }
        return TissueMask(mask: image.accept(NonZero()), slideSize: slideSize)
    }

    /// Polygons are painted at no more than 2048 pixels along the longer side.
    private func polygons(_ slideSize: PixelSize) throws(FormatError) -> TissueMask {
        let downsample = max(1, Double(max(slideSize.width, slideSize.height)) / 2048)
        let canvas = PixelSize(
            width: max(1, Int(Double(slideSize.width) / downsample)),
            height: max(1, Int(Double(slideSize.height) / downsample)))
        let set = try AnnotationFiles.read(path: path)
        let everything = ClassMap([ClassMap.Entry(name: "tissue", label: 1, sources: Array(set.classKeys))])
        let rasterizer = Rasterizer(
            try everything.resolve(set), downsampleX: Double(slideSize.width) / Double(canvas.width),
            downsampleY: Double(slideSize.height) / Double(canvas.height), rule: .center, canvas: canvas)
        return TissueMask(mask: AnyImage(rasterizer.labels(in: canvas.bounds)).accept(NonZero()), slideSize: slideSize)
    }
}

/// Where an image of any scalar differs from zero, as `[.y, .x]`.
private struct NonZero: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Bool> {
        let plane = image.contiguous()
        let samples = plane.samples
        return Image(axes: [.y, .x], sizes: [image.height, image.width], domain: .labels) { mask in
            for i in 0..<mask.count { mask[i] = samples[i] != .zero }
        }
    }
}
