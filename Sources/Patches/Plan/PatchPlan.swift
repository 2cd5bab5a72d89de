public import ImageCore
public import ImageProcessing

/// One patch that will be cut.
public struct PlannedPatch: Sendable, Hashable {
    /// The area that the patch shows in pixels of level 0, rounded to whole ones; may pass the slide's edge when padded.
    public var area: PixelRect
    /// Exactly what the patch shows, in pixels of the level that is read.
    public var window: SourceWindow
    /// Fraction of the area that is tissue, 0 to 1.
    public var tissue: Double
    /// The class that the patch stands for; empty without annotations.
    public var label: String
    /// Fraction of the area that each class covers, in the order of the run's classes.
    public var coverage: [Double]

    /// A patch by its parts.
    public init(area: PixelRect, window: SourceWindow, tissue: Double, label: String, coverage: [Double]) {
        self.area = area
        self.window = window
        self.tissue = tissue
        self.label = label
        self.coverage = coverage
    }
}

/// Which patches are cut from one slide, in the order in which they are cut.
public struct PatchPlan: Sendable {
    /// How the wanted resolution is reached.
    public var scale: ResolvedScale
    /// Edge of a patch in pixels of the result.
    public var patchSize: Int
    /// Number of patches on the grid before tissue and quotas.
    public var gridCount: Int
    /// The patches.
    public var patches: [PlannedPatch]

    /// A plan by its parts.
    public init(scale: ResolvedScale, patchSize: Int, gridCount: Int, patches: [PlannedPatch]) {
        self.scale = scale
        self.patchSize = patchSize
        self.gridCount = gridCount
        self.patches = patches
    }
}

extension SourceWindow {
    /// The whole pixels that the window touches.
    var pixels: PixelRect {
        let left = Int(x.rounded(.down))
        let top = Int(y.rounded(.down))
        return PixelRect(
            x: left, y: top, width: Int((x + width).rounded(.up)) - left, height: Int((y + height).rounded(.up)) - top)
    }
}
