import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// All odd series and all pairs of oddities, from files to voxels.
struct VolumeTortureTests {
    @Test(arguments: TortureCase.singlesAndPairs)
    func `an odd series has the typed result that it should have`(cases: Set<TortureCase>) throws {
        let series = TortureSeries(cases)
        let folder = try ScratchFolder()
        try series.write(to: folder)
        let reader = try VolumeReader(folder: folder.url.path)
        #expect(reader.failures.isEmpty)
        let found = try #require(reader.series.first)
        #expect(reader.series.count == 1)
        let expected = Outcome(series)
        let kinds = Set((found.defects + found.stacks.flatMap(\.defects)).map(\.kind))
        #expect(kinds == expected.defects)
        let stacks = found.stacks.filter { $0.sliceCount > 1 }
        #expect(stacks.count == expected.stackCount)
        for stack in stacks { try check(stack, of: found, reader, series, expected) }
        for stack in found.stacks where stack.sliceCount == 1 { try checkLone(stack, of: found, reader, series) }
    }

    /// A slice that stands alone (a localizer, an odd size, one without position) has its values and its place.
    private func checkLone(
        _ stack: DICOMStack, of found: DICOMSeries, _ reader: VolumeReader, _ series: TortureSeries
    ) throws {
        #expect(stack.frames.count == 1)
        let uid = found.instances[stack.frames[0].instance].sopInstanceUID
        let slice = try #require(series.slices.first { $0.instanceUID == uid })
        let volume = try reader.volume(stack, of: found)
        #expect(volume.image.sizes == [1, slice.rows, slice.columns])
        #expect(list(volume.image.converted(to: Float.self)) == slice.values.map { Float($0) })
        let position = volume.slices[0].positionMillimetres
        #expect((position == nil) == (slice.position == nil))
        if let position, let expected = slice.position { #expect(distance(position, expected) < 1e-9) }
    }

    private func check(
        _ stack: DICOMStack, of found: DICOMSeries, _ reader: VolumeReader, _ series: TortureSeries, _ expected: Outcome
    ) throws {
        var reader = reader
        let isAmbiguous = !stack.surplus.isEmpty
        #expect(isAmbiguous == (series.cases.contains(.extraSlice) && Outcome.phase(of: stack, found, series) == 0))
        if isAmbiguous {
            #expect(throws: FormatError.self) { try reader.volume(stack, of: found) }
            guard expected.isRegular else { return }
            reader.options.policy = .largestConsistent
        }
        let volume = try reader.volume(stack, of: found)
        let isOneStack = expected.expectation.phaseCount > 1 && !expected.expectation.splitsPhases
        let phases = isOneStack ? [0, 1] : [Outcome.phase(of: stack, found, series)]
        #expect(stack.axes.map(\.attribute) == (isOneStack ? [.temporalPosition] : []))
        let grids = phases.map { phase in
            isAmbiguous ? expected.grid(phase).filter { $0 != nil } : expected.grid(phase)
        }
        #expect(volume.image.kind == (series.expectation.isInteger ? .int16 : .float32))
        #expect(volume.unit == .hounsfield)
        #expect(volume.image.sizes == (isOneStack ? [2] : []) + [grids[0].count, 10, 12])
        #expect(volume.isGridExact == expected.isExact)
        let values = volume.image.converted(to: Float.self)
        for (place, phase) in phases.enumerated() {
            let part = phases.count > 1 ? values.slice(.time, at: place) : values
            for (z, index) in grids[place].enumerated() {
                let wanted = index.map { series.slice($0, phase: phase).values.map { Float($0) } }
                let slice = list(part.slice(.z, at: z))
                #expect(slice == wanted ?? slice.map { _ in -1024 }, "slice \(z) of phase \(phase)")
                #expect((volume.slices[z].sources[place] != nil) == (index != nil))
                try checkPlace(volume, z, grids.lazy.compactMap { $0[z] }.first, series)
            }
        }
        let cells = grids.flatMap { $0 }
        #expect(volume.validity.map { list($0) } == (cells.contains(nil) ? cells.map { $0 != nil } : nil))
    }

    private func checkPlace(_ volume: Volume, _ z: Int, _ index: Int?, _ series: TortureSeries) throws {
        let position = try #require(volume.slices[z].positionMillimetres)
        let geometry = try #require(volume.geometry)
        #expect(geometry.spacingMillimetres.x == DICOMTestSlice.columnSpacing)
        #expect(geometry.spacingMillimetres.y == DICOMTestSlice.rowSpacing)
        let nominal = geometry.position(x: 0, y: 0, z: Double(z))
        if volume.isGridExact { #expect(distance(nominal, position) < 0.01) }
        guard let index else {
            #expect(volume.slices[z].isInserted)
            return
        }
        #expect(distance(position, series.position(of: index)) < 1e-9)
        let corner = volume.image.geometry?.position(x: 11, y: 9, z: 0) ?? .zero
        let across = series.rowDirection * 22.0 + series.columnDirection * 36.0
        #expect(distance(corner, geometry.originMillimetres + across) < 1e-6)
    }
}

/// What this library is expected to make of an odd series.
private struct Outcome {
    let series: TortureSeries
    let expectation: TortureExpectation

    init(_ series: TortureSeries) {
        self.series = series
        expectation = series.expectation
    }

    var stackCount: Int { expectation.splitsPhases ? 2 : 1 }
    var isRegular: Bool { expectation.spacing == .uniform }
    var isExact: Bool { expectation.spacing != .irregular }

    var defects: Set<SeriesDefect.Kind> {
        var kinds = Set(
            expectation.defects.compactMap { defect -> SeriesDefect.Kind? in
                switch defect {
                case .missing: expectation.spacing == .irregular ? nil : .missingSlices
                case .duplicateFile: .duplicateFile
                case .conflictingPosition: .samePosition
                case .localizer: .localizer
                case .oddSize: .oddSize
                case .noPosition: .missingPosition
                }
            })
        if expectation.isSheared && expectation.spacing != .irregular { kinds.insert(.tilted) }
        if expectation.spacing == .irregular { kinds.insert(.irregularSpacing) }
        if expectation.splitsPhases { kinds.insert(.split) }
        if series.cases.contains(.slopePerSlice) { kinds.insert(.varyingEncoding) }
        return kinds
    }

    /// For every index along z the slice that should be there; `nil` where one is put in.
    func grid(_ phase: Int) -> [Int?] {
        let present = expectation.present[phase]
        // Places that some phase has keep their index; without a grid a place that no phase has is unknown.
        guard expectation.spacing != .irregular || expectation.present.count > 1 else { return present }
        return (0..<TortureCase.sliceCount).map { present.contains($0) ? $0 : nil }
    }

    static func phase(of stack: DICOMStack, _ found: DICOMSeries, _ series: TortureSeries) -> Int {
        let uid = found.instances[stack.frames[0].instance].sopInstanceUID
        return series.slices.first { $0.instanceUID == uid }?.phase ?? 0
    }
}

extension TortureSeries {
    /// The slice as the volume should have it.
    fileprivate func slice(_ index: Int, phase: Int) -> DICOMTestSlice {
        slices.first { $0.index == index && $0.phase == phase && $0.variant == 0 } ?? slices[0]
    }
}

private func distance(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
    let step = a - b
    return (step * step).sum().squareRoot()
}

private func list<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [Scalar] {
    let image = image.contiguous()
    let samples = image.samples
    return samples.indices.map { samples[$0] }
}
