import ImageCore
import TestSupport
import Testing

@Suite struct GeometryTests {
    /// Oblique, with three different spacings.
    private let oblique = Geometry(
        spacingMillimetres: SIMD3(0.5, 0.75, 2), originMillimetres: SIMD3(-10, 20, 30),
        direction: Direction(x: SIMD3(0.6, 0.8, 0), y: SIMD3(-0.8, 0.6, 0), z: SIMD3(0, 0, -1)))

    /// Every sample is its own number, so that it can be found again.
    private var volume: Image<Int32> {
        var volume = image([.z, .y, .x], [4, 5, 6], (0..<120).map { Int32($0) })
        volume.geometry = oblique
        return volume
    }

    private func places(_ image: Image<Int32>) throws -> [Int32: SIMD3<Double>] {
        let geometry = try #require(image.geometry)
        var places: [Int32: SIMD3<Double>] = [:]
        for place in allCoordinates(image.sizes) {
            func index(_ axis: Axis) -> Double { Double(image.layout.index(of: axis).map { place[$0] } ?? 0) }
            places[image[place]] = geometry.position(x: index(.x), y: index(.y), z: index(.z))
        }
        return places
    }

    @Test func `every sample of a view keeps its place in space`() throws {
        let expected = try places(volume)
        let views = [
            volume.cropped(to: PixelRect(x: 1, y: 2, width: 3, height: 9)), volume.flipped(.x), volume.flipped(.z),
            volume.slice(.z, at: 3), volume.permuted(to: [.x, .z, .y]), volume.cropped(.z, to: 1..<3).flipped(.y),
            volume.flipped(.x).cropped(.x, to: 2..<5).flipped(.x).slice(.y, at: 1),
        ]
        for view in views {
            for (sample, place) in try places(view) {
                let distance = try #require(expected[sample]) - place
                #expect((distance * distance).sum() < 1e-20)
            }
        }
    }

    @Test func `an index and its position lead to each other`() throws {
        let index = SIMD3(1.5, -2, 7)
        let position = oblique.position(x: index.x, y: index.y, z: index.z)
        let back = try #require(oblique.index(at: position)) - index
        #expect((back * back).sum() < 1e-18)
        #expect(Geometry(spacingMillimetres: SIMD3(1, 0, 1)).index(at: .zero) == nil)
    }

    @Test(arguments: [1, 2, 3, 7, 12])
    func `a resize keeps both edges and a reduction the near one`(newSize: Int) {
        let resized = oblique.resized(.x, from: 6, to: newSize)
        let near = resized.position(x: -0.5, y: 0) - oblique.position(x: -0.5, y: 0)
        let far = resized.position(x: Double(newSize) - 0.5, y: 0) - oblique.position(x: 5.5, y: 0)
        #expect((near * near).sum() < 1e-20 && (far * far).sum() < 1e-20)
        let reduced = oblique.reduced(.x, by: 4)
        let edge = reduced.position(x: -0.5, y: 0) - oblique.position(x: -0.5, y: 0)
        #expect((edge * edge).sum() < 1e-20)
        #expect(reduced.spacingMillimetres == SIMD3(2, 0.75, 2))
        #expect(oblique.resized(.channel, from: 3, to: 1) == oblique)
    }

    @Test func `rectangles never overflow`() {
        let huge = PixelRect(x: .max, y: .min, width: .max, height: .max)
        let other = PixelRect(x: .min, y: .max, width: 10, height: 10)
        #expect(huge.maxX == .max)
        #expect(huge.area == .max)
        #expect(huge.intersection(other).isEmpty)
        #expect(other.intersection(huge).isEmpty)
        let a = PixelRect(x: 0, y: 0, width: 10, height: 10)
        #expect(
            a.intersection(PixelRect(x: 5, y: -5, width: 10, height: 10)) == PixelRect(x: 5, y: 0, width: 5, height: 5))
        #expect(a.contains(PixelRect(x: 5, y: 5, width: 5, height: 5)))
        #expect(!a.contains(PixelRect(x: 5, y: 5, width: 6, height: 5)))
    }
}
