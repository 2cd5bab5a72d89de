public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The picture with its contrast equalized tile by tile and limited: CLAHE (Pizer et al., 1987; Zuiderveld, 1994).
    ///
    /// Each tile has a histogram of its own, cut off at the limit with the excess spread over all levels; between the centers
    /// of tiles their mappings are interpolated linearly. Where tiles do not divide the picture it is continued by
    /// ``BorderMode/reflect101``. Levels are those of ``histogramEqualized()``. For `UInt8` and `UInt16` the same as OpenCV's
    /// CLAHE. Every channel is treated by itself: for color pictures convert to YCbCr and equalize its first channel.
    /// - Parameters:
    ///   - clipLimit: How many times the mean of a histogram its bins may hold; 0 does not limit.
    ///   - tiles: Number of tiles along x and y.
    /// - Returns: The picture in C order, everything but the samples kept.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for labels, a negative limit or tiles that are fewer than 1 or more than
    ///   pixels, ``ImageError/missingAxis(_:)``, ``ImageError/emptyImage``.
    public func adaptivelyEqualized(
        clipLimit: Double = 2, tiles: PixelSize = PixelSize(width: 8, height: 8)
    ) throws(ImageError) -> Image {
        try checkAxes([.x, .y])
        guard clipLimit >= 0, clipLimit.isFinite, (1...width).contains(tiles.width), (1...height).contains(tiles.height)
        else {
            throw .invalidArgument(
                "expected a limit of 0 or more and 1 to \(width) x \(height) tiles, found \(clipLimit) and "
                    + "\(tiles.width) x \(tiles.height)")
        }
        let levels = try ValueLevels(self)
        let source = AnyImage(self).accept(ToLevels(levels: levels))
        let planes = try Planes(source)
        let equalizer = TileEqualizer(planes, tiles, levels: levels.count, clipLimit: clipLimit)
        let result: Image<UInt16> = try source.mappingPlanes(planes) { plane, target in
            for channel in 0..<planes.channels { equalizer.equalize(plane, channel, into: &target) }
        }
        return AnyImage(result.map { Scalar(saturating: levels.value(of: Double($0))) })
            .converted(to: Scalar.self).withMeaning(of: self)
    }
}

/// The tiles of a picture and what they are equalized with.
struct TileEqualizer {
    let planes: Planes
    let tiles: PixelSize
    let levels: Int
    let clipLimit: Double
    /// Pixels of a tile.
    let tileWidth: Int
    let tileHeight: Int

    init(_ planes: Planes, _ tiles: PixelSize, levels: Int, clipLimit: Double) {
        (self.planes, self.tiles, self.levels, self.clipLimit) = (planes, tiles, levels, clipLimit)
        // OpenCV continues both axes as soon as one of them is not divided, by a whole tile where the other is.
        let divides = planes.width % tiles.width == 0 && planes.height % tiles.height == 0
        tileWidth = divides ? planes.width / tiles.width : planes.width / tiles.width + 1
        tileHeight = divides ? planes.height / tiles.height : planes.height / tiles.height + 1
    }

    func equalize(_ source: Span<UInt16>, _ channel: Int, into target: inout MutableSpan<UInt16>) {
        let tables = (0..<tiles.height).flatMap { row in
            (0..<tiles.width).map { table(source, channel, row, $0) }
        }
        let columns = (0..<planes.width).map { Self.place($0, tileWidth, tiles.width) }
        for y in 0..<planes.height {
            let row = Self.place(y, tileHeight, tiles.height)
            for x in 0..<planes.width {
                let at = y * planes.rowLength + x * planes.channels + channel
                let (level, column) = (Int(source[at]), columns[x])
                func mapped(_ row: Int, _ column: Int) -> Float { tables[row * tiles.width + column][level] }
                let upper =
                    mapped(row.low, column.low) * (1 - column.share) + mapped(row.low, column.high) * column.share
                let lower =
                    mapped(row.high, column.low) * (1 - column.share) + mapped(row.high, column.high) * column.share
                let value = upper * (1 - row.share) + lower * row.share
                target[at] = UInt16(min(value.rounded(.toNearestOrEven), Float(levels - 1)))
            }
        }
    }

    /// The tiles before and after a pixel, and the share of the latter.
    static func place(_ i: Int, _ tile: Int, _ count: Int) -> (low: Int, high: Int, share: Float) {
        let place = Float(i) * (1 / Float(tile)) - 0.5
        let low = Int(place.rounded(.down))
        return (max(low, 0), min(low + 1, count - 1), place - Float(low))
    }

    /// What each level becomes in a tile.
    private func table(_ source: Span<UInt16>, _ channel: Int, _ row: Int, _ column: Int) -> [Float] {
        var counts = [Int](repeating: 0, count: levels)
        for y in row * tileHeight..<(row + 1) * tileHeight {
            let line = (BorderMode.reflect101.index(y, planes.height) ?? 0) * planes.rowLength + channel
            for x in column * tileWidth..<(column + 1) * tileWidth {
                let place = BorderMode.reflect101.index(x, planes.width) ?? 0
                counts[Int(source[line + place * planes.channels])] += 1
            }
        }
        let area = tileWidth * tileHeight
        if clipLimit > 0 { Self.clip(&counts, max(1, Int(clipLimit * Double(area) / Double(levels)))) }
        let scale = Float(levels - 1) / Float(area)
        var sum = 0
        return counts.map { count in
            sum += count
            return min((Float(sum) * scale).rounded(.toNearestOrEven), Float(levels - 1))
        }
    }

    /// Cuts bins off at a limit and spreads what was above, the rest in steps over the levels.
    static func clip(_ counts: inout [Int], _ limit: Int) {
        var excess = 0
        for i in counts.indices where counts[i] > limit {
            excess += counts[i] - limit
            counts[i] = limit
        }
        let (share, rest) = excess.quotientAndRemainder(dividingBy: counts.count)
        if share > 0 { for i in counts.indices { counts[i] += share } }
        guard rest > 0 else { return }
        let step = max(counts.count / rest, 1)
        for (number, i) in stride(from: 0, to: counts.count, by: step).enumerated() where number < rest {
            counts[i] += 1
        }
    }
}
