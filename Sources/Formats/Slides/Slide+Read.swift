public import ImageCore

/// A rectangle read from a level of a slide.
public struct SlideRegion: Sendable {
    /// RGB, axes y, x, channel; the geometry has the level's spacing, with the slide's top-left corner as origin of space.
    public var pixels: Image<UInt8>
    /// Axes y, x: whether a pixel comes from the file; the others have the background color.
    public var validity: Image<Bool>

    /// Whether every pixel comes from the file.
    public var isWhole: Bool {
        let mask = validity.contiguous()
        let flags = mask.samples
        for i in 0..<flags.count where !flags[i] { return false }
        return true
    }
}

extension Slide {
    /// Decodes a rectangle of a level; nothing is interpolated.
    ///
    /// - Parameters:
    ///   - region: In the level's own pixels; it may reach beyond the level.
    ///   - level: Index into ``levels``.
    /// - Returns: The pixels; beyond the level and where the file stores nothing they have the background color.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` for an empty region and a level that does not exist,
    ///   ``FormatError/Code-swift.struct/limitExceeded`` for one beyond ``DecodeLimits/standard``, and what the tiles throw.
    public func read(_ region: PixelRect, level: Int) throws(FormatError) -> SlideRegion {
        try check(region, level)
        var validity = Image<Bool>(axes: [.y, .x], sizes: [region.height, region.width])
        var pixels = try Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [region.height, region.width, 3], color: .rgb, domain: .integer(bits: 8)
        ) { (samples: inout MutableSpan<UInt8>) throws(FormatError) in
            var flags = validity.mutableSamples
            try read(region, level: level, into: &samples, validity: &flags)
        }
        if let mpp = mpp(level: level) {
            pixels.geometry = Geometry(mppX: mpp.x, mppY: mpp.y).cropped(.x, from: region.x).cropped(.y, from: region.y)
            validity.geometry = pixels.geometry
        }
        return SlideRegion(pixels: pixels, validity: validity)
    }

    /// Decodes a rectangle of a level into memory of the caller: `height × width × 3` samples.
    ///
    /// - Throws: as ``read(_:level:)``; ``FormatError/Code-swift.struct/invalidRequest`` for memory of another size.
    public func read(
        _ region: PixelRect, level: Int, into samples: inout MutableSpan<UInt8>
    ) throws(FormatError) {
        try check(region, level)
        guard samples.count == region.area * 3 else {
            throw refusal("\(region.area * 3) samples", "\(samples.count)")
        }
        let (size, tile) = (levels[level].size, levels[level].tileSize)
        let places = SlideTiles.touched(by: region, size: size, tile: tile)
        if places == [region] {
            _ = try readTile(level: level, column: region.x / tile.width, row: region.y / tile.height, into: &samples)
            return
        }
        if !size.bounds.contains(region) { SlideFill.fill(&samples, background) }
        for place in places {
            let pixels = try self.tile(at: place, level: level, isKept: !region.contains(place)).samples
            SlideFill.copy(pixels.samples, at: place, to: &samples, of: region, channels: 3)
        }
    }

    /// Decodes a rectangle of a level into memory of the caller, with one flag per pixel: see ``SlideRegion/validity``.
    ///
    /// - Throws: as ``read(_:level:into:)``.
    public func read(
        _ region: PixelRect, level: Int, into samples: inout MutableSpan<UInt8>, validity: inout MutableSpan<Bool>
    ) throws(FormatError) {
        try check(region, level)
        guard samples.count == region.area * 3, validity.count == region.area else {
            throw refusal("\(region.area) flags and \(region.area * 3) samples", "\(validity.count), \(samples.count)")
        }
        SlideFill.fill(&samples, background)
        for i in 0..<validity.count { validity[i] = false }
        let (size, tile) = (levels[level].size, levels[level].tileSize)
        for place in SlideTiles.touched(by: region, size: size, tile: tile) {
            let decoded = try self.tile(at: place, level: level, isKept: !region.contains(place))
            let (pixels, flags) = (decoded.samples, decoded.validity)
            SlideFill.copy(pixels.samples, at: place, to: &samples, of: region, channels: 3)
            SlideFill.copy(flags.span, at: place, to: &validity, of: region, channels: 1)
        }
    }

    /// A decoded tile, from the cache when it is there.
    ///
    /// Tiles that lie wholly in a region are seldom asked for again and need not be kept.
    private func tile(at place: PixelRect, level: Int, isKept: Bool) throws(FormatError) -> SlideTileCache.Tile {
        let size = levels[level].tileSize
        let key = SlideTileCache.Place(level: level, column: place.x / size.width, row: place.y / size.height)
        if let kept = tileCache?.tile(at: key) { return kept }
        let samples = SampleBuffer(count: size.width * size.height * 3)
        var validity = [Bool](repeating: false, count: size.width * size.height)
        _ = try samples.write { (samples: inout MutableSpan<UInt8>) throws(FormatError) in
            var flags = validity.mutableSpan
            _ = try readTile(level: level, column: key.column, row: key.row, into: &samples, validity: &flags)
        }
        let tile = SlideTileCache.Tile(samples: samples, validity: validity)
        if isKept { tileCache?.keep(tile, at: key) }
        return tile
    }

    private func refusal(_ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: path, expected: expected, found: found)
    }

    private func check(_ region: PixelRect, _ level: Int) throws(FormatError) {
        guard levels.indices.contains(level) else { throw refusal("a level below \(levels.count)", "level \(level)") }
        let farthest = UInt(1) << 40
        guard region.width > 0, region.height > 0, region.x.magnitude < farthest,
            region.y.magnitude < farthest
        else {
            throw refusal(
                "a region with pixels", "\(region.width) x \(region.height) at (\(region.x), \(region.y))")
        }
        try DecodeLimits.standard.check(
            width: region.width, height: region.height, bytesPerPixel: 4, file: path, place: "region")
    }
}

/// The grid of tiles of a level.
enum SlideTiles {
    /// The places of the tiles that a region touches inside the level, row by row; whole tiles, also at the far edges.
    static func touched(by region: PixelRect, size: PixelSize, tile: PixelSize) -> [PixelRect] {
        let inside = region.intersection(size.bounds)
        guard !inside.isEmpty else { return [] }
        var places: [PixelRect] = []
        for row in inside.y / tile.height...(inside.maxY - 1) / tile.height {
            for column in inside.x / tile.width...(inside.maxX - 1) / tile.width {
                places.append(
                    PixelRect(
                        x: column * tile.width, y: row * tile.height, width: tile.width, height: tile.height))
            }
        }
        return places
    }
}
