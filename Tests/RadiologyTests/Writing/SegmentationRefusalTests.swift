import Formats
import ImageCore
import Radiology
import TestSupport
import Testing

struct SegmentationRefusalTests {
    /// What makes a segmentation unfit.
    enum Fault: CaseIterable {
        case noSegments, numbersWithGaps, undescribedLabel, noCategory, noAlgorithm, otherSize, noOrientation,
            noPosition
        case otherSpace, unknownImage, noSlices, tooManyRows, longLabel, wrongContentLabel
    }

    @Test(arguments: Fault.allCases)
    func `an unfit segmentation is refused before a file is created`(fault: Fault) throws {
        let made = try WritingSource()
        var grid = made.grid
        var segments = (1...2).map {
            Segment(number: $0, label: "Part", category: .tissue, propertyType: .tissue)
        }
        var labels = Image<UInt16>(axes: [.z, .y, .x], sizes: [20, 10, 12])
        labels[3, 4, 5] = 2
        var contentLabel = "LABELS"
        switch fault {
        case .noSegments: segments = []
        case .numbersWithGaps: segments[1].number = 3
        case .undescribedLabel: labels[1, 1, 1] = 3
        case .noCategory: segments[0].category = nil
        case .noAlgorithm: segments[0].algorithmType = "AUTOMATIC"
        case .otherSize: labels = Image(axes: [.z, .y, .x], sizes: [20, 10, 11])
        case .noOrientation: grid.orientation = nil
        case .noPosition: grid.slices[4].originMillimetres = nil
        case .otherSpace: grid.frameOfReferenceUID = "1.2.3"
        case .unknownImage: grid.slices[3].sopInstanceUID = "1.2.3"
        case .noSlices:
            grid.slices = []
            labels = Image(axes: [.z, .y, .x], sizes: [0, 10, 12])
        case .tooManyRows:
            (grid.rows, grid.columns, grid.slices) = (65536, 1, Array(grid.slices.prefix(1)))
            labels = Image(axes: [.z, .y, .x], sizes: [1, 65536, 1])
        case .longLabel: segments[0].label = String(repeating: "x", count: 65)
        case .wrongContentLabel: contentLabel = "lower case"
        }
        let folder = try ScratchFolder()
        var writer = SegmentationWriter(segments: segments, source: try made.source)
        writer.contentLabel = contentLabel
        let error = #expect(throws: FormatError.self) {
            try writer.write(labels, on: grid, to: folder.path("seg.dcm"))
        }
        #expect(error?.code == .invalidRequest)
        #expect(try entries(folder).isEmpty)
    }

    @Test func `numbers that are no labels are refused`() throws {
        let made = try WritingSource()
        let tooMany = (1...65536).map { Segment(number: $0, label: "x", category: .tissue, propertyType: .tissue) }
        let folder = try ScratchFolder()
        #expect(throws: FormatError.self) {
            try SegmentationWriter(segments: tooMany, source: try made.source)
                .write(Image(axes: [.z, .y, .x], sizes: [20, 10, 12]), on: made.grid, to: folder.path("seg.dcm"))
        }
        #expect(try entries(folder).isEmpty)
    }
}
