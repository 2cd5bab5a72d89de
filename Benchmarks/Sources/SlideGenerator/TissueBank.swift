/// The pieces that a slide is put together from: square crops of real tissue, each in four mirrored forms, and glass.
///
/// Every piece is kept at all levels of the pyramid.
struct TissueBank: Sendable {
    /// Side of a piece in level-0 pixels.
    static let side = 1024
    /// Number of different crops.
    static let count = 16

    /// Index: crop, mirrored form (bit 0: left and right exchanged, bit 1: top and bottom), level.
    let tissue: [[[RGBSquare]]]
    /// Index: level.
    let glass: [RGBSquare]

    /// Cuts the pieces out of a picture.
    ///
    /// - Parameters:
    ///   - samples: `height × width × 3` samples of a picture with tissue.
    ///   - width: Of the picture, at least that of a piece.
    ///   - height: Of the picture, at least that of a piece.
    ///   - random: Chooses among the crops with the most tissue, and turns them.
    init(samples: [UInt8], width: Int, height: Int, random: KeyedRandom) {
        let source = TissueSource(samples: samples, width: width, height: height)
        let corners = source.cornersWithTissue(side: Self.side, count: 3 * Self.count)
        let order = corners.indices.sorted { random.bits($0, 1) < random.bits($1, 1) }
        tissue = (0..<Self.count).map { i in
            let corner = corners[order[i % order.count]]
            var piece = source.crop(x: corner.x, y: corner.y, side: Self.side)
            if random.bits(i, 2) & 1 == 1 { piece = piece.transposed() }
            let mirrored = piece.mirrored()
            return [piece, mirrored, piece.flipped(), mirrored.flipped()].map { $0.pyramid() }
        }
        glass = Self.noisyGlass(random).pyramid()
    }

    /// Nearly white, with the slight noise of a camera.
    private static func noisyGlass(_ random: KeyedRandom) -> RGBSquare {
        let color = [243.0, 242.0, 244.0]
        let samples = (0..<3 * side * side).map { i in
            UInt8(max(0, min(255, (color[i % 3] + 1.2 * random.normal(i, 3)).rounded())))
        }
        return RGBSquare(side: side, samples: samples)
    }
}

/// A picture that tissue is cut out of.
private struct TissueSource {
    let samples: [UInt8]
    let width: Int
    let height: Int

    /// The crops with the most colored pixels, most first.
    func cornersWithTissue(side: Int, count: Int) -> [(x: Int, y: Int)] {
        precondition(width >= side && height >= side, "the picture holds a piece")
        var found: [(x: Int, y: Int, colored: Int)] = []
        for y in stride(from: 0, through: height - side, by: 32) {
            for x in stride(from: 0, through: width - side, by: 32) {
                found.append((x, y, coloredPixels(x: x, y: y, side: side)))
            }
        }
        found.sort { ($0.colored, $1.y, $1.x) > ($1.colored, $0.y, $0.x) }
        return found.prefix(count).map { ($0.x, $0.y) }
    }

    /// Every 16th pixel of a crop that is stained: its largest component exceeds its smallest by far.
    private func coloredPixels(x: Int, y: Int, side: Int) -> Int {
        var colored = 0
        for row in stride(from: y, to: y + side, by: 16) {
            for column in stride(from: x, to: x + side, by: 16) {
                let i = 3 * (row * width + column)
                let (red, green, blue) = (samples[i], samples[i + 1], samples[i + 2])
                if max(red, green, blue) - min(red, green, blue) > 18 { colored += 1 }
            }
        }
        return colored
    }

    func crop(x: Int, y: Int, side: Int) -> RGBSquare {
        var cut: [UInt8] = []
        cut.reserveCapacity(3 * side * side)
        for row in y..<y + side {
            let start = 3 * (row * width + x)
            cut += samples[start..<start + 3 * side]
        }
        return RGBSquare(side: side, samples: cut)
    }
}
