public import Formats
public import ImageCore
import ImageProcessing

/// A whole slide in a small picture.
public struct SlideOverview: Sendable {
    /// The picture, RGB, axes `[.y, .x, .channel]`; it covers exactly the slide.
    public let image: Image<UInt8>
    /// Size of the slide in pixels of level 0.
    public let slideSize: PixelSize
    /// Tiles that could not be decoded; they show the background.
    public let failures: [FormatError]

    /// Pixels of level 0 per pixel of the picture, along x.
    public var downsampleX: Double { Double(slideSize.width) / Double(image.width) }
    /// Pixels of level 0 per pixel of the picture, along y.
    public var downsampleY: Double { Double(slideSize.height) / Double(image.height) }

    /// Resolution of the overview in micrometres per pixel where the slide's is known: fine enough to see glands.
    static let mpp = 8.0
    /// Edge of the blocks that are read one by one, and of the largest window of the level that a block may need.
    private static let (blockSize, windowSize) = (64, 4096)

    /// Reads a slide at a lower resolution: from the next finer level, every pixel the mean of the area it covers.
    ///
    /// - Parameters:
    ///   - slide: The slide.
    ///   - downsample: Pixels of level 0 per pixel of the picture; ``defaultDownsample(of:mpp:)`` is a good choice.
    ///   - workers: Number of threads.
    ///   - isCancelled: Asked between pieces of work.
    /// - Returns: The picture.
    /// - Throws: ``FormatError`` when the slide cannot be read at all; single corrupt tiles are recorded.
    public static func read(
        _ slide: any Slide, downsample: Double, workers: Int, isCancelled: () -> Bool = { false }
    ) throws(FormatError) -> SlideOverview {
        let slideSize = slide.levels[0].size
        let size = PixelSize(
            width: max(1, Int((Double(slideSize.width) / downsample).rounded())),
            height: max(1, Int((Double(slideSize.height) / downsample).rounded())))
        let plan = blocks(of: slide, size: size)
        let blockSize = plan.patchSize
        var image = Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [size.height, size.width, 3], color: .rgb, domain: .integer(bits: 8))
        if let resolution = slide.resolution {
            image.geometry = Geometry(
                mppX: resolution.mppX * Double(slideSize.width) / Double(size.width),
                mppY: resolution.mppY * Double(slideSize.height) / Double(size.height))
        }
        let extractor = PatchExtractor(slide: slide, workers: workers, corruptTiles: .background)
        let columns = (size.width + blockSize - 1) / blockSize
        let report = try extractor.extract(
            plan, isCancelled: isCancelled,
            prepare: { (_: Int, samples: Span<UInt8>) throws(FormatError) in samples.copiedToArray() },
            deliver: { (index: Int, block: [UInt8]) throws(FormatError) in
                let (row, column) = index.quotientAndRemainder(dividingBy: columns)
                paste(block, edge: blockSize, x: column * blockSize, y: row * blockSize, into: &image)
            })
        return SlideOverview(image: image, slideSize: slideSize, failures: report.failures)
    }

    /// The downsample of a good overview: 8 µm per pixel, 1024 to 4096 pixels along the longer side.
    public static func defaultDownsample(of slide: any Slide, mpp: Double? = nil) -> Double {
        let longer = Double(max(slide.levels[0].size.width, slide.levels[0].size.height))
        let wanted = (mpp ?? slide.resolution?.mpp).map { Self.mpp / $0 } ?? longer / 2048
        return max(1, min(max(wanted, longer / 4096), longer / 1024))
    }

    private static func blocks(of slide: any Slide, size: PixelSize) -> PatchPlan {
        let full = slide.levels[0].size
        let scaleX = Double(full.width) / Double(size.width)
        let scaleY = Double(full.height) / Double(size.height)
        let level = slide.levels.lastIndex { $0.downsample <= min(scaleX, scaleY) * 1.01 } ?? 0
        let levelSize = slide.levels[level].size
        let levelX = Double(levelSize.width) / Double(size.width)
        let levelY = Double(levelSize.height) / Double(size.height)
        let blockSize = max(1, min(blockSize, Int(Double(windowSize) / max(levelX, levelY))))
        let grid = PatchGrid(canvas: size, size: blockSize, stride: blockSize, edge: .pad)
        let edge = Double(blockSize)
        let patches = grid.ys.flatMap { y in
            grid.xs.map { x in
                PlannedPatch(
                    area: PixelRect(x: x, y: y, width: blockSize, height: blockSize),
                    window: SourceWindow(
                        x: Double(x) * levelX, y: Double(y) * levelY, width: edge * levelX, height: edge * levelY),
                    tissue: 1, label: "", coverage: [])
            }
        }
        let isNative = levelX == 1 && levelY == 1
        return PatchPlan(
            scale: ResolvedScale(downsample: scaleX, level: level, levelScale: isNative ? 1 : max(levelX, 1.001)),
            patchSize: blockSize, gridCount: grid.count, patches: patches)
    }

    private static func paste(
        _ block: [UInt8], edge blockSize: Int, x: Int, y: Int, into image: inout Image<UInt8>
    ) {
        let (width, height) = (image.width, image.height)
        let columns = min(blockSize, width - x)
        var samples = image.mutableSamples
        for row in 0..<min(blockSize, height - y) {
            for i in 0..<columns * 3 {
                samples[((y + row) * width + x) * 3 + i] = block[row * blockSize * 3 + i]
            }
        }
    }
}

extension Span<UInt8> {
    /// The samples as an array of their own.
    func copiedToArray() -> [UInt8] {
        [UInt8](capacity: count) { output in
            for i in indices { output.append(self[i]) }
        }
    }
}
