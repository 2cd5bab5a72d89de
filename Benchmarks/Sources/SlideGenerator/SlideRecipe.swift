public import ImageCore

/// What a generated slide is made of; the same recipe and tissue give the same bytes.
public struct SlideRecipe: Sendable {
    /// Width and height of level 0.
    public var size: PixelSize
    /// Share of the slide inside the outlines of tissue, 0 … 1.
    public var coverage: Double
    /// Chooses outlines and pieces.
    public var seed: UInt64
    /// Micrometres per pixel of level 0.
    public var mpp: Double
    /// JPEG quality, 1 … 100.
    public var quality: Int

    /// A recipe by its parts.
    public init(size: PixelSize, coverage: Double = 0.35, seed: UInt64 = 1, mpp: Double = 0.5, quality: Int = 80) {
        self.size = size
        self.coverage = coverage
        self.seed = seed
        self.mpp = mpp
        self.quality = quality
    }

    /// Sizes of the levels: halves, rounded down, until the larger side is at most 1024.
    var levelSizes: [PixelSize] {
        var sizes = [size]
        while let last = sizes.last, max(last.width, last.height) > 1024, min(last.width, last.height) > 1 {
            sizes.append(PixelSize(width: last.width / 2, height: last.height / 2))
        }
        return sizes
    }
}
