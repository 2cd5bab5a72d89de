import Synchronization

/// Decoded tiles that a slide keeps for the next read: regions that cross tiles need each of them up to four times.
///
/// The tiles that were not used for the longest time are dropped first. Any number of threads may use a cache.
public final class SlideTileCache: Sendable {
    /// One decoded tile.
    final class Tile: Sendable {
        let samples: SampleBuffer
        /// One flag per pixel: whether it comes from the file.
        let validity: [Bool]

        init(samples: SampleBuffer, validity: [Bool]) {
            self.samples = samples
            self.validity = validity
        }
    }

    /// Where a tile lies.
    struct Place: Hashable, Sendable {
        let level: Int
        let column: Int
        let row: Int
    }

    private struct State {
        var tiles: [Place: (tile: Tile, lastUse: Int)] = [:]
        var bytes = 0
        var clock = 0
    }

    private let state = Mutex(State())
    /// Bytes of decoded tiles that are kept at most.
    public let capacity: Int

    /// An empty cache; the default holds two rows of tiles of a slide 40,000 pixels wide.
    public init(capacity: Int = 64 << 20) { self.capacity = capacity }

    /// A tile that is kept, or `nil`.
    func tile(at place: Place) -> Tile? {
        state.withLock { state in
            guard let entry = state.tiles[place] else { return nil }
            state.clock += 1
            state.tiles[place] = (entry.tile, state.clock)
            return entry.tile
        }
    }

    /// Keeps a tile.
    func keep(_ tile: Tile, at place: Place) {
        let size = tile.samples.count + tile.validity.count
        guard size <= capacity else { return }
        state.withLock { state in
            guard state.tiles[place] == nil else { return }
            while state.bytes + size > capacity,
                let oldest = state.tiles.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.tiles[oldest.key] = nil
                state.bytes -= oldest.value.tile.samples.count + oldest.value.tile.validity.count
            }
            state.clock += 1
            state.tiles[place] = (tile, state.clock)
            state.bytes += size
        }
    }
}
