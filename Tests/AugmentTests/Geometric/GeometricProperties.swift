import Foundation
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Geometric transforms")
struct GeometricProperties {
    private typealias Make = GeometricSample

    @Test(arguments: TransformCase.moving)
    func boxesAndPointsAgreeWithTheMaskTheyCameFrom(test: TransformCase) throws {
        let (pipeline, start) = (try test.setting.pipeline(test.input), test.input.sample)
        var asked = 0
        for seed in 0..<6 {
            let augmented = try pipeline.apply(to: start, key: Make.key(seed))
            let result = augmented.sample
            guard let mask = MaskExtent(of: result.labels[0], label: 7), !mask.touchesBorder else { continue }
            let found = try #require(result.boxes.first)
            // A pixel of the source may be larger than one of the result, and bent edges have their extremes between samples.
            let tolerance = 1.6
            // The middle of a bent box is not its bent middle.
            let pointTolerance = augmented.geometry.affine == nil ? 1.5 : 0.75
            for axis in 0..<(test.isVolume ? 3 : 2) {
                #expect(abs(found.lower[axis] - mask.lower[axis]) < tolerance)
                #expect(abs(found.upper[axis] - mask.upper[axis]) < tolerance)
                #expect(abs(result.points[0][axis] - mask.center[axis]) < pointTolerance)
            }
            asked += 1
        }
        #expect(asked > 0)
    }

    @Test(arguments: TransformCase.moving)
    func theInverseBringsPointsBack(test: TransformCase) throws {
        let geometry = try test.setting.pipeline(test.input).apply(to: test.input.sample, key: Make.key(7)).geometry
        let size = test.isVolume ? Make.volumeSize : Make.size
        let back = try geometry.inverse(outputSize: size)
        for part in [0.3, 0.45, 0.5, 0.62, 0.7] {
            var point = SIMD3(Double(size.x) * part, Double(size.y) * (1 - part), Double(size.z) * (part * 0.9))
            if !test.isVolume { point.z = 0.5 }
            let target = try #require(geometry.target(of: point))
            #expect(distance(geometry.source(of: target), point) < 1e-3)
            #expect(distance(back.source(of: point), target) < 1e-3)
        }
    }

    @Test(arguments: TransformCase.moving)
    func theInverseBringsTheImageBack(test: TransformCase) throws {
        let result = try test.setting.pipeline(test.input).apply(to: test.input.sample, key: Make.key(1))
        let size = test.isVolume ? Make.volumeSize : Make.size
        let map = try result.geometry.inverse(outputSize: size)
        let back = try result.sample.images[0].rendered(
            map: map, interpolation: .linear, border: .replicate, operations: [], kind: .float64,
            axes: test.input.sample.images[0].layout.axes, workers: 1)
        let (old, new) = (Make.values(test.input.sample.images[0]), Make.values(back))
        let seen = result.geometry.outputSize
        var (sum, count) = (0.0, 0)
        for i in old.indices {
            let place = SIMD3(
                Double(i % size.x) + 0.5, Double(i / size.x % size.y) + 0.5, Double(i / (size.x * size.y)) + 0.5)
            let target = map.source(of: place)
            // Two pixels from the border of what was seen and of the source, beyond which is the fill.
            guard place.x > 2, place.y > 2, place.x < Double(size.x - 2), place.y < Double(size.y - 2),
                !test.isVolume || place.z > 2 && place.z < Double(size.z - 2), target.x > 2, target.y > 2,
                target.x < Double(seen.x - 2), target.y < Double(seen.y - 2),
                !test.isVolume || target.z > 2 && target.z < Double(seen.z - 2)
            else { continue }
            sum += (old[i] - new[i]) * (old[i] - new[i])
            count += 1
        }
        let peak = test.isVolume ? 510.0 : 255
        #expect(count > 50)
        #expect(10 * log10(peak * peak / max(sum / Double(max(1, count)), 1e-9)) > 30)
    }

    private static let bends = [
        "elastic", "{elastic_gaussian: {alpha: 40, sigma: 4}}", "grid_distortion",
        "{piecewise_affine: {deviation: 0.1}}",
        "{thin_plate: {deviation: 0.04}}", "{optical_distortion: {k: {uniform: [-0.2, 0.2]}}}", "zoom",
        "{affine: {rotate: {uniform: [-20, 20]}, shear: {uniform: [-9, 9]}, translate: {uniform: [-0.1, 0.1]}}}",
        "{perspective: {scale: 0.1}}",
    ]

    @Test(arguments: bends, [false, true])
    func displacementsHaveNoBias(step: String, isVolume: Bool) throws {
        let size = isVolume ? SpatialSize(x: 26, y: 24, z: 22) : SpatialSize(x: 60, y: 48)
        let scene = Scene(
            size: size, isVolume: isVolume, channels: 1, color: .gray, domain: .unspecified, kind: .uint8,
            spacingMillimetres: nil)
        let transform = try #require(try Make.pipeline(step).transform(at: "0"))
        let places = places(in: size, isVolume)
        var means: [SIMD3<Double>] = []
        var squares = SIMD3<Double>.zero
        for seed in 0..<150 {
            let draws = Make.key(seed).draws(at: "0").part(transform.typeName)
            let operations = try transform.operations(transform.draw(draws, in: scene), draws: draws, in: scene)
            guard case .geometry(let map, _)? = operations.first else { continue }
            // One number for each key: places of one map are not independent.
            let moves = places.map { map.source(of: $0) - $0 }
            means.append(moves.reduce(.zero, +) / Double(places.count))
            squares += moves.map { $0 * $0 }.reduce(.zero, +) / Double(places.count)
        }
        let count = Double(means.count)
        let mean = means.reduce(.zero, +) / count
        let spread = means.map { ($0 - mean) * ($0 - mean) }.reduce(.zero, +) / count
        #expect(count > 100)
        #expect((squares / count).sum().squareRoot() > 0.15)
        for axis in 0..<3 {
            #expect(abs(mean[axis]) < 4 * (spread[axis] / count).squareRoot() + 0.02)
            #expect(abs(mean[axis]) < 0.3)
        }
    }

    /// Places on both sides of the center, the same number on each.
    private func places(in size: SpatialSize, _ isVolume: Bool) -> [SIMD3<Double>] {
        let parts = [0.14, 0.38, 0.62, 0.86]
        let extent = SIMD3(Double(size.x), Double(size.y), Double(size.z))
        return parts.flatMap { x in
            parts.flatMap { y in (isVolume ? parts : [0.5]).map { z in SIMD3(x, y, z) * extent } }
        }
    }
}

private func distance(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { ((a - b) * (a - b)).sum().squareRoot() }

/// What a label covers.
private struct MaskExtent {
    var lower = SIMD3<Double>(repeating: .infinity)
    var upper = SIMD3<Double>(repeating: -.infinity)
    var center = SIMD3<Double>.zero
    var touchesBorder = false

    init?(of labels: AnyImage, label: Double) {
        let size = labels.spatialSize
        let values = GeometricSample.values(labels)
        var count = 0.0
        for i in values.indices where values[i] == label {
            let corner = SIMD3(Double(i % size.x), Double(i / size.x % size.y), Double(i / (size.x * size.y)))
            lower = pointwiseMin(lower, corner)
            upper = pointwiseMax(upper, corner + 1)
            center += corner + 0.5
            count += 1
        }
        guard count > 0 else { return nil }
        center /= count
        let end = SIMD3(Double(size.x), Double(size.y), Double(size.z))
        touchesBorder =
            lower.x == 0 || lower.y == 0 || upper.x == end.x || upper.y == end.y
            || size.z > 1 && (lower.z == 0 || upper.z == end.z)
    }
}
