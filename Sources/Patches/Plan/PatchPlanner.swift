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

    /// Most places that a grid may have on one slide.
    public static let placeLimit = 1 << 24

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
        guard grid.count <= Self.placeLimit else {
            throw FormatError(
                .limitExceeded, file: slide.path, place: "patch grid", expected: "at most \(Self.placeLimit) places",
                found: "\(grid.xs.count) x \(grid.ys.count) (a larger stride gives fewer)")
        }
        var patches: [PlannedPatch] = []
        for y in grid.ys {
            for x in grid.xs {
                if let patch = patch(x: x, y: y, scale: scale) { patches.append(patch) }
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

    /// The patch at a place of the grid, unless it holds too little tissue.
    ///
    /// Tissue and coverage are those of the exact area, which has fractional edges at resampled resolutions.
    private func patch(x: Int, y: Int, scale: ResolvedScale) -> PlannedPatch? {
        let edge = Double(request.size) * scale.downsample
        let (left, top) = (Double(x) * scale.downsample, Double(y) * scale.downsample)
        let box = Box(minX: left, minY: top, maxX: left + edge, maxY: top + edge)
        let fraction = tissue?.fraction(of: box) ?? 1
        guard tissue == nil || fraction >= request.minTissue else { return nil }
        let covered = coverage?.coverage(of: box) ?? []
        let levelEdge = Double(request.size) * scale.levelScale
        return PlannedPatch(
            area: PixelRect(
                x: Int(left.rounded()), y: Int(top.rounded()), width: Int(edge.rounded()), height: Int(edge.rounded())),
            window: SourceWindow(
                x: Double(x) * scale.levelScale, y: Double(y) * scale.levelScale, width: levelEdge, height: levelEdge),
            tissue: fraction, label: coverage == nil ? "" : request.labels.label(for: covered), coverage: covered)
    }
}
