/// A slide that does not exist: the pixels of any tile of any level, computed from a seed.
struct SlideScene: Sendable {
    /// Side of a tile.
    static let tile = 256

    let width: Int
    let height: Int
    let bank: TissueBank
    let outline: TissueOutline
    private let random: KeyedRandom

    init(width: Int, height: Int, coverage: Double, bank: TissueBank, random: KeyedRandom) {
        self.width = width
        self.height = height
        self.bank = bank
        self.random = random.keyed(3)
        outline = TissueOutline(width: width, height: height, coverage: coverage, random: random.keyed(4))
    }

    /// What a tile shows.
    enum Content: Hashable {
        /// A part of one piece of the bank; many tiles are the same.
        case piece(level: Int, Piece?, column: Int, row: Int)
        /// Pixels that no other tile has.
        case mixed(level: Int, column: Int, row: Int)
    }

    /// A piece of tissue.
    struct Piece: Hashable {
        var crop: Int
        var form: Int
    }

    /// What the tile in a column and row of a level shows.
    func content(level: Int, column: Int, row: Int) -> Content {
        let extent = Self.tile << level
        guard let share = outline.uniformShare(x: column * extent, y: row * extent, side: extent) else {
            return .mixed(level: level, column: column, row: row)
        }
        let tilesPerPiece = max(1, TissueBank.side / extent)
        let (partX, partY) = (column % tilesPerPiece, row % tilesPerPiece)
        if share == 0 { return .piece(level: level, nil, column: partX, row: partY) }
        guard extent <= TissueBank.side else { return .mixed(level: level, column: column, row: row) }
        let piece = piece(column / tilesPerPiece, row / tilesPerPiece)
        return .piece(level: level, piece, column: partX, row: partY)
    }

    /// The piece of tissue at a place; the nine of a block are mirrored forms of one crop, which join without seams.
    func piece(_ column: Int, _ row: Int) -> Piece {
        Piece(
            crop: random.index(column / 3, row / 3, below: TissueBank.count), form: (column & 1) + 2 * (row & 1))
    }

    /// The samples of a tile, `tile × tile × 3`.
    func samples(_ content: Content) -> [UInt8] {
        switch content {
        case .piece(let level, let piece, let column, let row):
            pieceSamples(level: level, piece: piece, column: column, row: row)
        case .mixed(let level, let column, let row):
            mixedSamples(level: level, column: column, row: row)
        }
    }

    private func pieceSamples(level: Int, piece: Piece?, column: Int, row: Int) -> [UInt8] {
        let square = piece.map { bank.tissue[$0.crop][$0.form][level] } ?? bank.glass[level]
        var samples: [UInt8] = []
        samples.reserveCapacity(3 * Self.tile * Self.tile)
        for y in row * Self.tile..<(row + 1) * Self.tile {
            for x in column * Self.tile..<(column + 1) * Self.tile {
                let i = 3 * (y % square.side * square.side + x % square.side)
                samples += square.samples[i..<i + 3]
            }
        }
        return samples
    }

    private func mixedSamples(level: Int, column: Int, row: Int) -> [UInt8] {
        var samples: [UInt8] = []
        samples.reserveCapacity(3 * Self.tile * Self.tile)
        for y in row * Self.tile..<(row + 1) * Self.tile {
            appendMixedRow(level: level, y: y, columns: column * Self.tile..<(column + 1) * Self.tile, to: &samples)
        }
        return samples
    }

    private func appendMixedRow(level: Int, y: Int, columns: Range<Int>, to samples: inout [UInt8]) {
        let glass = bank.glass[level]
        let side = glass.side
        let downsample = Float(1 << level)
        var start = columns.lowerBound
        while start < columns.upperBound {
            let end = min(columns.upperBound, (start / side + 1) * side)
            let piece = piece(start / side, y / side)
            let tissue = bank.tissue[piece.crop][piece.form][level]
            for x in start..<end {
                let share = outline.share(x: (Float(x) + 0.5) * downsample, y: (Float(y) + 0.5) * downsample)
                let weight = Int(share * 256)
                let i = 3 * (y % side * side + x % side)
                for sample in i..<i + 3 {
                    let mixed = Int(tissue.samples[sample]) * weight + Int(glass.samples[sample]) * (256 - weight)
                    samples.append(UInt8(mixed >> 8))
                }
            }
            start = end
        }
    }
}
