public import ImageCore

/// Turns resolved annotations into label masks, rectangle by rectangle.
///
/// Mask pixel (i, j) covers [i·d, (i+1)·d) × [j·d, (j+1)·d) of level 0 for a downsample d. A rectangle costs the sides
/// that pass through it, its rows and its pixels, whatever the size of the polygons and of the mask. Every pixel depends
/// on its own place alone: rectangles may be asked for in any order, from any thread, and give the same pixels however
/// the mask is divided.
public struct Rasterizer: Sendable {
    /// Which pixels belong to a region.
    public enum Rule: String, Sendable, Hashable, CaseIterable, Codable {
        /// Those whose center lies inside; a center on a left or top side is inside, on a right or bottom side outside.
        ///
        /// Regions that share a side neither overlap nor leave a gap. Rings of one polygon count even-odd.
        case center
        /// Those whose center lies inside and those whose inside the region's outline passes through.
        ///
        /// A pixel that the outline merely borders is not touched: a region on whole pixels keeps its area.
        case touched
        /// Those whose top-left corner lies inside as ASAP decides it: winding number not 0, and strictly inside of the bounding box.
        ///
        /// Masks of ASAP (`AnnotationToMask`) at level 0 come out equal where its 32-bit coordinates are exact. Holes,
        /// which ASAP does not know, are cut out.
        case asap
    }

    /// The size of the whole mask; pixels outside are 0.
    public let canvas: PixelSize
    /// Which pixels belong to a region.
    public let rule: Rule
    /// Level-0 pixels per mask pixel along x.
    public let downsampleX: Double
    /// Level-0 pixels per mask pixel along y.
    public let downsampleY: Double
    private let index: PolygonIndex
    private let grid: SampleGrid

    /// Prepares annotations for painting; takes memory in proportion to the number of their points.
    ///
    /// - Parameters:
    ///   - annotations: The regions, in painting order.
    ///   - downsampleX: Level-0 pixels per mask pixel along x, above 10⁻⁶.
    ///   - downsampleY: The same along y.
    ///   - rule: Which pixels belong to a region.
    ///   - canvas: The size of the whole mask, each side below 2³⁰.
    public init(
        _ annotations: ResolvedAnnotations, downsampleX: Double, downsampleY: Double, rule: Rule = .center,
        canvas: PixelSize
    ) {
        precondition(downsampleX > 1e-6 && downsampleY > 1e-6, "a downsample is above 0")
        precondition(downsampleX.isFinite && downsampleY.isFinite, "a downsample is finite")
        precondition(
            annotations.layers.allSatisfy { (0...65535).contains($0.label) }, "a label is between 0 and 65,535")
        precondition(canvas.width < 1 << 30 && canvas.height < 1 << 30, "a mask's side is below 2³⁰")
        self.canvas = canvas
        self.rule = rule
        self.downsampleX = downsampleX
        self.downsampleY = downsampleY
        index = PolygonIndex(annotations)
        grid = SampleGrid(stepX: downsampleX, stepY: downsampleY, offset: rule == .asap ? 0 : 0.5)
    }

    /// The labels of a rectangle of the mask, axes y, x; 0 where nothing was painted and outside of the canvas.
    public func labels(in rect: PixelRect) -> Image<UInt16> {
        Image(axes: [.y, .x], sizes: [max(0, rect.height), max(0, rect.width)], color: .labels, domain: .labels) {
            labels(in: rect, into: &$0)
        }
    }

    /// Writes the labels of a rectangle of the mask, row by row.
    ///
    /// - Precondition: as many samples as the rectangle has pixels.
    public func labels(in rect: PixelRect, into labels: inout MutableSpan<UInt16>) {
        paint(rect, into: &labels)
    }

    /// Writes the labels of a rectangle of the mask, row by row, in 8 bits.
    ///
    /// - Precondition: as many samples as the rectangle has pixels, and no label above 255.
    public func labels(in rect: PixelRect, into labels: inout MutableSpan<UInt8>) {
        paint(rect, into: &labels)
    }

    /// The label of every pixel of a rectangle when it can be told without painting: no outline comes near.
    ///
    /// `nil` says that the rectangle must be painted, though its pixels may still turn out equal.
    public func constantLabel(in rect: PixelRect) -> Int? {
        let visible = rect.intersection(canvas.bounds)
        guard !visible.isEmpty else { return 0 }
        let box = area(of: visible)
        for i in index.candidates(in: box).reversed() {
            let polygon = index.polygons[i]
            if polygon.borderCrosses(box) { return nil }
            guard polygon.contains(grid.x(visible.x), grid.y(visible.y), rule: fillRule) else { continue }
            return visible == rect || polygon.label == 0 ? polygon.label : nil
        }
        return 0
    }
}

extension Rasterizer {
    private func paint<Label: FixedWidthInteger>(_ rect: PixelRect, into labels: inout MutableSpan<Label>) {
        precondition(labels.count == rect.area, "one sample per pixel of the rectangle")
        for i in 0..<labels.count { labels[i] = 0 }
        let visible = rect.intersection(canvas.bounds)
        guard !visible.isEmpty else { return }
        for i in index.candidates(in: area(of: visible)) {
            let polygon = index.polygons[i]
            fill(spans(of: polygon, in: visible), with: Label(polygon.label), rect: rect, in: &labels)
            guard rule == .touched else { continue }
            let touched = TouchedPixels(stepX: downsampleX, stepY: downsampleY, rect: visible).spans(of: polygon)
            fill(touched, with: Label(polygon.label), rect: rect, in: &labels)
        }
    }

    private func spans(of polygon: IndexedPolygon, in rect: PixelRect) -> [RowSpan] {
        let near = rect.intersection(pixels(around: polygon))
        guard !near.isEmpty else { return [] }
        var conversion = ScanConversion(grid: grid, rect: near)
        return conversion.spans(of: polygon, rule: fillRule)
    }

    private var fillRule: FillRule { rule == .asap ? .nonZero : .evenOdd }

    /// The pixels whose samples can lie inside; ASAP leaves out the border of the bounding box.
    private func pixels(around polygon: IndexedPolygon) -> PixelRect {
        let bounds = rule == .asap ? polygon.outer.bounds : polygon.bounds
        let (left, top) = rule == .asap ? (bounds.minX.nextUp, bounds.minY.nextUp) : (bounds.minX, bounds.minY)
        let (x, y) = (grid.firstColumn(left), grid.firstRow(top))
        return PixelRect(
            x: x, y: y, width: max(0, grid.firstColumn(bounds.maxX) - x), height: max(0, grid.firstRow(bounds.maxY) - y)
        )
    }

    /// The part of level 0 that a rectangle of the mask covers.
    private func area(of rect: PixelRect) -> Box {
        Box(
            minX: Double(rect.x) * downsampleX, minY: Double(rect.y) * downsampleY,
            maxX: Double(rect.maxX) * downsampleX, maxY: Double(rect.maxY) * downsampleY)
    }

    private func fill<Label: FixedWidthInteger>(
        _ spans: [RowSpan], with label: Label, rect: PixelRect, in labels: inout MutableSpan<Label>
    ) {
        for span in spans {
            let row = (span.row - rect.y) * rect.width - rect.x
            for column in span.columns { labels[row + column] = label }
        }
    }
}
