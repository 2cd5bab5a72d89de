import Formats
import ImageCore

/// Fills tiles that could not be decoded.
struct TileRepair {
    let slide: any Slide
    let policy: CorruptTilePolicy

    /// Fills the tile as the policy says.
    ///
    /// - Returns: Whether the tile may be used.
    func repair(_ tile: TileTable.Tile, level index: Int) -> Bool {
        switch policy {
        case .skip: return false
        case .background: fill(tile, level: slide.levels[index]) { _, _ in slide.background }
        case .lower: fillFromLowerLevel(tile, level: index)
        }
        return true
    }

    private func fillFromLowerLevel(_ tile: TileTable.Tile, level index: Int) {
        let level = slide.levels[index]
        for lower in slide.levels.indices where lower > index {
            let ratio = slide.levels[lower].downsample / level.downsample
            let origin = (x: tile.column * level.tileSize.width, y: tile.row * level.tileSize.height)
            let left = Int(Double(origin.x) / ratio)
            let top = Int(Double(origin.y) / ratio)
            let rect = PixelRect(
                x: left, y: top, width: Int(Double(origin.x + level.tileSize.width) / ratio) + 1 - left,
                height: Int(Double(origin.y + level.tileSize.height) / ratio) + 1 - top)
            guard let region = try? slide.read(rect, level: lower) else { continue }
            let pixels = region.pixels.samples
            fill(tile, level: level) { x, y in
                let column = Int((Double(origin.x + x) + 0.5) / ratio) - left
                let row = Int((Double(origin.y + y) + 0.5) / ratio) - top
                let i = (min(row, rect.height - 1) * rect.width + min(column, rect.width - 1)) * 3
                return RGBColor(red: pixels[i], green: pixels[i + 1], blue: pixels[i + 2])
            }
            return
        }
        fill(tile, level: level) { _, _ in slide.background }
    }

    private func fill(_ tile: TileTable.Tile, level: SlideLevel, with color: (Int, Int) -> RGBColor) {
        let (width, height) = (level.tileSize.width, level.tileSize.height)
        tile.buffer.write { samples in
            for y in 0..<height {
                for x in 0..<width {
                    let i = (y * width + x) * 3
                    let pixel = color(x, y)
                    samples[i] = pixel.red
                    samples[i + 1] = pixel.green
                    samples[i + 2] = pixel.blue
                }
            }
        }
    }
}
