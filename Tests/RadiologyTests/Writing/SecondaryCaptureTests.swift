import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

struct SecondaryCaptureTests {
    private var capture: SecondaryCapture {
        SecondaryCapture(
            study: StudyFacts(patientName: "Müller^Jörg", patientID: "12"), origin: WritingSource.origin,
            burnedInAnnotation: false)
    }

    private static func random<Scalar: ImageScalar & FixedWidthInteger>(
        _: Scalar.Type, axes: [Axis], sizes: [Int], color: ColorModel = .gray
    ) -> Image<Scalar> {
        var generator = SeededGenerator(seed: 11)
        var image = Image<Scalar>(axes: axes, sizes: sizes, color: color)
        var samples = image.mutableSamples
        for i in 0..<samples.count { samples[i] = Scalar.random(in: .min ... .max, using: &generator) }
        return image
    }

    /// SOP class and image.
    static let pictures: [(String, AnyImage)] = [
        ("7", .uint8(random(UInt8.self, axes: [.y, .x], sizes: [7, 9]))),
        ("7", .uint16(random(UInt16.self, axes: [.y, .x], sizes: [7, 9]))),
        ("7", .uint8(random(UInt8.self, axes: [.y, .x, .channel], sizes: [7, 9, 3], color: .rgb))),
        ("7", .uint8(random(UInt8.self, axes: [.channel, .y, .x], sizes: [3, 7, 9], color: .rgb))),
        ("7", .uint8(random(UInt8.self, axes: [.x, .y], sizes: [9, 7]))),
        ("7", .bool(random(UInt8.self, axes: [.y, .x], sizes: [7, 9]).map { $0 > 127 })),
        ("7.2", .uint8(random(UInt8.self, axes: [.z, .y, .x], sizes: [3, 7, 9]))),
        ("7.2", .uint8(random(UInt8.self, axes: [.time, .y, .x], sizes: [1, 7, 9]))),
        ("7.3", .uint16(random(UInt16.self, axes: [.z, .y, .x], sizes: [3, 7, 9]))),
        ("7.4", .uint8(random(UInt8.self, axes: [.time, .y, .x, .channel], sizes: [3, 7, 9, 3], color: .rgb))),
    ]

    @Test(arguments: pictures.indices)
    func `pixels come back from the reader`(index: Int) throws {
        let (number, image) = Self.pictures[index]
        let folder = try ScratchFolder()
        try capture.write(image, to: folder.path("a.dcm"))
        let header = try DICOMHeader(path: folder.path("a.dcm"))
        #expect(header.problems.isEmpty)
        #expect(header.dataSet.text(.sopClassUID) == "1.2.840.10008.5.1.4.1.1.\(number)")
        #expect(header.dataSet.text(.patientName) == "Müller^Jörg")
        let reader = try DICOMPixelReader(header: header)
        let frames = number == "7" ? 1 : image.sizes.first { $0 != 7 && $0 != 9 } ?? 0
        #expect((header.dataSet.integer(.numberOfFrames) ?? 1) == frames)
        let ordered = image.axes.contains(.channel) ? [Axis.y, .x, .channel] : [.y, .x]
        let samples = image.kind == .bool ? 255.0 : 1.0
        for frame in 0..<frames {
            let wanted = numbers(image.frame(frame, ordered)).map { $0 * samples }
            #expect(numbers(try reader.storedImage(frame: frame)) == wanted)
        }
    }

    @Test func `what secondary capture cannot hold is refused before a file is created`() throws {
        let folder = try ScratchFolder()
        let unfit: [AnyImage] = [
            .uint8(Image(axes: [.y, .x], sizes: [0, 4])), .uint8(Image(axes: [.y, .x], sizes: [65536, 1])),
            .uint8(Image(axes: [.y], sizes: [4])), .float32(Image(axes: [.y, .x], sizes: [4, 4])),
            .int16(Image(axes: [.y, .x], sizes: [4, 4])),
            .uint8(Image(axes: [.y, .x, .channel], sizes: [4, 4, 4], color: .rgba)),
            .uint8(Image(axes: [.y, .x, .channel], sizes: [4, 4, 3], color: .bgr)),
            .uint16(Image(axes: [.y, .x, .channel], sizes: [4, 4, 3], color: .rgb)),
            .uint8(Image(axes: [.time, .z, .y, .x], sizes: [2, 2, 4, 4])),
            .uint8(Image(axes: [.z, .y, .x], sizes: [0, 4, 4])),
        ]
        for image in unfit {
            let error = #expect(throws: FormatError.self) { try capture.write(image, to: folder.path("a.dcm")) }
            #expect(error?.code == .invalidRequest)
        }
        var wrong = capture
        wrong.modality = "other"
        #expect(throws: FormatError.self) { try wrong.write(Self.pictures[0].1, to: folder.path("a.dcm")) }
        #expect(try entries(folder).isEmpty)
    }

    @Test func `what nobody said is not claimed`() throws {
        let folder = try ScratchFolder()
        var slice = TortureSeries().slices[0]
        slice.extra = [
            0x0012_0062: .text("CS", "YES"), 0x0012_0063: .text("LO", "Basic profile"),
            0x0028_0303: .text("CS", "MODIFIED"), 0x0028_0301: .text("CS", "NO"),
        ]
        let file = try folder.write(slice.file(series: "2.25.5"), to: "source.dcm")
        var capture = SecondaryCapture(
            study: try StudyFacts(DICOMHeader(path: file)), origin: WritingSource.origin)
        try capture.write(Self.pictures[0].1, to: folder.path("a.dcm"))
        let data = try DICOMHeader(path: folder.path("a.dcm")).dataSet
        #expect(data.text(.patientID) == "T1")
        for tag in slice.extra.keys { #expect(data.element(DICOMTag(rawValue: tag)) == nil) }
        // Frames have to say it: Burned In Annotation is of type 1 there.
        let error = #expect(throws: FormatError.self) {
            try capture.write(Self.pictures[6].1, to: folder.path("b.dcm"))
        }
        #expect(error?.code == .invalidRequest && error?.description.contains("(0028,0301)") == true)
        capture.burnedInAnnotation = true
        try capture.write(Self.pictures[6].1, to: folder.path("b.dcm"))
        #expect(try DICOMHeader(path: folder.path("b.dcm")).dataSet.text(DICOMTag(0x0028, 0x0301)) == "YES")
    }

    @Test func `what is made of de-identified slices is de-identified`() throws {
        let extra: [UInt32: DICOMTestDataSet.Value] = [
            0x0012_0062: .text("CS", "YES"), 0x0012_0063: .text("LO", "Basic profile"),
        ]
        let source = try WritingSource(extra: extra)
        let folder = try ScratchFolder()
        let derived = try DerivedSeries(
            source.volume, from: source.source, derivation: "none", origin: WritingSource.origin)
        try derived.write(to: folder.path("out"))
        let first = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path("out")).first)
        let data = try DICOMHeader(path: folder.path("out/\(first)")).dataSet
        #expect(data.text(DICOMTag(0x0012, 0x0062)) == "YES" && data.text(DICOMTag(0x0012, 0x0063)) == "Basic profile")
    }

    @Test func `the same picture gives the same file`() throws {
        let folder = try ScratchFolder()
        for name in ["a", "b"] { try capture.write(Self.pictures[0].1, to: folder.path(name)) }
        var other = capture
        other.burnedInAnnotation = true
        try other.write(Self.pictures[0].1, to: folder.path("c"))
        let files = try ["a", "b", "c"].map { try Data(contentsOf: URL(filePath: folder.path($0))) }
        #expect(files[0] == files[1] && files[0] != files[2])
        let uids = try ["a", "c"].map { try DICOMHeader(path: folder.path($0)).dataSet.text(.sopInstanceUID) }
        #expect(uids[0] != uids[1])
    }
}

extension AnyImage {
    /// One frame with its axes in an order.
    fileprivate func frame(_ index: Int, _ order: [Axis]) -> AnyImage {
        let image = converted(to: Double.self)
        let further = image.axes.first { ![.y, .x, .channel].contains($0) }
        let frame = further.map { image.slice($0, at: index) } ?? image
        return .float64(frame.permuted(to: order).contiguous())
    }
}
