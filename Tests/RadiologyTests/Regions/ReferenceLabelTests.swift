import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// A label volume of the test data (NRRD) that becomes a segmentation of its series and is read again.
///
/// What the file holds is told by its header, read line by line here, and by its bytes, which `gzip` inflates.
@Suite(.needsTestData) struct ReferenceLabelTests {
    private struct Truth {
        var sizes: [Int]
        var labels: [UInt16]
        var origin: SIMD3<Double>
        var steps: [SIMD3<Double>]

        init(_ path: String) throws {
            let data = try Data(contentsOf: URL(filePath: path))
            let end = try #require(data.range(of: Data("\n\n".utf8)))
            let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).split(separator: "\n")
            func field(_ name: String) throws -> String {
                let line = try #require(lines.first { $0.hasPrefix(name + ": ") })
                return String(line.dropFirst(name.count + 2))
            }
            func points(_ text: String) -> [SIMD3<Double>] {
                text.split(whereSeparator: { "() ".contains($0) }).map { part in
                    let numbers = part.split(separator: ",").compactMap { Double($0) }
                    return SIMD3(numbers[0], numbers[1], numbers[2])
                }
            }
            #expect(try field("type") == "short" && field("endian") == "little" && field("encoding") == "gzip")
            #expect(try field("space") == "left-posterior-superior")
            sizes = try field("sizes").split(separator: " ").compactMap { Int($0) }
            origin = try #require(points(try field("space origin")).first)
            steps = points(try field("space directions"))
            let bytes = try Self.inflated(data[end.upperBound...])
            labels = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
            #expect(labels.count == sizes.reduce(1, *))
        }

        private static func inflated(_ data: Data) throws -> [UInt8] {
            let folder = try ScratchFolder()
            try data.write(to: URL(filePath: folder.path("labels.gz")))
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "gzip -dc \(folder.path("labels.gz")) > \(folder.path("labels"))"]
            try process.run()
            process.waitUntilExit()
            return [UInt8](try Data(contentsOf: URL(filePath: folder.path("labels"))))
        }
    }

    @Test(arguments: [SegmentationWriter.Kind.binary, .labelMap])
    func `a segmentation made of a label volume gives it back, voxel for voxel and in its place`(
        kind: SegmentationWriter.Kind
    ) throws {
        let path = try TestData.path("dicom/dcmqi-23x38x3/nrrd/label.nrrd")
        let truth = try Truth(path)
        let reader = try VolumeReader(folder: try TestData.path("dicom/dcmqi-23x38x3/image"))
        let (series, stack) = try reader.onlyStack()
        let grid = SliceGrid(stack, of: series)
        let image = try FormatTable.standard.readImage(path: path)
        let numbers = Set(truth.labels).subtracting([0]).sorted().map(Int.init)
        #expect(!numbers.isEmpty)
        let segments = numbers.map {
            Segment(number: $0, label: "label \($0)", category: .tissue, propertyType: .tissue)
        }
        let folder = try ScratchFolder()
        try SegmentationWriter(
            segments: segments, source: SourceSeries(series), kind: kind, origin: WritingSource.origin
        )
        .write(LabelLayers(placing: image, on: grid, file: path), to: folder.path("seg.dcm"))

        let found = try Segmentation(path: folder.path("seg.dcm"))
        let labels = try found.regionLabels(on: grid)
        #expect(labels.defects.isEmpty && labels.layers.layers.count == 1)
        #expect(labels.regions.map(\.label) == numbers)
        let volume = try #require(labels.layers.volumes().first)
        #expect(volume.sizes == Array(truth.sizes.reversed()))
        #expect(self.numbers(volume) == truth.labels.map(Double.init))
        let geometry = try #require(volume.geometry)
        for (x, y, z) in [(0, 0, 0), (truth.sizes[0] - 1, 0, 0), (3, truth.sizes[1] - 1, truth.sizes[2] - 1)] {
            let wanted =
                truth.origin + truth.steps[0] * Double(x) + truth.steps[1] * Double(y) + truth.steps[2] * Double(z)
            let off = geometry.position(x: Double(x), y: Double(y), z: Double(z)) - wanted
            #expect((off * off).sum().squareRoot() < 1e-4, "\(x), \(y), \(z): \(off)")
        }
    }

    private func numbers(_ image: AnyImage) -> [Double] { RadiologyTests.numbers(image) }
}
