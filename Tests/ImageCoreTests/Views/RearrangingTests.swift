import ImageCore
import TestSupport
import Testing

@Suite struct RearrangingTests {
    @Test func `interleaved becomes planar and back`() throws {
        let picture = image([.y, .x, .channel], [1, 2, 3], [1, 2, 3, 4, 5, 6] as [UInt8], color: .rgb)
        let planar = try picture.rearranged(to: [.channel, .y, .x])
        #expect(samples(planar) == [1, 4, 2, 5, 3, 6])
        #expect(planar.color == .rgb)
        #expect(try planar.rearranged(to: [.y, .x, .channel]) == picture)
    }

    @Test(arguments: [[17, 131], [64, 64], [200, 16], [129, 65]])
    func `large transpositions move every sample`(sizes: [Int]) throws {
        let count = sizes[0] * sizes[1]
        let matrix = image([.y, .x], sizes, (0..<count).map { Int32($0) })
        let transposed = try matrix.rearranged(to: [.x, .y])
        let expected = (0..<sizes[1]).flatMap { x in (0..<sizes[0]).map { y in Int32(y * sizes[1] + x) } }
        #expect(samples(transposed) == expected)
        let flipped = try matrix.flipped(.x).flipped(.y).rearranged(to: [.x, .y])
        #expect(samples(flipped) == expected.reversed())
    }

    @Test func `a volume is transposed slice by slice`() throws {
        let volume = image([.z, .y, .x], [3, 20, 18], (0..<1080).map { UInt16($0) })
        let moved = try volume.rearranged(to: [.x, .z, .y])
        #expect(samples(moved) == NaiveImage(volume).permuted([2, 0, 1]).samples)
    }

    @Test func `axes that are not the image's are refused`() {
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [2, 2])
        #expect(throws: ImageError.missingAxis(.z)) { try picture.rearranged(to: [.z, .x]) }
        #expect(throws: ImageError.self) { try picture.rearranged(to: [.x]) }
        #expect(throws: ImageError.self) { try picture.rearranged(to: [.x, .x]) }
    }

    @Test func `slices stack to a volume and fall apart again`() throws {
        var first = image([.y, .x], [2, 2], [1, 2, 3, 4] as [Int16])
        first.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        var second = image([.x, .y], [2, 2], [5, 7, 6, 8] as [Int16])
        second.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1), originMillimetres: SIMD3(0, 0, 2.5))
        let volume = try Image.stacked([first, second], along: .z)
        #expect(volume.axes == [.z, .y, .x])
        #expect(samples(volume) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(volume.geometry?.spacingMillimetres == SIMD3(1, 1, 2.5))
        #expect(volume.slice(.z, at: 1).hasSameSamples(as: second))
        #expect(volume.slice(.z, at: 1).geometry?.originMillimetres == SIMD3(0, 0, 2.5))
    }

    @Test func `images lie behind each other along an axis`() throws {
        let left = image([.y, .x], [2, 2], [1, 2, 3, 4] as [UInt8])
        let right = image([.y, .x], [2, 1], [9, 8] as [UInt8])
        #expect(try samples(Image.concatenated([left, right], along: .x)) == [1, 2, 9, 3, 4, 8])
        #expect(try samples(Image.concatenated([left, left], along: .y)) == [1, 2, 3, 4, 1, 2, 3, 4])
        #expect(throws: ImageError.shapeMismatch(expected: [2, 2], found: [2, 1])) {
            try Image.concatenated([left, right], along: .y)
        }
        #expect(throws: ImageError.missingAxis(.z)) { try Image.concatenated([left], along: .z) }
        #expect(throws: ImageError.self) { try Image<UInt8>.concatenated([], along: .x) }
        #expect(throws: ImageError.self) { try Image.stacked([left], along: .x) }
    }
}
