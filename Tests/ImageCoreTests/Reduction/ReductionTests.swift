import ImageCore
import TestSupport
import Testing

@Suite struct ReductionTests {
    @Test(arguments: seeds)
    func `blocks of views are averaged over what exists`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<Int16>(using: &generator) { Int16.random(in: .min ... .max, using: &$0) }
        let factor = Int.random(in: 1...4, using: &generator)
        let axes = view.image.axes.filter { _ in Bool.random(using: &generator) }
        let reduced = try view.image.reduced(by: factor, along: axes)
        let blocks = expectedBlocks(view.naive, factor, axes)
        #expect(reduced.sizes == blocks.sizes)
        let expected = blocks.map { block -> Int16 in
            let sum = block.reduce(0.0) { $0 + Double($1) }
            return Int16((sum / Double(block.count) + 0.5).rounded(.down))
        }
        #expect(samples(reduced) == expected)
    }

    @Test func `labels and masks take the sample at the center`() throws {
        let labels = image([.y, .x], [3, 5], (1...15).map { UInt8($0) }, color: .labels)
        let reduced = try labels.reduced(by: 2)
        #expect(samples(reduced) == [7, 9, 10, 12, 14, 15])
        let mask = labels.mask { $0 % 2 == 1 }
        #expect(samples(try mask.reduced(by: 2)) == [true, true, false, false, false, true])
        #expect(samples(try row([1, 2, 3, 4, 5, 6, 7] as [Float]).subsampled(by: 3)) == [2, 5, 7])
    }

    @Test func `halves are rounded up for either sign`() throws {
        #expect(samples(try row([1, 2] as [UInt8]).reduced(by: 2)) == [2])
        #expect(samples(try row([-1, -2] as [Int8]).reduced(by: 2)) == [-1])
        #expect(samples(try row([-1, -2, -2] as [Int32]).reduced(by: 3)) == [-2])
        #expect(samples(try row([UInt64.max, .max - 1] as [UInt64]).reduced(by: 2)) == [.max])
        #expect(samples(try row([Float.nan, 1, 1, 2] as [Float]).reduced(by: 2))[1] == 1.5)
    }

    @Test func `a constant image stays constant`() throws {
        let white = Image<UInt8>(axes: [.y, .x, .channel], sizes: [7, 9, 3], repeating: 255)
        for factor in 1...10 { #expect(try white.reduced(by: factor).contains(255)) }
        #expect(try white.reduced(by: 100).sizes == [1, 1, 3])
        #expect(try white.reduced(by: 4).count { $0 != 255 } == 0)
    }

    @Test func `the near edge keeps its place in space`() throws {
        var picture = Image<UInt8>(axes: [.y, .x], sizes: [5, 8])
        picture.geometry = Geometry(mppX: 0.5, mppY: 0.25)
        let reduced = try picture.reduced(by: 4)
        #expect(reduced.geometry == Geometry(mppX: 2, mppY: 1))
        #expect(try picture.subsampled(by: 4).geometry == reduced.geometry)
    }

    @Test func `factors that make no sense are refused`() {
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [2, 2])
        #expect(throws: ImageError.self) { try picture.reduced(by: 0) }
        #expect(throws: ImageError.self) { try picture.reduced(by: -3) }
        #expect(throws: Never.self) { try picture.reduced(by: .max) }
    }

    /// The samples of every block in C order of blocks.
    private func expectedBlocks(_ image: NaiveImage<Int16>, _ factor: Int, _ axes: [Axis]) -> BlockList {
        let factors = image.axes.map { axes.contains($0) ? factor : 1 }
        let sizes = zip(image.sizes, factors).map { ($0 + $1 - 1) / $1 }
        let blocks = allCoordinates(sizes).map { block in
            allCoordinates(factors).compactMap { inside -> Int16? in
                let place = image.sizes.indices.map { block[$0] * factors[$0] + inside[$0] }
                return zip(place, image.sizes).allSatisfy { $0 < $1 } ? image[place] : nil
            }
        }
        return BlockList(sizes: sizes, blocks: blocks)
    }

    private struct BlockList {
        var sizes: [Int]
        var blocks: [[Int16]]

        func map(_ transform: ([Int16]) -> Int16) -> [Int16] { blocks.map(transform) }
    }
}
