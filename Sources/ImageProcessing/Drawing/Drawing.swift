public import ImageCore

extension Image<UInt8> {
    /// Draws the segments between neighboring points in place, as a round pen does.
    ///
    /// A pixel is painted when its center is at most half the thickness away from a segment. What lies outside the image
    /// is clipped; points that are not finite end the line before them.
    ///
    /// - Parameters:
    ///   - points: Places in pixels; pixel (i, j) covers [i, i+1) × [j, j+1). One point gives a dot.
    ///   - color: The color.
    ///   - thickness: Width of the pen in pixels; 1 or more gives lines without gaps.
    /// - Throws: ``ImageError`` when the image is not `[.y, .x, .channel]` with three channels.
    public mutating func drawPolyline(
        _ points: [Point], color: RGBColor, thickness: Double = 1
    ) throws(ImageError) {
        let shape = try rgbShape()
        var samples = mutableSamples
        let radius = max(0, thickness / 2)
        if points.count == 1 {
            paint(Stroke(start: points[0], end: points[0], radius: radius), color, shape, &samples)
        }
        for i in 1..<max(1, points.count) {
            paint(Stroke(start: points[i - 1], end: points[i], radius: radius), color, shape, &samples)
        }
    }

    /// Draws the outline of a polygon in place: its points and the way back to the first.
    ///
    /// - Throws: what ``drawPolyline(_:color:thickness:)`` throws.
    public mutating func drawPolygonOutline(
        _ points: [Point], color: RGBColor, thickness: Double = 1
    ) throws(ImageError) {
        try drawPolyline(points + points.prefix(1), color: color, thickness: thickness)
    }

    /// Draws the outline of a polygon with holes in place.
    ///
    /// - Throws: what ``drawPolyline(_:color:thickness:)`` throws.
    public mutating func drawPolygonOutline(
        _ polygon: MaskPolygon, color: RGBColor, thickness: Double = 1
    ) throws(ImageError) {
        for ring in [polygon.outer] + polygon.holes {
            try drawPolygonOutline(ring.map(\.point), color: color, thickness: thickness)
        }
    }

    /// Draws the frame of a rectangle in place: the outermost pixels of the rectangle, so many as the thickness says.
    ///
    /// - Throws: ``ImageError`` when the image is not `[.y, .x, .channel]` with three channels.
    public mutating func drawRectangleOutline(
        _ rect: PixelRect, color: RGBColor, thickness: Int = 1
    ) throws(ImageError) {
        let shape = try rgbShape()
        let visible = rect.intersection(PixelRect(x: 0, y: 0, width: shape.width, height: shape.height))
        guard !visible.isEmpty, thickness > 0 else { return }
        var samples = mutableSamples
        for y in visible.y..<visible.maxY {
            if y < rect.y + thickness || y >= rect.maxY - thickness {
                paint(visible.x..<visible.maxX, y, color, shape, &samples)
            } else {
                let leftEnd = min(rect.x + thickness, visible.maxX)
                paint(visible.x..<max(visible.x, leftEnd), y, color, shape, &samples)
                let rightStart = max(rect.maxX - thickness, visible.x)
                paint(min(rightStart, visible.maxX)..<visible.maxX, y, color, shape, &samples)
            }
        }
    }
}

private func paint(
    _ stroke: Stroke, _ color: RGBColor, _ shape: PictureShape, _ samples: inout MutableSpan<UInt8>
) {
    let isFinite = [stroke.start.x, stroke.start.y, stroke.end.x, stroke.end.y, stroke.radius].allSatisfy(\.isFinite)
    guard isFinite else { return }
    let rows = centers(from: stroke.rows.low, to: stroke.rows.high, below: shape.height)
    for y in rows {
        guard let (low, high) = stroke.interval(atHeight: Double(y) + 0.5) else { continue }
        paint(centers(from: low, to: high, below: shape.width), y, color, shape, &samples)
    }
}

/// The pixels along one axis whose centers lie in a closed interval.
private func centers(from low: Double, to high: Double, below count: Int) -> Range<Int> {
    let first = Int(min(max((low - 0.5).rounded(.up), 0), Double(count)))
    let end = Int(min(max((high - 0.5).rounded(.down) + 1, 0), Double(count)))
    return first..<max(first, end)
}

private func paint(
    _ columns: Range<Int>, _ y: Int, _ color: RGBColor, _ shape: PictureShape, _ samples: inout MutableSpan<UInt8>
) {
    for x in columns {
        let i = (y * shape.width + x) * 3
        samples[i] = color.red
        samples[i + 1] = color.green
        samples[i + 2] = color.blue
    }
}
