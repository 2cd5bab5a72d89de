public import Annotations
public import Formats
import ImageCore
import ImageProcessing

/// Decides which patches are cut from a slide.
public struct PatchPlanner: Sendable {
    /// What is wanted.
    public var request: PatchRequest
    /// Where tissue is; `nil` takes every place of the grid.
    public var tissue: TissueMask?
    /// How much of a place each class covers; `nil` without annotations.
    public var coverage: CoverageMap?

    /// A planner by its parts.
    public init(request: PatchRequest, tissue: TissueMask? = nil, coverage: CoverageMap? = nil) {
        self.request = request
        self.tissue = tissue
        self.coverage = coverage
    }

    /// Plans the patches of one slide.
    ///
    /// - Parameters:
    ///   - slide: The slide.
    ///   - name: The slide's name, part of the key of random choices.
    ///   - mpp: Micrometres per pixel of level 0 that replace what the file says.
    /// - Returns: The patches and how their resolution is reached.
    /// - Throws: ``FormatError`` when the wanted resolution cannot be reached.
    /// - Complexity: Linear in the number of places on the grid.
    public func plan(_ slide: any Slide, name: String, mpp: Double? = nil) throws(FormatError) -> PatchPlan {
        let scale = try request.scale.resolve(for: slide, mpp: mpp)
        let grid = PatchGrid(
            canvas: canvas(of: slide, at: scale), size: request.size, stride: request.stride, edge: request.edge)
        let levelDownsample = slide.levels[scale.level].downsample
        var patches: [PlannedPatch] = []
        for y in grid.ys {
            for x in grid.xs {
                let area = area(x: x, y: y, downsample: scale.downsample)
                guard let patch = patch(x: x, y: y, area: area, scale: scale, levelDownsample: levelDownsample) else {
                    continue
                }
                patches.append(patch)
            }
        }
        return PatchPlan(
            scale: scale, patchSize: request.size, gridCount: grid.count,
            patches: request.quota.choose(from: patches, slide: name))
    }

    /// Size of the slide in pixels of the result; a last pixel that is not whole does not count.
    private func canvas(of slide: any Slide, at scale: ResolvedScale) -> PixelSize {
        let level = slide.levels[scale.level]
        guard !scale.isNative else { return level.size }
        return PixelSize(
            width: Int(Double(level.size.width) / scale.levelScale),
            height: Int(Double(level.size.height) / scale.levelScale))
    }

    /// The whole pixels of level 0 that a patch stands for.
    private func area(x: Int, y: Int, downsample: Double) -> PixelRect {
        func scaled(_ value: Int) -> Int { Int((Double(value) * downsample).rounded()) }
        return PixelRect(x: scaled(x), y: scaled(y), width: scaled(request.size), height: scaled(request.size))
    }

    private func patch(
        x: Int, y: Int, area: PixelRect, scale: ResolvedScale, levelDownsample: Double
    ) -> PlannedPatch? {
        let fraction = tissue?.fraction(of: area) ?? 1
        guard tissue == nil || fraction >= request.minTissue else { return nil }
        let covered = coverage?.coverage(of: area) ?? []
        return PlannedPatch(
            area: area, window: window(x: x, y: y, area: area, scale: scale, levelDownsample: levelDownsample),
            tissue: fraction, label: coverage == nil ? "" : request.labels.label(for: covered), coverage: covered)
    }

    /// Native patches lie on whole pixels of the level; resampled ones show exactly their area of level 0.
    private func window(
        x: Int, y: Int, area: PixelRect, scale: ResolvedScale, levelDownsample: Double
    ) -> SourceWindow {
        guard !scale.isNative else {
            let edge = Double(request.size)
            return SourceWindow(x: Double(x), y: Double(y), width: edge, height: edge)
        }
        return SourceWindow(
            x: Double(area.x) / levelDownsample, y: Double(area.y) / levelDownsample,
            width: Double(area.width) / levelDownsample, height: Double(area.height) / levelDownsample)
    }
}
