import ImageCore
import Radiology
import TestSupport
import Testing

/// Contours in planes at an angle to the slices, against the solid that they describe.
@Suite struct ObliqueContoursTests {
    private let scene = RegionScene()

    /// A box with axes of its own: the extents are chosen so that no voxel's center lies on its surface.
    private struct Solid {
        var center: SIMD3<Double>
        var axes: [SIMD3<Double>]
        var half: SIMD3<Double>

        /// Contours in planes 1 mm apart along the third axis, covering half a millimetre to either side.
        var contours: [RegionContour] {
            let count = Int(half.z)
            return (-count...count).map { index in
                let middle = center + axes[2] * Double(index)
                return RegionContour(
                    closed: [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { x, y in
                        middle + axes[0] * (x * half.x) + axes[1] * (y * half.y)
                    })
            }
        }

        func contains(_ point: SIMD3<Double>) -> Bool {
            let away = point - center
            func dot(_ a: SIMD3<Double>) -> Double { (a * away).sum() }
            return abs(dot(axes[0])) < half.x && abs(dot(axes[1])) < half.y
                && abs(dot(axes[2])) < half.z.rounded(.down) + 0.5
        }
    }

    private func expected(_ solid: Solid) -> Set<Voxel> {
        Voxel.box(0...29, 0...23, 0...7).filter {
            solid.contains(RegionScene.point(Double($0.x), Double($0.y), Double($0.z)))
        }
    }

    /// Axes turned by an angle around an axis of the slices; 90° is a plane upright on the slices.
    private func axes(_ degrees: Double, around index: Int) -> [SIMD3<Double>] {
        let orientation = RegionScene.orientation
        let (c, s) = (cos(degrees), sin(degrees))
        let all = [orientation.x, orientation.y, orientation.normal]
        let (fixed, a, b) = (all[index], all[(index + 1) % 3], all[(index + 2) % 3])
        var turned = [fixed, fixed, fixed]
        turned[(index + 1) % 3] = a * c + b * s
        turned[(index + 2) % 3] = b * c - a * s
        return turned
    }

    private func cos(_ degrees: Double) -> Double { sin(degrees + 90) }

    /// The sine by its series, so that the test needs no other module.
    private func sin(_ degrees: Double) -> Double {
        let x = degrees * .pi / 180
        var (term, sum) = (x, x)
        for n in 1..<20 {
            term *= -x * x / Double(2 * n * (2 * n + 1))
            sum += term
        }
        return sum
    }

    @Test(arguments: [10.0, 33.3, 60, 90], [0, 1])
    func `tilted and upright planes give the voxels of the solid`(degrees: Double, around: Int) throws {
        let solid = Solid(
            center: RegionScene.point(14.37, 11.29, 3.61), axes: axes(degrees, around: around),
            half: SIMD3(6.137, 5.219, 7.1))
        let labels = try scene.labels(solid.contours)
        let found = labels.voxels(1)
        #expect(found == expected(solid), "\(found.symmetricDifference(expected(solid)).count) differ")
        #expect(found.count > 300 && labels.kinds == ["obliquePlanes"])
    }

    @Test func `an inner ring is a hole in oblique planes, too`() throws {
        var outer = Solid(
            center: RegionScene.point(14.37, 11.29, 3.61), axes: axes(40, around: 0), half: SIMD3(6.137, 5.219, 7.1))
        let whole = expected(outer)
        let rings = outer.contours
        outer.half = SIMD3(3.033, 2.511, 7.1)
        let labels = try scene.labels(rings + outer.contours)
        #expect(labels.voxels(1) == whole.subtracting(expected(outer)))
    }

    @Test func `planes of different directions are told and not painted`() throws {
        let (center, half) = (RegionScene.point(14.37, 11.29, 3.61), SIMD3(6.137, 5.219, 7.1))
        let first = Solid(center: center, axes: axes(40, around: 0), half: half)
        let second = Solid(center: center, axes: axes(40, around: 1), half: half - 1)
        let labels = try scene.labels(first.contours + second.contours)
        #expect(labels.voxels(1) == expected(first))
        #expect(labels.defects.contains { $0.kind == .notPlanar && $0.severity == .error })
    }
}
