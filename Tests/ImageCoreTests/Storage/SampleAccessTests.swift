import ImageCore
import TestSupport
import Testing

@Suite struct SampleAccessTests {
    @Test func `rows of a crop are spans into the whole`() {
        let picture = image([.y, .x, .channel], [3, 4, 2], (0..<24).map { UInt8($0) }, color: .grayAlpha)
        let crop = picture.cropped(to: PixelRect(x: 1, y: 1, width: 2, height: 2))
        #expect(crop.layout.rowLength == 4)
        #expect(!crop.layout.isContiguous)
        let row = crop[row: 1]
        #expect((0..<row.count).map { row[$0] } == [18, 19, 20, 21])
    }

    @Test func `rows of a volume are found by slice`() {
        var volume = image([.z, .y, .x], [2, 2, 3], (0..<12).map { Int32($0) })
        let untouched = volume
        let last = volume[row: 1, z: 1][2]
        #expect(last == 11)
        var row = volume.mutableRow(0, z: 1)
        row[0] = 100
        #expect(samples(volume) == [0, 1, 2, 3, 4, 5, 100, 7, 8, 9, 10, 11])
        #expect(samples(untouched) == (0..<12).map { Int32($0) })
    }

    @Test func `planar rows hold one channel and strided rows have no length`() {
        let planar = Image<UInt8>(axes: [.channel, .y, .x], sizes: [3, 4, 5])
        #expect(planar.layout.rowLength == nil)
        #expect(planar.slice(.channel, at: 1).layout.rowLength == 5)
        #expect(planar.slice(.channel, at: 1).flipped(.x).layout.rowLength == nil)
    }

    @Test func `bytes are the samples in the order of the machine`() {
        var picture = image([.x], [2], [0x0102, 0x0304] as [UInt16])
        #expect(picture.bytes.byteCount == 4)
        #expect(unsafe picture.bytes.unsafeLoad(fromByteOffset: 2, as: UInt16.self) == 0x0304)
        var bytes = picture.mutableBytes
        bytes.storeBytes(of: 0xFFFF, toByteOffset: 0, as: UInt16.self)
        #expect(samples(picture) == [0xFFFF, 0x0304])
    }

    @Test func `writing the samples of a view leaves the whole alone`() {
        let picture = image([.y, .x], [2, 2], [1, 2, 3, 4] as [UInt8])
        var column = picture.cropped(.x, to: 1..<2)
        var span = column.mutableSamples
        span[0] = 9
        #expect(samples(column) == [9, 4])
        #expect(samples(picture) == [1, 2, 3, 4])
    }

    @Test func `an image without axes holds one sample`() {
        var point = Image<Float>(axes: [], sizes: [], repeating: 2)
        #expect(point.count == 1)
        point += 1
        #expect(point[[]] == 3)
        #expect(point.copied()[[]] == 3)
    }

    @Test func `strides do not end at 32 bits`() {
        // Only the layout: 50000 × 50000 × 3 samples would take 7 GB.
        let layout = Layout(axes: [.channel, .y, .x], sizes: [3, 50_000, 50_000])
        #expect(layout.strides == [2_500_000_000, 50_000, 1])
        #expect(layout.count == 7_500_000_000)
    }

    @Test func `copies of an empty image are empty images`() {
        let empty = Image<Double>(axes: [.y, .x], sizes: [0, 5])
        let copy = empty
        #expect(copy.copied() == empty)
        #expect(copy.count == 0 && copy.isEmpty)
    }
}
