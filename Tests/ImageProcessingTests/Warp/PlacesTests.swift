import ImageCore
import Testing

@testable import ImageProcessing

@Suite struct PlacesTests {
    private func places(_ width: Int, _ height: Int, _ value: (Int, Int) -> Float) -> Image<Float> {
        var image = Image<Float>(axes: [.y, .x], sizes: [height, width])
        for y in 0..<height { for x in 0..<width { image[y, x] = value(x, y) } }
        return image
    }

    @Test func `every pixel shows the place that it names`() throws {
        let image = Image<UInt8>.random(width: 19, height: 14, channels: 3, seed: 6)
        // Whole places: pixels are moved, mirrored and repeated.
        let map = try SpatialMap(
            sourceX: places(10, 8) { x, y in Float((7 * x + y) % 19) + 0.5 },
            y: places(10, 8) { x, y in Float(13 - (x + y) % 14) + 0.5 })
        let result = try image.warped(by: map)
        #expect(result.sizes == [8, 10, 3])
        for y in 0..<8 {
            for x in 0..<10 {
                for c in 0..<3 { #expect(result[y, x, c] == image[13 - (x + y) % 14, (7 * x + y) % 19, c]) }
            }
        }
    }

    @Test func `places of an affine map give what it gives`() throws {
        let image = Image<UInt8>.random(width: 30, height: 20, seed: 7).converted(to: Float.self)
        let affine = AffineMap(x: SIMD4(0.9, 0.2, 0, 1.5), y: SIMD4(-0.1, 1.1, 0, 0.25))
        let size = SpatialSize(x: 25, y: 22)
        func place(_ x: Int, _ y: Int) -> SIMD3<Double> {
            affine.applied(to: SIMD3(Double(x) + 0.5, Double(y) + 0.5, 0.5))
        }
        let map = try SpatialMap(
            sourceX: places(25, 22) { Float(place($0, $1).x) }, y: places(25, 22) { Float(place($0, $1).y) })
        let found = try image.warped(by: map, border: .replicate)
        let expected = try image.warped(by: SpatialMap(outputSize: size, pulling: affine), border: .replicate)
        #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-3 })
    }

    @Test func `places that are none are errors`() {
        let whole = places(3, 3) { _, _ in 1 }
        #expect(throws: ImageError.self) { try SpatialMap(sourceX: whole, y: places(3, 2) { _, _ in 1 }) }
        #expect(throws: ImageError.self) { try SpatialMap(sourceX: whole, y: places(3, 3) { _, _ in .nan }) }
        let volume = Image<Float>(axes: [.z, .y, .x], sizes: [1, 3, 3])
        #expect(throws: ImageError.self) { try SpatialMap(sourceX: volume, y: volume) }
    }
}
