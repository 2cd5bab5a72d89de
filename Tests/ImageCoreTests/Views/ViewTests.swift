import ImageCore
import TestSupport
import Testing

@Suite struct ViewTests {
    @Test(arguments: seeds)
    func `random views show what index loops give`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<Int16>(using: &generator) { Int16.random(in: .min ... .max, using: &$0) }
        #expect(view.image.axes == view.naive.axes)
        #expect(view.image.sizes == view.naive.sizes)
        #expect(samples(view.image) == view.naive.samples)
        #expect(samples(view.image.copied()) == view.naive.samples)
        let order = view.image.axes.shuffled(using: &generator)
        let moved = try view.image.rearranged(to: order)
        #expect(moved.layout.isContiguous && moved.axes == order)
        #expect(samples(moved) == samples(view.image.permuted(to: order)))
        #expect(moved.hasSameSamples(as: view.image))
    }

    @Test(arguments: seeds)
    func `writing a view or the whole never changes the other`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let view = RandomView<UInt8>(using: &generator) { UInt8.random(in: .min ... .max, using: &$0) }
        let whole = view.image
        var changed = whole
        changed.fill(7)
        #expect(samples(whole) == view.naive.samples)
        #expect(samples(changed).allSatisfy { $0 == 7 })
        var other = whole
        let place = other.sizes.map { Int.random(in: 0..<$0, using: &generator) }
        other[place] = other[place] &+ 1
        #expect(samples(whole) == view.naive.samples)
        #expect(!other.hasSameSamples(as: whole))
    }

    @Test func `a crop of a crop is one crop`() {
        var generator = SeededGenerator(seed: 3)
        var picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [9, 11, 3])
        picture.mapInPlace { _ in UInt8.random(in: 0...255, using: &generator) }
        picture.geometry = Geometry(mppX: 0.5, mppY: 0.25)
        let twice = picture.cropped(to: PixelRect(x: 2, y: 1, width: 8, height: 7))
            .cropped(to: PixelRect(x: 3, y: 2, width: 4, height: 9))
        #expect(twice == picture.cropped(to: PixelRect(x: 5, y: 3, width: 4, height: 5)))
    }

    @Test(arguments: [Axis.x, .y, .channel])
    func `flipping twice is nothing`(axis: Axis) {
        var picture = image([.y, .x, .channel], [2, 3, 3], Array(UInt8(0)..<18), color: .rgb)
        picture.geometry = Geometry(mppX: 0.5, mppY: 0.25)
        #expect(picture.flipped(axis).flipped(axis) == picture)
        #expect(picture.flipped(axis) != picture)
    }

    @Test(arguments: [
        PixelRect(x: -5, y: -5, width: 3, height: 3), PixelRect(x: 4, y: 0, width: 9, height: 9),
        PixelRect(x: 0, y: 0, width: -2, height: 3), PixelRect(x: 1, y: 1, width: 0, height: 0),
        PixelRect(x: .max, y: .max, width: .max, height: .max), PixelRect(x: .min, y: 0, width: 5, height: 5),
    ])
    func `a rectangle that misses the image gives an empty image that can be used`(rect: PixelRect) throws {
        var empty = Image<UInt8>(axes: [.y, .x], sizes: [3, 4], repeating: 1).cropped(to: rect)
        #expect(empty.isEmpty)
        #expect(empty.samples.count == 0)
        #expect(empty.copied().isEmpty)
        empty.fill(3)
        #expect(try (empty + empty).isEmpty)
        #expect(empty.sum() == 0)
        #expect(empty.converted(to: Float.self).isEmpty)
        #expect(empty.flipped(.x).isEmpty)
        #expect(throws: ImageError.emptyImage) { try empty.range() }
    }

    @Test func `a rectangle over the edge is clipped`() {
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [3, 4])
        let huge = PixelRect(x: -1, y: 1, width: .max, height: .max)
        #expect(picture.cropped(to: huge).sizes == [2, 4])
    }

    @Test func `channels that are cut away take their color model along`() {
        let picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [2, 2, 4], color: .rgba)
        #expect(picture.cropped(.channel, to: 0..<3).color == .rgb)
        #expect(picture.cropped(.channel, to: 1..<3).color == .unspecified)
        #expect(picture.cropped(.channel, to: 3..<4).color == .gray)
        #expect(picture.cropped(.channel, to: 0..<4).color == .rgba)
        #expect(picture.slice(.channel, at: 1).color == .gray)
        #expect(picture.cropped(.channel, to: 0..<3).flipped(.channel).color == .bgr)
    }

    @Test func `unit axes come and go without moving a sample`() throws {
        let picture = image([.y, .x], [2, 3], Array(Int32(0)..<6))
        let volume = picture.adding(.z, at: 0).adding(.channel, at: 3)
        #expect(volume.axes == [.z, .y, .x, .channel])
        #expect(samples(volume) == samples(picture))
        #expect(volume.removingUnitAxes() == picture)
        #expect(try volume.removing(.z).removing(.channel).removing(.time) == picture)
        #expect(throws: ImageError.self) { try volume.removing(.x) }
    }
}
