import ImageCore
import ImageProcessing
import TestSupport
import Testing

@Suite struct ResampledVolumeTests {
    private static let spacings: [SIMD3<Double>] = [
        SIMD3(1, 1, 1), SIMD3(0.35, 1.6, 5), SIMD3(2.1, 0.4, 0.9), SIMD3(100, 100, 100), SIMD3(0.7, 0.8, 2.5),
    ]

    private static func expectCovers(_ volume: Image<Int16>, _ result: Image<Int16>, _ spacing: SIMD3<Double>) throws {
        let (old, new) = (try #require(volume.geometry), try #require(result.geometry))
        #expect(new.spacingMillimetres == spacing)
        for (i, axis) in [Axis.x, .y, .z].enumerated() {
            let (before, after) = (
                Double(volume.layout.size(of: axis)) * old.spacingMillimetres[i],
                Double(result.layout.size(of: axis)) * spacing[i]
            )
            #expect(abs(before - after) <= max(spacing[i] / 2, spacing[i] - before) + 1e-9)
        }
        func center(_ image: Image<Int16>, _ geometry: Geometry) -> SIMD3<Double> {
            geometry.position(
                x: Double(image.width - 1) / 2, y: Double(image.height - 1) / 2, z: Double(image.depth - 1) / 2)
        }
        let shift = center(volume, old) - center(result, new)
        #expect((shift * shift).sum() < 1e-18)
    }

    @Test(arguments: spacings)
    func `the volume stays where it is and constants stay constant`(spacing: SIMD3<Double>) throws {
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [5, 7, 9], repeating: -871)
        volume.geometry = .oblique
        volume.domain = .hounsfield
        let result = try volume.resampled(toSpacingMillimetres: spacing)
        try Self.expectCovers(volume, result, spacing)
        #expect(result.values.allSatisfy { $0 == -871 })
        #expect(result.domain == .hounsfield)
        let doubles = try volume.converted(to: Double.self).resampled(toSpacingMillimetres: spacing)
        #expect(doubles.values.allSatisfy { abs($0 + 871) < 1e-9 })
    }

    @Test(arguments: spacings)
    func `labels come out as they went in`(spacing: SIMD3<Double>) throws {
        var labels = Image<UInt16>.randomVolume(
            depth: 5, height: 6, width: 7, in: 0...60000, geometry: .oblique, seed: 5)
        labels.domain = .labels
        let known = Set(labels.values)
        for interpolation in [VolumeInterpolation.linear, .nearest] {
            let result = try labels.resampled(toSpacingMillimetres: spacing, interpolation: interpolation)
            #expect(Set(result.values).isSubset(of: known))
            #expect(result.domain == .labels)
        }
        labels.domain = .unspecified
        let nearest = try labels.resampled(toSpacingMillimetres: spacing, interpolation: .nearest)
        #expect(Set(nearest.values).isSubset(of: known))
        let mask = Image<Bool>.randomVolume(
            depth: 5, height: 6, width: 7, density: 0.5, geometry: .oblique, seed: 6)
        #expect(try mask.resampled(toSpacingMillimetres: spacing).sizes == nearest.sizes)
    }

    @Test func `a nearest sample is the one that holds the center`() throws {
        let volume = Image<Int32>.randomVolume(
            depth: 4, height: 5, width: 6, in: 0...10_000_000, geometry: .oblique, seed: 9)
        let result = try volume.resampled(toSpacingMillimetres: SIMD3(0.31, 0.55, 3.3), interpolation: .nearest)
        let (old, new) = (try #require(volume.geometry), try #require(result.geometry))
        #expect(result.count > 200)
        for (i, value) in result.values.enumerated() {
            let (x, y, z) = (i % result.width, i / result.width % result.height, i / (result.width * result.height))
            let place = try #require(old.index(at: new.position(x: Double(x), y: Double(y), z: Double(z))))
            // A center on the edge of two samples may go either way by rounding.
            if (0..<3).contains(where: { abs(place[$0] - place[$0].rounded(.down) - 0.5) < 1e-6 }) { continue }
            let index = (0..<3).map { Int((place[$0] + 0.5).rounded(.down)) }
            let inside = (min(max(index[0], 0), 5), min(max(index[1], 0), 4), min(max(index[2], 0), 3))
            #expect(value == volume[inside.2, inside.1, inside.0])
        }
    }

    @Test func `a linear ramp in space stays the same ramp inside`() throws {
        let slope = SIMD3(3.0, -2.0, 0.5)
        var volume = Image<Double>(axes: [.z, .y, .x], sizes: [8, 9, 10])
        volume.geometry = .oblique
        let old = Geometry.oblique
        for z in 0..<8 {
            for y in 0..<9 {
                for x in 0..<10 {
                    volume[z, y, x] = (slope * old.position(x: Double(x), y: Double(y), z: Double(z))).sum()
                }
            }
        }
        // Finer along x, as it was along y, half as fine along z: the mean of two is the ramp at their middle.
        let result = try volume.resampled(toSpacingMillimetres: SIMD3(0.3, 0.8, 5))
        let new = try #require(result.geometry)
        #expect(result.sizes == [4, 9, 23])
        for z in 0..<4 {
            for y in 0..<9 {
                for x in 0..<23 {
                    let place = new.position(x: Double(x), y: Double(y), z: Double(z))
                    guard let index = old.index(at: place), index.x >= 0, index.x <= 9 else { continue }
                    #expect(abs(result[z, y, x] - (slope * place).sum()) < 1e-9)
                }
            }
        }
    }

    @Test func `coarser samples are means of what they cover`() throws {
        var row = Image<Int16>(axes: [.z, .y, .x], sizes: [1, 1, 6])
        for (i, value) in [-1000, 0, 100, 200, 3000, -1000].enumerated() { row[0, 0, i] = Int16(value) }
        row.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        #expect(try row.resampled(toSpacingMillimetres: SIMD3(2, 1, 1)).values == [-500, 150, 1000])
        #expect(try row.resampled(toSpacingMillimetres: SIMD3(1.5, 1, 1)).values == [-667, 67, 1133, 333])
        #expect(try row.resampled(toSpacingMillimetres: SIMD3(60, 1, 1)).values == [217])
        #expect(try row.resized(width: 3, height: 1, depth: 1).values == [-500, 150, 1000])
        // Twice as fine: a quarter and three quarters between centers, the outermost beyond.
        let fine = try row.resampled(toSpacingMillimetres: SIMD3(0.5, 1, 1)).values
        #expect(fine.prefix(4) == [-1000, -750, -250, 25])
    }

    @Test func `mirroring before and after is the same, on one thread and on many`() throws {
        let volume = Image<Int16>.randomVolume(
            depth: 6, height: 7, width: 9, in: -1000...1000, geometry: .oblique, seed: 11)
        let spacing = SIMD3(0.95, 0.45, 3.1)
        let result = try volume.resampled(toSpacingMillimetres: spacing)
        for axis in [Axis.x, .y, .z] {
            let mirrored = try volume.flipped(axis).resampled(toSpacingMillimetres: spacing).flipped(axis)
            let difference = zip(mirrored.values, result.values).map { abs(Int($0) - Int($1)) }.max()
            #expect((difference ?? 9) <= 1)
        }
        #expect(try volume.resampled(toSpacingMillimetres: spacing, workers: 1).values == result.values)
        #expect(try volume.resampled(toSpacingMillimetres: Geometry.oblique.spacingMillimetres) == volume)
    }

    @Test func `time and channels are resampled each on its own`() throws {
        var volume = Image<UInt8>(axes: [.time, .z, .y, .x, .channel], sizes: [2, 2, 3, 4, 3])
        volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        for t in 0..<2 {
            for c in 0..<3 {
                for i in 0..<24 { volume[t, i / 12, i / 4 % 3, i % 4, c] = UInt8(100 * t + 30 * c + i) }
            }
        }
        let result = try volume.resampled(toSpacingMillimetres: SIMD3(0.5, 1.5, 1))
        #expect(result.sizes == [2, 2, 2, 8, 3])
        for t in 0..<2 {
            for c in 0..<3 {
                let alone = try volume.slice(.time, at: t).slice(.channel, at: c)
                    .resampled(toSpacingMillimetres: SIMD3(0.5, 1.5, 1))
                #expect(alone.values == result.slice(.time, at: t).slice(.channel, at: c).values)
            }
        }
        let planar = try volume.permuted(to: [.channel, .x, .z, .time, .y])
            .resampled(toSpacingMillimetres: SIMD3(0.5, 1.5, 1))
        #expect(planar.axes == [.channel, .x, .z, .time, .y])
        #expect(planar.hasSameSamples(as: result))
    }

    /// What old samples count for in a new one, from the rule in words.
    private static func shares(_ old: Int, _ spacing: Double, _ index: Int, _ new: Int) -> [Double] {
        let margin: Double = (Double(old) - Double(new) * spacing) / 2
        let low: Double = margin + Double(index) * spacing
        let high: Double = low + spacing
        let center: Double = min(max(low + spacing / 2 - 0.5, 0), Double(old - 1))
        var raw: [Double] = []
        for k in 0..<old {
            let covered: Double = min(high, Double(k + 1)) - max(low, Double(k))
            let near: Double = 1 - abs(center - Double(k))
            raw.append(max(0, spacing > 1 ? covered : near))
        }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }

    @Test(arguments: [SIMD3(0.7, 0.4, 0.9), SIMD3(1.6, 1.3, 1.1), SIMD3(2.7, 3.4, 0.5), SIMD3(1, 0.6, 2.2)])
    func `every sample is the sum of its shares, worked out one by one`(spacing: SIMD3<Double>) throws {
        for channels in 1...2 {
            var volume = Image<Int16>(axes: [.z, .y, .x, .channel], sizes: [6, 7, 11, channels])
            var random = SeededGenerator(seed: 77)
            for i in 0..<6 * 7 * 11 * channels {
                let place = i / channels
                volume[place / 77, place / 11 % 7, place % 11, i % channels] = .random(in: -2000...3000, using: &random)
            }
            volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
            let result = try volume.resampled(toSpacingMillimetres: spacing)
            let floats = try volume.converted(to: Float.self).resampled(toSpacingMillimetres: spacing)
            let floatValues = floats.values
            for (i, value) in result.values.enumerated() {
                let (place, channel) = i.quotientAndRemainder(dividingBy: channels)
                let (x, y, z) = (
                    place % result.width, place / result.width % result.height, place / (result.width * result.height)
                )
                let along = [
                    Self.shares(6, spacing.z, z, result.depth), Self.shares(7, spacing.y, y, result.height),
                    Self.shares(11, spacing.x, x, result.width),
                ]
                var sum = 0.0
                for (k, a) in along[0].enumerated() where a > 0 {
                    for (j, b) in along[1].enumerated() where b > 0 {
                        for (i, c) in along[2].enumerated() { sum += a * b * c * Double(volume[k, j, i, channel]) }
                    }
                }
                #expect(abs(Double(value) - sum) < 0.51)
                #expect(abs(Double(floatValues[i]) - sum) < 0.001)
            }
        }
    }

    @Test func `NaN stays where it is`() throws {
        var volume = Image<Float>(axes: [.z, .y, .x], sizes: [1, 1, 4], repeating: 1)
        volume[0, 0, 0] = .nan
        volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        let result = try volume.resampled(toSpacingMillimetres: SIMD3(1, 0.5, 0.5)).values
        #expect(result.filter(\.isNaN).count == 4)
        // The last column but one of the old samples has a share of 0 in the last of the new ones: none at all.
        volume = Image<Float>(axes: [.z, .y, .x], sizes: [1, 1, 4], repeating: 1)
        volume[0, 0, 2] = .infinity
        volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        let ends = try volume.resampled(toSpacingMillimetres: SIMD3(0.5, 1, 1)).values
        #expect(ends.last == 1 && ends.filter(\.isInfinite).count == 4 && !ends.contains { $0.isNaN })
    }

    @Test func `what cannot be resampled says so`() {
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [2, 2, 2])
        #expect(throws: ImageError.self) { try volume.resampled(toSpacingMillimetres: SIMD3(1, 1, 1)) }
        volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        for spacing in [0, -1, .nan, .infinity, 1e-12] {
            #expect(throws: ImageError.self) { try volume.resampled(toSpacingMillimetres: SIMD3(1, spacing, 1)) }
        }
        #expect(throws: ImageError.self) { try volume.resized(width: 0, height: 1, depth: 1) }
        #expect(throws: ImageError.emptyImage) {
            var empty = Image<Int16>(axes: [.z, .y, .x], sizes: [0, 2, 2])
            empty.geometry = volume.geometry
            _ = try empty.resampled(toSpacingMillimetres: SIMD3(1, 1, 1))
        }
    }
}
