import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Affine maps on grids of every kind: turns are rigid in space, whole pixels stay whole.
@Suite("Affine maps and the grid")
struct AffineGrids {
    /// Directions along x, y and z of a volume whose gantry was tilted, and one whose axes all lean.
    private static let sheared = [
        Direction(x: SIMD3(1, 0, 0), y: SIMD3(0, 1, 0), z: SIMD3(0, 0.6, 0.8)),
        Direction(x: SIMD3(0.96, 0.28, 0), y: SIMD3(0, 1, 0), z: SIMD3(0.48, 0, 0.877_268_487_978_45)),
    ]

    private func scene(_ direction: Direction?) -> Scene {
        Scene(
            size: SpatialSize(x: 31, y: 27, z: 15), isVolume: true, channels: 1, color: .gray, domain: .unspecified,
            kind: .float32, spacingMillimetres: SIMD3(0.7, 0.8, 2.5), direction: direction)
    }

    private func map(_ affine: Affine, in scene: Scene) throws -> SpatialMap? {
        let draws = DrawKey(seed: 1, sample: "a").draws(at: "0")
        for case .geometry(let map, _) in try affine.operations(
            affine.draw(draws, in: scene), draws: draws, in: scene)
        {
            return map
        }
        return nil
    }

    /// Where a place of the grid lies in space, from the center.
    private func space(_ p: SIMD3<Double>, _ scene: Scene) -> SIMD3<Double> {
        let (q, d) = ((p - scene.size.center) * SIMD3(0.7, 0.8, 2.5), scene.direction ?? .identity)
        return d.x * q.x + d.y * q.y + d.z * q.z
    }

    @Test(arguments: sheared) func `turns on a sheared grid are rigid`(direction: Direction) throws {
        var affine = Affine()
        affine.rotate = [.fixed(20), .fixed(-35), .fixed(50)]
        let scene = scene(direction)
        let map = try #require(try map(affine, in: scene))
        let places = [SIMD3(3, 4, 5), SIMD3(20, 8, 2), SIMD3(15, 25, 12), SIMD3(30, 1, 9)].map { $0 + 0.25 }
        for a in places {
            for b in places {
                let before = space(map.source(of: a), scene) - space(map.source(of: b), scene)
                let after = space(a, scene) - space(b, scene)
                #expect(abs((before * before).sum() - (after * after).sum()) < 1e-6)
            }
        }
    }

    @Test(arguments: sheared) func `twelve times thirty degrees are nothing`(direction: Direction) throws {
        for axis in 0..<3 {
            var affine = Affine()
            affine.rotate = [.fixed(0), .fixed(0), .fixed(0)]
            affine.rotate[axis] = .fixed(30)
            var scene = scene(direction)
            var total = SpatialMap(outputSize: scene.size)
            for _ in 0..<12 {
                let next = try #require(try map(affine, in: scene))
                total = total.composed(with: next)
                scene.follow(next)
            }
            for p in [SIMD3(3.5, 4, 5), SIMD3(20, 8.25, 2), SIMD3(15, 25, 12)] {
                #expect((total.source(of: p) - p).max() < 1e-9 && (total.source(of: p) - p).min() > -1e-9)
            }
        }
    }

    @Test func `upright grids are turned by their spacing, to the last bit`() throws {
        var affine = Affine()
        (affine.rotate, affine.shear) = ([.fixed(20), .fixed(-35), .fixed(50)], [.fixed(7)])
        let oblique = Direction(x: SIMD3(0.6, 0.8, 0), y: SIMD3(-0.8, 0.6, 0), z: SIMD3(0, 0, 1))
        let plain = try map(affine, in: scene(nil))
        #expect(plain != nil)
        #expect(try map(affine, in: scene(.identity)) == plain)
        #expect(try map(affine, in: scene(oblique)) == plain)
        let spacing = SIMD3(0.7, 0.8, 2.5)
        let linear = AffineMap.rotation(degrees: SIMD3(20, -35, 50)) * .shear(xDegrees: 7, yDegrees: 0)
        let moved = AffineMap.scale(1 / spacing) * (linear * .scale(SIMD3(1, 1, 1))) * .scale(spacing)
        let size = SpatialSize(x: 31, y: 27, z: 15)
        #expect(try SpatialMap(outputSize: size, pushing: moved.about(size.center)) == plain)
    }

    @Test func `shifts in millimetres follow the spacing`() throws {
        var (millimetres, pixels) = (Affine(), Affine())
        millimetres.translateMillimetres = [.fixed(1.4), .fixed(-0.8), .fixed(5)]
        pixels.translatePixels = [.fixed(2), .fixed(-1), .fixed(2)]
        #expect(try map(millimetres, in: scene(.identity)) == map(pixels, in: scene(.identity)))
        var unknown = scene(nil)
        unknown.spacingMillimetres = nil
        #expect(throws: AugmentError.self) { try map(millimetres, in: unknown) }
        #expect(throws: Never.self) { try map(pixels, in: unknown) }
    }

    @Test(arguments: [0, 3e-10]) func `whole pixels move what is not a number as it is`(rounding: Double) throws {
        var volume = Image<Float>(axes: [.z, .y, .x], sizes: [4, 5, 6], color: .gray)
        for z in 0..<4 { for y in 0..<5 { for x in 0..<6 { volume[z, y, x] = Float(100 * z + 10 * y + x) } } }
        (volume[2, 2, 2], volume[1, 3, 4]) = (.nan, .infinity)
        var affine = Affine()
        affine.translatePixels = [.fixed(1 + rounding), .fixed(-2), .fixed(1)]
        affine.reading.fill = -7
        let found = try applied(affine, to: .float32(volume)).converted(to: Float.self)
        for z in 0..<4 {
            for y in 0..<5 {
                for x in 0..<6 {
                    let isInside = z >= 1 && y + 2 < 5 && x >= 1
                    let expected = isInside ? volume[z - 1, y + 2, x - 1] : -7
                    #expect(found[z, y, x].bitPattern == expected.bitPattern)
                }
            }
        }
    }

    @Test(arguments: [
        ("{affine: {rotate: [10, 20]}}", "affine with one angle about z or three about x, y, z, found 2"),
        ("{affine: {shear: [1, 2, 3]}}", "affine with one angle of shear or two, of x and of y, found 3"),
    ])
    func `angles that mean nothing are refused where they are written`(step: String, message: String) {
        let error = #expect(throws: AugmentError.self) { try transform(step) }
        #expect(error?.description.hasSuffix(message) == true)
    }

    /// The field of a grid of 1 mm, seen by grids of other spacings.
    @Test func `Gaussian bends in millimetres are the same in space at every spacing`() throws {
        var elastic = ElasticGaussian()
        (elastic.alpha, elastic.sigma, elastic.unit) = (.fixed(60), .fixed(3), .millimetres)
        let draws = DrawKey(seed: 3, sample: "a").draws(at: "0")
        func source(_ place: SIMD3<Double>, _ spacing: SIMD3<Double>) throws -> SIMD3<Double> {
            let extent = SIMD3(24, 30, 18) / spacing
            var scene = scene(.identity)
            scene.size = SpatialSize(x: Int(extent.x), y: Int(extent.y), z: Int(extent.z))
            scene.spacingMillimetres = spacing
            let operations = try elastic.operations(elastic.draw(draws, in: scene), draws: draws, in: scene)
            guard case .geometry(let map, _)? = operations.first else { return .zero }
            return map.source(of: place / spacing) * spacing
        }
        var plain = elastic
        plain.unit = .pixels
        var largest = 0.0
        for place in [SIMD3(3.5, 4, 5), SIMD3(20, 8.25, 2), SIMD3(15, 25, 12)] {
            let one = try source(place, .one)
            for spacing in [SIMD3(0.5, 0.5, 0.5), SIMD3(0.75, 1, 3)] {
                let other = try source(place, spacing) - one
                #expect((other * other).sum().squareRoot() < 1e-4)
            }
            largest = max(largest, (one - place).max())
            let millimetres = elastic
            elastic = plain
            #expect(try source(place, .one) == one)
            elastic = millimetres
        }
        #expect(largest > 0.2)
        var unknown = scene(nil)
        unknown.spacingMillimetres = nil
        #expect(throws: AugmentError.self) {
            try elastic.operations(elastic.draw(draws, in: unknown), draws: draws, in: unknown)
        }
    }
}
