import Formats
import ImageCore

/// The order in which patches are cut: chunks that fit the memory budget, so arranged that tiles are decoded once.
///
/// The slide is worked off in vertical stripes, each from top to bottom, so that the tiles that live at one time are
/// about two tile rows of a stripe. Slides of ordinary width are one stripe, and the order is that of the plan.
struct ExtractionSchedule {
    /// Indices into the plan's patches.
    private(set) var chunks: [[Int]] = []
    /// The keys of the tiles that each chunk needs, ascending.
    private(set) var tiles: [[Int]] = []
    /// The last chunk that needs a tile.
    private(set) var lastUse: [Int: Int] = [:]

    /// Most patches in a chunk.
    static let chunkLength = 256

    init(plan: PatchPlan, table: TileTable, memoryBudget: Int) {
        let windows = plan.patches.map(\.window.pixels)
        let stripe = Self.stripeWidth(windows.first, table: table, memoryBudget: memoryBudget)
        let order = windows.indices.sorted {
            let (a, b) = (windows[$0].x / stripe, windows[$1].x / stripe)
            return a != b ? a < b : $0 < $1
        }
        let tileLimit = max(1, memoryBudget / 2 / table.bytesPerTile)
        var chunk: [Int] = []
        var needed: Set<Int> = []
        for index in order {
            let keys = table.keys(touching: windows[index])
            if chunk.count == Self.chunkLength || (!chunk.isEmpty && needed.count + keys.count > tileLimit) {
                close(&chunk, &needed)
            }
            chunk.append(index)
            needed.formUnion(keys)
        }
        close(&chunk, &needed)
    }

    private mutating func close(_ chunk: inout [Int], _ needed: inout Set<Int>) {
        guard !chunk.isEmpty else { return }
        for key in needed { lastUse[key] = chunks.count }
        chunks.append(chunk)
        tiles.append(needed.sorted())
        chunk = []
        needed = []
    }

    /// Width of a stripe in pixels: as many tiles as keep the live rows of a stripe within half the budget.
    private static func stripeWidth(_ window: PixelRect?, table: TileTable, memoryBudget: Int) -> Int {
        let tile = table.level.tileSize
        let rows = (window?.height ?? 1) / tile.height + 2
        let columns = max(1, memoryBudget / 2 / (rows * table.bytesPerTile))
        return columns * tile.width
    }
}
