import ImageCore
import ImageProcessing
import Testing

@Suite struct MedianBlurTests {
    /// Pillow's MedianFilter and OpenCV's medianBlur agree on these values.
    @Test func `agrees with Pillow and OpenCV`() throws {
        let image = Image<UInt8>.random(width: 9, height: 7, seed: 11)
        #expect(
            try medianBlur(image, size: 3).values == [
                157, 109, 109, 109, 75, 100, 100, 118, 118, 77, 96, 109, 120, 157, 100, 100, 100, 86, 70, 70, 96, 75,
                157, 67, 90, 86, 86, 77, 120, 147, 120, 157, 109, 109, 90, 152, 97, 97, 97, 68, 109, 109, 109, 152, 152,
                97, 97, 68, 68, 68, 165, 109, 152, 152, 65, 65, 50, 50, 50, 165, 85, 109, 109,
            ])
        #expect(
            try medianBlur(image, size: 5).values == [
                120, 157, 157, 120, 109, 157, 118, 100, 118, 96, 109, 120, 120, 109, 120, 100, 100, 118, 96, 109, 109,
                109, 109, 109, 109, 118, 118, 70, 75, 75, 97, 85, 104, 109, 120, 120, 70, 70, 77, 120, 109, 104, 109,
                109, 109, 65, 65, 68, 97, 68, 90, 109, 109, 152, 65, 50, 68, 68, 68, 85, 109, 109, 109,
            ])
    }

    @Test(arguments: [3, 5, 7])
    func `every value is the middle one of its square`(size: Int) throws {
        let image = Image<UInt8>.random(width: 8, height: 5, seed: 12)
        let found = try medianBlur(image, size: size)
        for y in 0..<5 {
            for x in 0..<8 {
                let square = (0..<size * size).map { i -> UInt8 in
                    let sourceY = min(max(y + i / size - size / 2, 0), 4)
                    let sourceX = min(max(x + i % size - size / 2, 0), 7)
                    return image[sourceY, sourceX]
                }
                #expect(found[y, x] == square.sorted()[size * size / 2])
            }
        }
    }

    @Test func `even sizes and color are refused`() {
        #expect(throws: ImageError.self) { try medianBlur(.random(width: 4, height: 4, seed: 1), size: 4) }
        #expect(throws: ImageError.self) { try medianBlur(.random(width: 4, height: 4, channels: 3, seed: 1), size: 3) }
    }
}
