import ImageCore

extension Slide {
    /// The coarsest level that is not coarser than wanted: the one to resample from.
    ///
    /// - Parameter downsample: How many pixels of level 0 one wanted pixel stands for; a level whose downsample is up to 1 %
    ///   larger still counts.
    /// - Returns: An index into ``levels``; 0 when even level 0 is coarser.
    public func level(forDownsample downsample: Double) -> Int {
        levels.lastIndex { $0.downsample <= downsample * 1.01 } ?? 0
    }

    /// Micrometres per pixel of a level; `nil` when the slide does not say.
    ///
    /// - Precondition: the level exists.
    public func mpp(level: Int) -> (x: Double, y: Double)? {
        guard let resolution else { return nil }
        let factor = levels[level].downsample
        return (resolution.mppX * factor, resolution.mppY * factor)
    }
}

/// The whole factor that the sizes of two levels stand for.
enum SlideDownsample {
    /// The downsample of a level: a whole factor where one explains both sizes, else the mean ratio of the sizes.
    ///
    /// Scanners round the sizes of levels down, up or to the nearest, and some pad them to whole tiles, so the ratio of the
    /// sizes (4.00108) is not the factor (4). A power of two is preferred to another whole number that explains the sizes
    /// equally well.
    static func factor(of level: PixelSize, below base: PixelSize, tile: PixelSize) -> Double {
        snapped(level, below: base, tile: tile) ?? mean(level, base)
    }

    /// Whether one picture can be the other one reduced: a whole factor explains the sizes, or the ratios differ by less than 2 %.
    static func isReduced(_ level: PixelSize, from base: PixelSize, tile: PixelSize) -> Bool {
        guard level.width < base.width, level.height <= base.height else { return false }
        if snapped(level, below: base, tile: tile) != nil { return true }
        let x = Double(base.width) / Double(level.width)
        let y = Double(base.height) / Double(level.height)
        return abs(x - y) < 0.02 * max(x, y)
    }

    private static func mean(_ level: PixelSize, _ base: PixelSize) -> Double {
        (Double(base.width) / Double(level.width) + Double(base.height) / Double(level.height)) / 2
    }

    private static func snapped(_ level: PixelSize, below base: PixelSize, tile: PixelSize) -> Double? {
        let ratio = mean(level, base)
        guard ratio >= 1 else { return nil }
        let powers = nearestPowers(of: ratio)
        for tolerance in [1.0, 2.0] {
            for factor in powers + [ratio.rounded()] where explains(factor, level, base, tolerance) { return factor }
        }
        return powers.first { isPadded(level, base, tile, factor: $0) }
    }

    private static func nearestPowers(of ratio: Double) -> [Double] {
        var power = 1.0
        while power * 2 <= ratio { power *= 2 }
        return ratio / power < 2 * power / ratio ? [power, 2 * power] : [2 * power, power]
    }

    private static func explains(_ factor: Double, _ level: PixelSize, _ base: PixelSize, _ tolerance: Double) -> Bool {
        abs(Double(base.width) / factor - Double(level.width)) < tolerance
            && abs(Double(base.height) / factor - Double(level.height)) < tolerance
    }

    /// Whether the level is the base reduced by the factor and then padded to whole tiles.
    private static func isPadded(_ level: PixelSize, _ base: PixelSize, _ tile: PixelSize, factor: Double) -> Bool {
        func fits(_ size: Int, _ base: Int, _ tile: Int) -> Bool {
            let padding = Double(size) - Double(base) / factor
            return size % tile == 0 && padding > -2 && padding < Double(tile)
        }
        return fits(level.width, base.width, tile.width) && fits(level.height, base.height, tile.height)
    }
}
