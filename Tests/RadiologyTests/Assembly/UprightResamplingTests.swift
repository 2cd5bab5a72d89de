import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Voxels of tilted series on an upright grid.
struct UprightResamplingTests {
    private func read(
        _ series: TortureSeries, slope: Double, fill: Double? = nil, _ stored: (DICOMTestSlice, Int, Int) -> Int
    ) throws -> Volume {
        let folder = try ScratchFolder()
        for (number, slice) in series.slices.enumerated() {
            var slice = slice
            slice.slope = slope
            let pixels = (0..<slice.rows).flatMap { y in (0..<slice.columns).map { UInt16(stored(slice, $0, y)) } }
            slice.extra[0x7FE0_0010] = .words("OW", pixels)
            _ = try folder.write(slice.file(series: series.seriesUID), to: "\(number)")
        }
        var options = VolumeOptions(policy: .resample)
        options.insertedValue = fill
        return try VolumeReader(folder: folder.url.path, options: options).volume()
    }

    /// The row of a slice at a place of the grid, and whether the slice has the samples that it needs.
    private func row(_ series: TortureSeries, _ slice: Int, at place: SIMD3<Double>) -> (row: Double, isInside: Bool) {
        let offset = place - series.position(of: slice)
        let row = (series.columnDirection * offset).sum() / DICOMTestSlice.rowSpacing
        return (row, row > -0.01 && row < 9.01)
    }

    @Test(arguments: [nil, -7])
    func `a volume of one value has that value and the fill`(fill: Double?) throws {
        let series = TortureSeries([.gantryTilt])
        let volume = try read(series, slope: 1, fill: fill) { _, _, _ in 1064 }
        let geometry = try #require(volume.geometry)
        let (depth, height, width) = (volume.image.depth, volume.image.height, volume.image.width)
        var expected: [Double] = []
        for z in 0..<depth {
            for y in 0..<height {
                let place = geometry.position(x: 0, y: Double(y), z: Double(z))
                let value = row(series, z, at: place).isInside ? 40 : fill ?? -1024
                expected += Array(repeating: value, count: width)
            }
        }
        #expect(numbers(volume.image) == expected)
        // One slice of ten whole rows, 19 of nine between them.
        #expect(expected.filter { $0 == 40 }.count == 12 * (10 + 19 * 9))
    }

    /// The first sample of every slice of an irregular series on its grid, each slice of one value.
    private func resampled<Scalar: NumericScalar>(_ value: (Int) -> Scalar) throws -> [Scalar] {
        let folder = try ScratchFolder()
        try TortureSeries([.variableSpacing]).write(to: folder)
        var volume = try VolumeReader(folder: folder.url.path).volume()
        let (sizes, geometry) = (volume.image.sizes, volume.geometry)
        let plane = sizes[1] * sizes[2]
        var image = Image<Scalar>(axes: [.z, .y, .x], sizes: sizes) { samples in
            for i in 0..<samples.count { samples[i] = value(i / plane) }
        }
        image.geometry = geometry
        volume.image = AnyImage(image)
        let result = try volume.resampledToUprightGrid().image
        #expect(result.kind == Scalar.kind && result.sizes == [50, sizes[1], sizes[2]])
        let numbers = result.converted(to: Scalar.self).contiguous()
        return (0..<50).map { numbers.samples[$0 * plane] }
    }

    /// Slices 0 to 9 are ten steps, those behind lie four steps apart.
    @Test func `integers of 32 and 64 bits and doubles keep their precision`() throws {
        // Beyond the 24 bits of Float; every step of the grid is one more.
        func place(_ slice: Int) -> Int { slice < 10 ? slice : 9 + 4 * (slice - 9) }
        func integer(_ place: Int) -> UInt32 { UInt32(16_777_217 + 5 * place) }
        let integers: [UInt32] = try resampled { integer(place($0)) }
        let expectedIntegers: [UInt32] = (0..<50).map { integer($0) }
        #expect(integers == expectedIntegers)
        func double(_ place: Int) -> Double { 1 + Double(place) * 0x1p-40 }
        let doubles: [Double] = try resampled { double(place($0)) }
        let expectedDoubles: [Double] = (0..<50).map { double($0) }
        #expect(doubles == expectedDoubles)
        // Beyond the 53 bits of Double: what lies on a slice is copied.
        func long(_ slice: Int) -> Int64 { (1 << 60) + Int64(slice) }
        let longs: [Int64] = try resampled { long($0) }
        for slice in 0..<20 { #expect(longs[place(slice)] == long(slice)) }
    }

    @Test func `the origin of another grid is said to be computed`() throws {
        let series = TortureSeries([.gantryTilt])
        let leaning = try read(series, slope: 1) { _, _, _ in 0 }
        // Slices that follow each other down the rows begin where the grid does.
        #expect(leaning.reasons.origin == .imagePosition && leaning.geometry?.originMillimetres == series.origin)
        let folder = try ScratchFolder()
        try series.write(to: folder)
        var other = try VolumeReader(folder: folder.url.path).volume()
        for z in other.slices.indices {
            let offset = series.position(of: z) - series.origin
            let lean = series.columnDirection * (series.columnDirection * offset).sum()
            other.slices[z].positionMillimetres = series.position(of: z) - lean * 2
        }
        let resampled = try other.resampledToUprightGrid()
        #expect(resampled.reasons.origin == .resampled && resampled.geometry?.originMillimetres != series.origin)
        #expect(VolumeChoices(resampled).origin.words.contains("resampling"))
        let irregular = try read(TortureSeries([.variableSpacing]), slope: 1) { _, _, _ in 0 }
        #expect(irregular.reasons.origin == .imagePosition)
        #expect(irregular.geometry?.originMillimetres == TortureSeries([.variableSpacing]).origin)
    }

    @Test(arguments: [[.gantryTilt], [.gantryTilt, .variableSpacing]] as [Set<TortureCase>])
    func `what is linear in space stays linear up to the last samples that exist`(cases: Set<TortureCase>) throws {
        let series = TortureSeries(cases)
        // A fraction as slope makes floats of the samples.
        let volume = try read(series, slope: 0.5) { slice, x, y in
            Int(3 * Double(x) + 40 * Double(y) + 7 * series.steps(to: slice.index))
        }
        let geometry = try #require(volume.geometry)
        let samples = numbers(volume.image)
        let (height, width) = (volume.image.height, volume.image.width)
        let steps = series.slices.indices.map { series.steps(to: $0) }
        #expect(volume.image.kind == .float32 && volume.image.depth == Int(steps[19]) + 1)
        for z in 0..<volume.image.depth {
            let above = try #require(steps.firstIndex { $0 >= Double(z) })
            let below = steps[above] == Double(z) ? above : above - 1
            for y in 0..<height {
                let place = geometry.position(x: 0, y: Double(y), z: Double(z))
                let sides = [below, above].map { row(series, $0, at: place) }
                let isInside = sides.allSatisfy(\.isInside)
                // Seen from the first slice, a row moves by the lean of each step.
                let lean = row(series, 0, at: series.origin + series.step).row
                let line = row(series, 0, at: place).row - lean * Double(z)
                for x in 0..<width {
                    let linear = 0.5 * (3 * Double(x) + 40 * line + 7 * Double(z)) - 1024
                    let found = samples[(z * height + y) * width + x]
                    #expect(abs(found - (isInside ? linear : -1024)) < 0.01, "voxel \(x), \(y), \(z)")
                }
            }
        }
        #expect(samples.contains(-1024))
    }
}
