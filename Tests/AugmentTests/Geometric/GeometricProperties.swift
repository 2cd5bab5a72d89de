import Foundation
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Geometric transforms")
struct GeometricProperties {
    private typealias Make = GeometricSample

    @Test(arguments: GeometricCase.all)
    func theSameKeyGivesTheSameBytesForAnyNumberOfThreads(test: GeometricCase) throws {
        let (pipeline, sample) = (try Make.pipeline(test.step), test.sample)
        let first = try pipeline.apply(to: sample, key: Make.key(3))
        for workers in [2, 8] {
            #expect(try pipeline.apply(to: sample, key: Make.key(3), workers: workers).sample == first.sample)
        }
        let batch = pipeline.apply(toBatch: (2..<5).map { (sample, Make.key($0)) }, workers: 8)
        #expect(try batch[1].get().sample == first.sample)
    }

    @Test(arguments: GeometricCase.all)
    func replayOfAWrittenRecordGivesTheSameBytes(test: GeometricCase) throws {
        let (pipeline, sample) = (try Make.pipeline(test.step), test.sample)
        let first = try pipeline.apply(to: sample, key: Make.key(4))
        let text = try JSONEncoder().encode(first.record)
        let again = try pipeline.replay(try JSONDecoder().decode(Record.self, from: text), on: sample)
        #expect(again.sample == first.sample)
        #expect(again.geometry == first.geometry)
    }

    @Test(arguments: GeometricCase.all)
    func brokenRecordsAreErrors(test: GeometricCase) throws {
        let pipeline = try Make.pipeline(test.step)
        let record = try pipeline.apply(to: test.sample, key: Make.key(4)).record
        guard record.steps.contains(where: { !$0.values.numbers.isEmpty }), !test.step.contains("affine: {r"),
            !test.step.contains("flip")
        else { return }
        for broken in [[Double.nan], [1e300], [1e300, 1e300, 1e300, 1e300]] {
            var record = record
            for name in record.steps[0].values.numbers.keys { record.steps[0].values.numbers[name] = broken }
            #expect(throws: AugmentError.self) { _ = try pipeline.replay(record, on: test.sample) }
        }
    }

    @Test(arguments: GeometricCase.all)
    func labelsStayLabels(test: GeometricCase) throws {
        let pipeline = try Make.pipeline(test.step)
        for seed in 0..<4 {
            let result = try pipeline.apply(to: test.sample, key: Make.key(seed)).sample
            #expect(Set(Make.values(result.labels[0])).isSubset(of: [0, 3, 7]))
            #expect(result.labels[0].layout.sizes == result.images[0].layout.sizes)
            #expect(result.labels[0].kind == .uint8)
        }
    }

    @Test(arguments: GeometricCase.moving)
    func boxesAndPointsAgreeWithTheMaskTheyCameFrom(test: GeometricCase) throws {
        let pipeline = try Make.pipeline(test.step)
        for seed in 0..<4 {
            let augmented = try pipeline.apply(to: test.sample, key: Make.key(seed))
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
        }
    }

    @Test(arguments: GeometricCase.moving)
    func theInverseBringsPointsBack(test: GeometricCase) throws {
        let geometry = try Make.pipeline(test.step).apply(to: test.sample, key: Make.key(7)).geometry
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

    @Test(arguments: GeometricCase.moving)
    func theInverseBringsTheImageBack(test: GeometricCase) throws {
        let result = try Make.pipeline(test.step).apply(to: test.sample, key: Make.key(1))
        let size = test.isVolume ? Make.volumeSize : Make.size
        let map = try result.geometry.inverse(outputSize: size)
        let back = try result.sample.images[0].rendered(
            map: map, interpolation: .linear, border: .replicate, operations: [], kind: .float64,
            axes: test.sample.images[0].layout.axes, workers: 1)
        let (old, new) = (Make.values(test.sample.images[0]), Make.values(back))
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

    @Test(arguments: [
        "{rotate90: {k: {choice: [0, 4, -8]}}}", "affine", "{perspective: {scale: 0}}",
        "{elastic: {max_displacement: 0}}",
        "{elastic_gaussian: {alpha: 0}}", "{grid_distortion: {limit: 0}}", "{optical_distortion: {k: 0}}",
        "{piecewise_affine: {deviation: 0}}", "{random_crop: {size: [44, 34]}}", "{center_crop: {size: [44, 34]}}",
        "{crop_or_pad: {size: [44, 34]}}", "pad",
        "{resized_crop: {size: [44, 34], scale: 1, ratio: 1.2941176470588236}}",
        "{crop_nonempty: {size: [44, 34]}}", "{crop_by_label: {size: [44, 34]}}", "{crop_by_class: {size: [44, 34]}}",
        "{weighted_crop: {size: [44, 34]}}", "{resize: {size: [44, 34]}}", "{zoom: {factor: 1}}",
        "{zoom: {factor: 1, keep_size: false}}", "{low_resolution: {scale: 1}}", "{downscale: {scale: 1}}",
    ])
    func parametersThatChangeNothingKeepTheBytes(step: String) throws {
        let sample = Make.picture()
        for seed in 0..<3 {
            let result = try Make.pipeline(step).apply(to: sample, key: Make.key(seed))
            #expect(result.sample == sample)
            #expect(result.geometry.stages.isEmpty)
        }
    }

    @Test(arguments: ["{anisotropy: {factor: 1}}", "{spacing: {spacing: [1, 1.25, 2.5]}}", "orientation"])
    func parametersThatChangeNothingKeepTheBytesOfVolumes(step: String) throws {
        let sample = Make.volume()
        #expect(try Make.pipeline(step).apply(to: sample, key: Make.key(1)).sample == sample)
    }

    @Test(arguments: [
        "{affine: {rotate: {uniform: [-20, 20]}, shear: {uniform: [-9, 9]}, translate: {uniform: [-0.1, 0.1]}}}",
        "{perspective: {scale: 0.1}}", "elastic", "{elastic_gaussian: {alpha: 40, sigma: 5}}", "grid_distortion",
        "optical_distortion", "{piecewise_affine: {deviation: 0.1}}", "zoom",
    ])
    func displacementsHaveNoBias(step: String) throws {
        let pipeline = try Make.pipeline(step)
        let size = SpatialSize(x: 96, y: 80)
        let scene = Scene(
            size: size, isVolume: false, channels: 1, color: .gray, domain: .unspecified, kind: .uint8,
            spacingMillimetres: nil)
        let transform = try #require(pipeline.transform(at: "0"))
        var (sum, squares, count) = (SIMD2<Double>.zero, 0.0, 0.0)
        for seed in 0..<300 {
            let draws = Make.key(seed).draws(at: "0").part(transform.typeName)
            let operations = try transform.operations(transform.draw(draws, in: scene), draws: draws, in: scene)
            guard case .geometry(let map, _)? = operations.first else { continue }
            // One number for each key: places of one map are not independent.
            var mean = SIMD2<Double>.zero
            for y in stride(from: 10.0, through: 70, by: 20) {
                for x in stride(from: 12.0, through: 84, by: 24) {
                    let moved = map.source(of: SIMD3(x, y, 0.5)) - SIMD3(x, y, 0.5)
                    mean += SIMD2(moved.x, moved.y) / 16
                    squares += (moved * moved).sum() / 16
                }
            }
            sum += mean
            count += 1
        }
        let mean = sum / count
        let deviation = (squares / count).squareRoot()
        #expect(deviation > 0.2)
        #expect((mean * mean).sum().squareRoot() < 4 * deviation / count.squareRoot())
        #expect((mean * mean).sum().squareRoot() < 0.35)
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
