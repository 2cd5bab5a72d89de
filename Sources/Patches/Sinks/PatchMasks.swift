import Annotations
import Formats
import ImageCore

/// Masks of the classes, one PNG per patch: `masks/[<label>/]<slide>/<name>.png`.
///
/// A mask pixel has the label of the class that its center lies in, 0 outside; it lies exactly over its pixel of the patch.
struct PatchMasks: Sendable {
    private let rasterizer: Rasterizer
    private let size: Int
    private let downsample: Double
    private let usesWideLabels: Bool
    private let staging: StagedOutput
    private let encoder = PNGEncoder(level: 6, filter: .none)

    init(_ annotations: ResolvedAnnotations, plan: PatchPlan, slideSize: PixelSize, staging: StagedOutput) {
        size = plan.patchSize
        downsample = plan.scale.downsample
        self.staging = staging
        usesWideLabels = annotations.maxLabel > 255
        func canvas(_ length: Int) -> Int {
            Int((Double(length) / plan.scale.downsample).rounded(.up)) + plan.patchSize
        }
        rasterizer = Rasterizer(
            annotations, downsampleX: downsample, downsampleY: downsample, rule: .center,
            canvas: PixelSize(width: canvas(slideSize.width), height: canvas(slideSize.height)))
    }

    /// Writes the mask of one patch.
    func write(_ item: PatchItem) throws(FormatError) {
        let area = item.patch.area
        // The place on the grid: the area was rounded by less than half a pixel of the mask.
        let rect = PixelRect(
            x: Int((Double(area.x) / downsample).rounded()), y: Int((Double(area.y) / downsample).rounded()),
            width: size, height: size)
        let labels = rasterizer.labels(in: rect)
        let bytes = try usesWideLabels ? encoder.encode(labels) : encoder.encode(labels.lowBytes())
        try staging.write(bytes, to: "masks/\(item.folder)/\(item.name).png")
    }
}
