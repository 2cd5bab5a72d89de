import ImageCore
import ImageProcessing
import Testing

@Suite struct ColorTests {
    private let image = Image<UInt8>.random(width: 12, height: 10, channels: 3, seed: 7)

    @Test func `luma agrees with Pillow`() throws {
        let expected: [UInt8] = [
            81, 191, 234, 174, 78, 200, 167, 183, 172, 73, 160, 68, 103, 182, 172, 97, 178, 85, 26, 157, 212, 157, 66,
            201,
        ]
        #expect(try luma(of: image).values.prefix(24) == expected[...])
    }

    @Test func `saturation agrees with OpenCV`() throws {
        let expected: [UInt8] = [
            253, 235, 158, 207, 202, 75, 207, 98, 202, 177, 102, 254, 240, 152, 186, 239, 160, 217, 172, 156, 102, 107,
            232, 52,
        ]
        #expect(try saturation(of: image).values.prefix(24) == expected[...])
    }

    @Test func `saturation is exact for every pair of maximum and minimum`() throws {
        let image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [256, 256, 3]) {
            for i in 0..<65536 {
                ($0[3 * i], $0[3 * i + 1], $0[3 * i + 2]) = (UInt8(i / 256), UInt8(i % 256), UInt8(i / 256))
            }
        }
        let found = try saturation(of: image).values
        let wrong = (0..<65536).filter { i in
            let (high, low) = (max(i / 256, i % 256), min(i / 256, i % 256))
            return Int(found[i]) != (high == 0 ? 0 : (510 * (high - low) + high) / (2 * high))
        }
        #expect(wrong.isEmpty)
    }

    @Test func `the shape must be that of a color picture`() throws {
        var placed = image
        placed.geometry = Geometry(mppX: 1, mppY: 1)
        let gray = try luma(of: placed)
        #expect(gray.axes == [.y, .x] && gray.color == .gray && gray.geometry == placed.geometry)
        #expect(throws: ImageError.channelMismatch(.rgb, found: 1)) { try luma(of: gray) }
    }
}
