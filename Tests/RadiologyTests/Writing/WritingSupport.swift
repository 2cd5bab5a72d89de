import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// A generated CT series on disk with what writing needs.
struct WritingSource {
    let folder: ScratchFolder
    let reader: VolumeReader
    let series: DICOMSeries
    let stack: DICOMStack

    init(_ cases: Set<TortureCase> = [], extra: [UInt32: DICOMTestDataSet.Value] = [:]) throws {
        folder = try ScratchFolder()
        let torture = TortureSeries(cases)
        for (index, slice) in torture.slices.enumerated() {
            var slice = slice
            slice.extra.merge(extra) { $1 }
            _ = try folder.write(slice.file(series: torture.seriesUID), to: "\(index)")
        }
        reader = try VolumeReader(folder: folder.url.path)
        (series, stack) = try reader.onlyStack()
    }

    var volume: Volume { get throws { try reader.volume(stack, of: series) } }
    var source: SourceSeries { get throws { try SourceSeries(series) } }
    var grid: SliceGrid { SliceGrid(stack, of: series) }

    static let moment = DICOMTimestamp(year: 2025, month: 1, day: 2, hour: 3, minute: 4, second: 5)
    static let origin = ObjectOrigin(seriesDescription: "Geprüft", seriesNumber: 7, timestamp: moment)
}

/// The entries of a folder, hidden ones, too.
func entries(_ folder: ScratchFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
}

/// The samples in C order as numbers.
func numbers(_ image: AnyImage) -> [Double] {
    let image = image.converted(to: Double.self).contiguous()
    let samples = image.samples
    return samples.indices.map { samples[$0] }
}

/// The samples in C order.
func flat<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [Scalar] {
    let image = image.contiguous()
    let samples = image.samples
    return samples.indices.map { samples[$0] }
}
