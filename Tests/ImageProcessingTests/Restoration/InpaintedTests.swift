import ImageCore
import Testing

@testable import ImageProcessing

@Suite struct InpaintedTests {
    private func line(_ width: Int, _ height: Int, _ contains: (Int, Int) -> Bool) -> Image<Bool> {
        var mask = Image<Bool>(axes: [.y, .x], sizes: [height, width])
        for y in 0..<height { for x in 0..<width { mask[y, x] = contains(x, y) } }
        return mask
    }

    @Test(arguments: [2, 4, 7]) func `a smooth picture is restored under a hair`(radius: Int) throws {
        let mask = line(48, 40) { x, y in abs(x - y - 5) < 2 || abs(x + 2 * y - 70) < 3 }
        var image = Image<Float>(axes: [.y, .x, .channel], sizes: [40, 48, 2])
        for y in 0..<40 {
            for x in 0..<48 {
                for c in 0..<2 { image[y, x, c] = Float(100 + x * (20 - c * 7) / 10 - (y - 20) * (y - 20) / 10) }
            }
        }
        var damaged = image
        for y in 0..<40 { for x in 0..<48 where mask[y, x] { for c in 0..<2 { damaged[y, x, c] = -1000 } } }
        let result = try damaged.inpainted(mask, radius: radius)
        let errors = zip(result.values, image.values).map { abs($0 - $1) }
        let filled = Float(2 * mask.values.count { $0 })
        #expect(errors.reduce(0, +) / filled < 1.5)
        #expect(try #require(errors.max()) < 8)
        // Nothing is invented: what is filled lies between what was there.
        let (low, high) = (try #require(image.values.min()), try #require(image.values.max()))
        #expect(result.values.allSatisfy { $0 >= low && $0 <= high })
    }

    @Test func `pixels outside of the mask stay, whatever the type`() throws {
        let mask = line(23, 17) { x, y in x % 7 == 3 && y > 2 }
        let image = Image<UInt8>.random(width: 23, height: 17, seed: 4).converted(to: UInt32.self)
        let result = try image.inpainted(mask)
        for y in 0..<17 { for x in 0..<23 where !mask[y, x] { #expect(result[y, x] == image[y, x]) } }
        #expect(try image.inpainted(line(23, 17) { _, _ in false }) == image)
    }

    @Test func `planar and interleaved channels and planes are filled alike`() throws {
        let mask = line(20, 12) { x, y in (x + 2 * y) % 11 < 2 }
        let image = Image<UInt8>.random(width: 20, height: 12, channels: 3, seed: 5)
        let planar = try image.rearranged(to: [.channel, .y, .x])
        let filled = try image.inpainted(mask)
        #expect(try planar.inpainted(mask).rearranged(to: [.y, .x, .channel]) == filled)
        for c in 0..<3 { #expect(try image.slice(.channel, at: c).inpainted(mask) == filled.slice(.channel, at: c)) }
    }

    @Test func `a constant stays and a hair goes`() throws {
        let mask = line(32, 32) { x, y in abs(2 * x - y - 8) < 3 }
        var image = Image<UInt8>(axes: [.y, .x], sizes: [32, 32], repeating: 180)
        for y in 0..<32 { for x in 0..<32 where mask[y, x] { image[y, x] = 20 } }
        #expect(try image.inpainted(mask).values.allSatisfy { $0 == 180 })
    }

    @Test func `what cannot be filled is an error`() {
        let image = Image<UInt8>(axes: [.y, .x], sizes: [4, 5])
        #expect(throws: ImageError.self) { try image.inpainted(line(5, 4) { _, _ in true }) }
        #expect(throws: ImageError.self) { try image.inpainted(line(4, 4) { x, _ in x == 1 }) }
        #expect(throws: ImageError.self) { try image.inpainted(line(5, 4) { x, _ in x == 1 }, radius: 0) }
        let labels = Image<UInt8>(axes: [.y, .x], sizes: [4, 5], color: .labels)
        #expect(throws: ImageError.self) { try labels.inpainted(line(5, 4) { x, _ in x == 1 }) }
    }
}
