public import Formats
import ImageCore
import ImageProcessing

/// Cuts the patches of a plan: each tile is decoded once, on all threads, with bounded memory.
///
/// The result does not depend on the number of threads.
public struct PatchExtractor: Sendable {
    /// The slide to cut.
    public let slide: any Slide
    /// Number of threads.
    public var workers: Int
    /// What becomes of patches whose tiles cannot be decoded.
    public var corruptTiles: CorruptTilePolicy
    /// Bytes that decoded tiles may take at one time.
    public var memoryBudget: Int

    /// An extractor for one slide.
    public init(
        slide: any Slide, workers: Int, corruptTiles: CorruptTilePolicy = .skip, memoryBudget: Int = 128 << 20
    ) {
        self.slide = slide
        self.workers = workers
        self.corruptTiles = corruptTiles
        self.memoryBudget = memoryBudget
    }

    /// Cuts all patches.
    ///
    /// - Parameters:
    ///   - plan: The patches.
    ///   - isCancelled: Asked between chunks of patches.
    ///   - prepare: Called on many threads with a patch's index and its RGB samples, `size × size × 3` interleaved.
    ///   - deliver: Called on one thread, chunk by chunk in an order that depends on the plan alone.
    /// - Returns: The tiles that could not be decoded and the patches that were left out for it.
    /// - Throws: What the closures throw; ``FormatError/Code-swift.struct/interrupted`` when cancelled.
    public func extract<Prepared: Sendable>(
        _ plan: PatchPlan, isCancelled: () -> Bool = { false },
        prepare: @Sendable (_ index: Int, _ samples: Span<UInt8>) throws(FormatError) -> Prepared,
        deliver: (_ index: Int, _ prepared: Prepared) throws(FormatError) -> Void
    ) throws(FormatError) -> ExtractionReport {
        let table = TileTable(slide: slide, levelIndex: plan.scale.level)
        let schedule = ExtractionSchedule(plan: plan, table: table, memoryBudget: memoryBudget)
        let assembler = PatchAssembler(table: table, plan: plan)
        let pool = SampleBufferPool(bufferSize: plan.patchSize * plan.patchSize * 3)
        // Each thread holds a patch, and the pixels it is resampled from.
        let workers = max(1, min(workers, 2 * memoryBudget / max(1, assembler.bytesPerPatch)))
        var report = ExtractionReport()
        for (number, chunk) in schedule.chunks.enumerated() {
            if isCancelled() { throw FormatError(.interrupted, file: slide.path, found: "interrupted") }
            let unusable = decode(schedule.tiles[number], of: table, report: &report)
            let tiles = table.snapshot()
            let usable = chunk.filter { index in
                unusable.isEmpty || unusable.isDisjoint(with: table.keys(touching: plan.patches[index].window.pixels))
            }
            report.skippedPatches += chunk.count - usable.count
            let prepared = try mapInParallel(count: usable.count, workers: workers) {
                position throws(FormatError) in
                let index = usable[position]
                if let whole = assembler.tile(showing: plan.patches[index].window, in: tiles)?.buffer {
                    return try prepare(index, whole.samples)
                }
                let buffer = pool.take()
                defer { pool.giveBack(buffer) }
                assembler.assemble(plan.patches[index].window, from: tiles, into: buffer)
                return try prepare(index, buffer.samples)
            }
            for (index, value) in zip(usable, prepared) { try deliver(index, value) }
            table.drop { schedule.lastUse[$0, default: number] <= number }
        }
        return report
    }

    /// Decodes the tiles that a chunk needs and that are not there yet; gives the keys of those that cannot be used.
    private func decode(_ keys: [Int], of table: TileTable, report: inout ExtractionReport) -> Set<Int> {
        let added = table.add(keys)
        forEachInParallel(count: added.count, workers: workers) { table.decode(added[$0]) }
        let repair = TileRepair(slide: slide, policy: corruptTiles)
        for tile in added {
            switch tile.result {
            case .success(.stored), nil: report.decodedTiles += 1
            case .success(.missing): report.missingTiles += 1
            case .failure(let failure):
                report.failures.append(failure)
                if repair.repair(tile, level: table.levelIndex) { tile.finish(.success(.missing)) }
            }
        }
        let tiles = table.snapshot()
        return Set(keys.filter { if case .failure = tiles[$0]?.result { true } else { false } })
    }
}

/// What happened while patches were cut.
public struct ExtractionReport: Sendable {
    /// Tiles that were decoded.
    public var decodedTiles = 0
    /// Tiles that the file does not store: background.
    public var missingTiles = 0
    /// Tiles that could not be decoded.
    public var failures: [FormatError] = []
    /// Patches that were left out because of these tiles.
    public var skippedPatches = 0
}
