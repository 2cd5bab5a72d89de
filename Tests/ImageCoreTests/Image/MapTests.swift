import ImageCore
import TestSupport
import Testing

@Suite struct MapTests {
    private struct Stop: Error, Equatable {}

    @Test(arguments: seeds)
    func `a map visits every sample of a view once`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<UInt16>(using: &generator) { UInt16.random(in: 0...999, using: &$0) }
        #expect(samples(view.image.map { Double($0) / 2 }) == view.naive.samples.map { Double($0) / 2 })
        var visits = 0
        var changed = view.image
        changed.mapInPlace {
            visits += 1
            return $0 + 1
        }
        #expect(visits == view.naive.samples.count)
        #expect(samples(changed) == view.naive.samples.map { $0 + 1 })
        #expect(view.image.reduce(into: 0) { $0 += Int($1) } == view.naive.samples.reduce(0) { $0 + Int($1) })
    }

    @Test(arguments: seeds)
    func `two images combine sample by sample whatever their strides`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<Int32>(using: &generator) { Int32.random(in: -99...99, using: &$0) }
        let other = view.partner(using: &generator) { Int32.random(in: -99...99, using: &$0) }
        let expected = zip(view.naive.samples, samples(other.permuted(to: view.image.axes))).map { $0 < $1 }
        #expect(try samples(view.image.combined(with: other) { $0 < $1 }) == expected)
    }

    @Test func `an error leaves a map at once`() {
        #expect(throws: Stop()) { try row([1, 2] as [UInt8]).map { _ throws(Stop) -> UInt8 in throw Stop() } }
    }

    @Test func `filling a shared crop leaves the rest alone`() {
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [2, 3], repeating: 1)
        var crop = picture.cropped(.x, to: 1..<2)
        crop.fill(9)
        #expect(samples(crop) == [9, 9])
        #expect(picture.count { $0 == 1 } == 6)
    }
}
