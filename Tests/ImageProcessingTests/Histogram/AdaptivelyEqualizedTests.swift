import ImageCore
import Testing

@testable import ImageProcessing

@Suite("CLAHE")
struct AdaptivelyEqualizedTests {
    /// Rows of what OpenCV 5.0's CLAHE makes of this picture with a limit of 3 and 3 x 2 tiles, and the sum of all samples.
    @Test func `bytes and 16 bits agree with OpenCV`() throws {
        let bytes = Image<UInt8>(axes: [.y, .x], sizes: [13, 20]) {
            for i in 0..<$0.count {
                let (y, x) = i.quotientAndRemainder(dividingBy: 20)
                $0[i] = UInt8((x * x * 7 + y * 13 + x * y) % 256)
            }
        }
        let tiles = PixelSize(width: 3, height: 2)
        let found = try bytes.adaptivelyEqualized(clipLimit: 3, tiles: tiles)
        #expect(
            (0..<20).map { Int(found[0, $0]) } == [
                10, 16, 52, 99, 164, 206, 253, 114, 209, 68, 200, 88, 248, 171, 99, 45, 9, 239, 219, 224,
            ])
        #expect(found.values.reduce(0) { $0 + Int($1) } == 34_698)
        let wide = try bytes.map { UInt16($0) * 200 }.adaptivelyEqualized(clipLimit: 3, tiles: tiles)
        #expect(
            (0..<20).map { Int(wide[9, $0]) } == [
                25_984, 32_098, 41_652, 52_543, 3_248, 18_082, 43_023, 3_773, 30_768, 62_758, 34_924, 11_921, 52_536,
                34_658, 20_874, 12_051, 2_900, 58_984, 57_797, 61_810,
            ])
        #expect(wide.values.reduce(0) { $0 + Int($1) } == 8_574_324)
    }

    /// Rows shorter and longer than vectors, tiles of single pixels and tiles beyond the picture.
    @Test(arguments: [
        (37, 29, 3, 4), (64, 48, 8, 8), (20, 9, 20, 9), (5, 7, 2, 3), (90, 20, 1, 1), (10, 11, 8, 8),
    ])
    func `every level of the kernels does what is defined`(width: Int, height: Int, columns: Int, rows: Int) throws {
        let image = Image<UInt8>.random(width: width, height: height, channels: 2, seed: 91)
        for limit in [0, 2.5] {
            try check(image, PixelSize(width: columns, height: rows), limit, levels: 256)
            try check(image.map { UInt16($0) }, PixelSize(width: columns, height: rows), limit, levels: 256)
        }
    }

    @Test func `16 bits do what is defined`() throws {
        let image = Image<UInt8>.random(width: 41, height: 23, channels: 1, seed: 92).map { UInt16($0) * 257 }
        for limit in [2.0, 5000] { try check(image, PixelSize(width: 2, height: 2), limit, levels: 65_536) }
    }

    @Test func `other scalars take the levels of their domain`() throws {
        let image = Image<UInt8>.random(width: 30, height: 20, seed: 93)
        var floats = image.converted(to: Float.self)
        floats.domain = .range(0...255)
        let found = try floats.adaptivelyEqualized(tiles: PixelSize(width: 3, height: 2))
        var wide = image.map { UInt16($0) * 257 }
        wide.domain = .unspecified
        let expected = try wide.adaptivelyEqualized(tiles: PixelSize(width: 3, height: 2))
        #expect(zip(found.values, expected.values).allSatisfy { abs(Double($0) * 257 - Double($1)) < 0.01 })
        #expect(throws: ImageError.self) { try image.adaptivelyEqualized(tiles: PixelSize(width: 31, height: 2)) }
        #expect(throws: ImageError.self) { try image.adaptivelyEqualized(clipLimit: -1) }
    }

    private func check<Scalar: NumericScalar & FixedWidthInteger>(
        _ image: Image<Scalar>, _ tiles: PixelSize, _ limit: Double, levels: Int
    ) throws {
        let planes = try Planes(image)
        var equalizer = try TileEqualizer(planes, tiles, levels: levels, clipLimit: limit)
        let expected = (0..<image.channels).map { channel -> [Int] in
            let defined = DefinedTiles(image, channel, tiles, levels: levels, clipLimit: limit)
            return (0..<image.width * image.height).map { defined.value($0 % image.width, $0 / image.width) }
        }
        for level in KernelLevel.supported {
            equalizer.level = level
            let found = Image<Scalar>(axes: image.axes, sizes: image.sizes) {
                equalizer.equalize(image.samples, into: &$0)
            }
            for channel in 0..<image.channels {
                #expect(
                    found.slice(.channel, at: channel).values.map { Int($0) } == expected[channel],
                    "\(level) \(tiles) \(limit)")
            }
        }
    }
}

/// The definition, pixel by pixel, in OpenCV's single precision.
private struct DefinedTiles {
    let value: (Int, Int) -> Int

    init<Scalar: NumericScalar & FixedWidthInteger>(
        _ image: Image<Scalar>, _ channel: Int, _ tiles: PixelSize, levels: Int, clipLimit: Double
    ) {
        let divides = image.width % tiles.width == 0 && image.height % tiles.height == 0
        let size = (
            x: image.width / tiles.width + (divides ? 0 : 1), y: image.height / tiles.height + (divides ? 0 : 1)
        )
        func sample(_ x: Int, _ y: Int) -> Int {
            Int(
                image[
                    BorderMode.reflect101.index(y, image.height) ?? 0, BorderMode.reflect101.index(x, image.width) ?? 0,
                    channel])
        }
        let tables = (0..<tiles.height).map { row in
            (0..<tiles.width).map { column -> [Float] in
                var counts = [Int](repeating: 0, count: levels)
                for y in row * size.y..<(row + 1) * size.y {
                    for x in column * size.x..<(column + 1) * size.x { counts[sample(x, y)] += 1 }
                }
                if clipLimit > 0 { Self.clip(&counts, clipLimit * Double(size.x * size.y) / Double(levels)) }
                var sum = 0
                return counts.map {
                    sum += $0
                    let scaled = Float(sum) * (Float(levels - 1) / Float(size.x * size.y))
                    return min(scaled.rounded(.toNearestOrEven), Float(levels - 1))
                }
            }
        }
        value = { x, y in
            let (across, down) = (Self.place(x, size.x, tiles.width), Self.place(y, size.y, tiles.height))
            func between(_ row: Int) -> Float {
                tables[row][across.low][sample(x, y)] * (1 - across.share) + tables[row][across.high][sample(x, y)]
                    * across.share
            }
            let result = between(down.low) * (1 - down.share) + between(down.high) * down.share
            return min(Int(result.rounded(.toNearestOrEven)), levels - 1)
        }
    }

    private static func place(_ i: Int, _ tile: Int, _ count: Int) -> (low: Int, high: Int, share: Float) {
        let place = Float(i) * (1 / Float(tile)) - 0.5
        let low = Int(place.rounded(.down))
        return (max(low, 0), min(low + 1, count - 1), place - Float(low))
    }

    private static func clip(_ counts: inout [Int], _ bins: Double) {
        let limit = max(1, Int(bins))
        let excess = counts.reduce(0) { $0 + max($1 - limit, 0) }
        counts = counts.map { min($0, limit) + excess / counts.count }
        let rest = excess % counts.count
        guard rest > 0 else { return }
        let step = max(counts.count / rest, 1)
        for i in 0..<rest where i * step < counts.count { counts[i * step] += 1 }
    }
}
