import Formats
import ImageCore
import ImageProcessing

/// Puts the pixels of one patch together from decoded tiles.
struct PatchAssembler: Sendable {
    let table: TileTable
    let patchSize: Int
    private let scratch: SampleBufferPool
    private let isNative: Bool

    init(table: TileTable, plan: PatchPlan) {
        self.table = table
        patchSize = plan.patchSize
        isNative = plan.scale.isNative
        // The windows of one plan differ by at most a pixel along each axis.
        let largest = plan.patches.reduce(into: 0) { $0 = max($0, $1.window.pixels.area) }
        scratch = SampleBufferPool(bufferSize: isNative ? 0 : largest * 3)
    }

    /// Memory that putting one patch together takes.
    var bytesPerPatch: Int { patchSize * patchSize * 3 + scratch.bufferSize }

    /// The tile that shows just what a patch shows: nothing has to be copied then.
    func tile(showing window: SourceWindow, in tiles: [Int: TileTable.Tile]) -> TileTable.Tile? {
        let (pixels, size) = (window.pixels, table.level.tileSize)
        guard isNative, pixels.width == size.width, pixels.height == size.height else { return nil }
        guard pixels.x % size.width == 0, pixels.y % size.height == 0 else { return nil }
        return table.keys(touching: pixels).first.flatMap { tiles[$0] }
    }

    /// Writes the patch's RGB samples; pixels beyond the level's edge get the slide's background.
    func assemble(_ window: SourceWindow, from tiles: [Int: TileTable.Tile], into patch: SampleBuffer) {
        let pixels = window.pixels
        guard !isNative else { return copy(pixels, from: tiles, into: patch) }
        let source = scratch.take()
        defer { scratch.giveBack(source) }
        copy(pixels, from: tiles, into: source)
        let resampler = AreaResampler(
            source: PixelSize(width: pixels.width, height: pixels.height),
            window: SourceWindow(
                x: window.x - Double(pixels.x), y: window.y - Double(pixels.y), width: window.width,
                height: window.height),
            output: PixelSize(width: patchSize, height: patchSize))
        patch.write { target in
            resampler.resample(
                source.samples.extracting(0..<pixels.area * 3), channels: 3, rowStride: pixels.width * 3, into: &target)
        }
    }

    /// Copies a rectangle of the level into a buffer of just that size.
    private func copy(_ rect: PixelRect, from tiles: [Int: TileTable.Tile], into target: SampleBuffer) {
        let level = table.level
        if !level.size.bounds.contains(rect) { fillBackground(target) }
        for key in table.keys(touching: rect) {
            guard let tile = tiles[key] else { continue }
            let origin = PixelRect(
                x: tile.column * level.tileSize.width, y: tile.row * level.tileSize.height,
                width: level.tileSize.width, height: level.tileSize.height)
            let part = rect.intersection(origin).intersection(level.size.bounds)
            target.copyRows(
                part.height, bytesPerRow: part.width * 3, from: tile.buffer,
                sourceStart: ((part.y - origin.y) * origin.width + part.x - origin.x) * 3,
                sourceStride: origin.width * 3, to: ((part.y - rect.y) * rect.width + part.x - rect.x) * 3,
                stride: rect.width * 3)
        }
    }

    private func fillBackground(_ target: SampleBuffer) {
        let color = table.slide.background
        target.write { samples in
            for i in 0..<samples.count / 3 {
                samples[i * 3] = color.red
                samples[i * 3 + 1] = color.green
                samples[i * 3 + 2] = color.blue
            }
        }
    }
}
