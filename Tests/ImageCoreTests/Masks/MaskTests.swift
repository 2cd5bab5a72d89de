import ImageCore
import TestSupport
import Testing

@Suite struct MaskTests {
    @Test(arguments: seeds)
    func `masks combine as their samples do`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<Bool>(using: &generator) { Bool.random(using: &$0) }
        let other = view.partner(using: &generator) { Bool.random(using: &$0) }
        let (a, b) = (view.naive.samples, samples(other.permuted(to: view.image.axes)))
        #expect(try samples(view.image & other) == zip(a, b).map { $0 && $1 })
        #expect(try samples(view.image | other) == zip(a, b).map { $0 || $1 })
        #expect(try samples(view.image ^ other) == zip(a, b).map { $0 != $1 })
        #expect(samples(!view.image) == a.map { !$0 })
        #expect(view.image.trueCount == a.filter { $0 }.count)
        var inPlace = view.image
        try inPlace &= other
        try inPlace |= !view.image
        #expect(samples(inPlace) == zip(a, b).map { !$0 || $1 })
        #expect(samples(view.image) == a)
    }

    @Test func `a mask is where a condition holds`() {
        var picture = image([.y, .x], [1, 3], [10, 200, 90] as [UInt8])
        picture.geometry = Geometry(mppX: 1, mppY: 1)
        let mask = picture.mask { $0 > 50 }
        #expect(samples(mask) == [false, true, true])
        #expect(mask.color == .labels && mask.domain == .labels && mask.geometry == picture.geometry)
    }
}
