import CKernels
import ImageCore

/// The tiles of a picture of levels, which the kernels equalize.
struct TileEqualizer: Sendable {
    private let planes: Planes
    private let tiles: PixelSize
    private let levels: Int
    /// What a bin may hold; 0 does not limit.
    private let limit: Int
    /// Pixels of a tile.
    private let tileWidth: Int
    private let tileHeight: Int
    private let x: TilePlaces
    private let y: TilePlaces
    var level = KernelLevel.best

    /// - Throws: `ImageError` for tiles that are too large to be counted.
    init(_ planes: Planes, _ tiles: PixelSize, levels: Int, clipLimit: Double) throws(ImageError) {
        (self.planes, self.tiles, self.levels) = (planes, tiles, levels)
        // OpenCV continues both axes as soon as one of them is not divided, by a whole tile where the other is.
        let divides = planes.width % tiles.width == 0 && planes.height % tiles.height == 0
        tileWidth = divides ? planes.width / tiles.width : planes.width / tiles.width + 1
        tileHeight = divides ? planes.height / tiles.height : planes.height / tiles.height + 1
        let (area, overflow) = tileWidth.multipliedReportingOverflow(by: tileHeight)
        guard !overflow, area <= Int32.max else {
            throw .invalidArgument("tiles of \(tileWidth) x \(tileHeight) pixels are too large: take more of them")
        }
        let bins = clipLimit * Double(area) / Double(levels)
        limit = clipLimit > 0 ? max(1, Int(min(bins, Double(Int32.max)))) : 0
        x = TilePlaces(count: planes.width, tile: tileWidth, tiles: tiles.width)
        y = TilePlaces(count: planes.height, tile: tileHeight, tiles: tiles.height)
    }

    /// Equalizes every channel of a plane.
    ///
    /// - Precondition: spans of the planes' size, and samples below the number of levels.
    func equalize<Scalar: FixedWidthInteger & BitwiseCopyable>(
        _ source: Span<Scalar>, into target: inout MutableSpan<Scalar>
    ) {
        precondition(source.count == planes.planeLength && target.count == planes.planeLength, "planes of equal size")
        precondition(Scalar.bitWidth <= 16 && (levels == 1 << Scalar.bitWidth || Scalar.bitWidth == 16), "levels")
        unsafe source.withUnsafeBytes { source in
            unsafe target.withUnsafeMutableBytes { target in
                guard let start = source.baseAddress, let result = target.baseAddress else { return }
                unsafe equalize(start, result, bytes: MemoryLayout<Scalar>.stride)
            }
        }
    }

    private func equalize(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, bytes: Int) {
        unsafe withTiles(bytes: bytes) { tiles in
            let scratch = unsafe UnsafeMutableRawPointer.allocate(
                byteCount: Int(tessera_tiles_scratch(tiles)), alignment: 64)
            for channel in 0..<planes.channels {
                unsafe tessera_equalize_tiles(
                    level.c, tiles, source + channel * bytes, scratch, target + channel * bytes)
            }
            unsafe scratch.deallocate()
        }
    }

    /// Calls a closure with the tiles as the kernels take them.
    private func withTiles(bytes: Int, _ body: (UnsafePointer<tessera_tiles>) -> Void) {
        unsafe x.withPointers { x in
            unsafe y.withPointers { y in
                var value = unsafe tessera_tiles(
                    width: Int64(planes.width), height: Int64(planes.height), channels: Int64(planes.channels),
                    columns: Int64(tiles.width), rows: Int64(tiles.height), tile_width: Int64(tileWidth),
                    tile_height: Int64(tileHeight), bytes: Int64(bytes), levels: Int64(levels), limit: Int64(limit),
                    places_x: x.places, places_y: y.places, tiles_x: x.tiles, tiles_y: y.tiles, shares_x: x.shares,
                    shares_y: y.shares)
                unsafe body(&value)
            }
        }
    }
}

/// Which tiles the pixels along an axis lie in and between.
private struct TilePlaces: Sendable {
    /// For each place in the tiles the pixel that stands for it.
    private let places: [Int32]
    /// For each pixel the last tile whose center is not beyond it, -1 before the first.
    private let tiles: [Int32]
    /// For each pixel the share of the next tile.
    private let shares: [Float]

    init(count: Int, tile: Int, tiles number: Int) {
        places = (0..<tile * number).map { Int32(BorderMode.reflect101.index($0, count) ?? 0) }
        // In single precision, as OpenCV calculates it.
        let positions = (0..<count).map { Float($0) * (1 / Float(tile)) - 0.5 }
        tiles = positions.map { Int32($0.rounded(.down)) }
        shares = positions.map { $0 - $0.rounded(.down) }
    }

    @unsafe struct Pointers {
        let places: UnsafePointer<Int32>?
        let tiles: UnsafePointer<Int32>?
        let shares: UnsafePointer<Float>?
    }

    func withPointers(_ body: (Pointers) -> Void) {
        unsafe places.withUnsafeBufferPointer { places in
            unsafe tiles.withUnsafeBufferPointer { tiles in
                unsafe shares.withUnsafeBufferPointer { shares in
                    unsafe body(
                        Pointers(
                            places: places.baseAddress, tiles: tiles.baseAddress, shares: shares.baseAddress))
                }
            }
        }
    }
}
