import Formats
import Foundation
import ImageCore
import Radiology
import TestSupport
import Testing

/// Headers whose numbers are none, and pixel data of a wrong length.
struct InvalidNumberTests {
    /// Keeps folders until the test ends: files are read when a volume is asked for.
    private final class Kept {
        var folders: [ScratchFolder] = []
    }

    private let kept = Kept()

    /// A series of 20 slices of which one has other elements.
    private func harmed(
        at index: Int = 5, policy: VolumePolicy = .faithful, cases: Set<TortureCase> = [],
        _ extra: [UInt32: DICOMTestDataSet.Value], modality: String? = nil
    ) throws -> VolumeReader {
        let folder = try ScratchFolder()
        kept.folders.append(folder)
        let torture = TortureSeries(cases)
        for (number, slice) in torture.slices.enumerated() {
            var slice = slice
            if number == index { slice.extra = extra }
            if let modality { slice.extra[0x0008_0060] = .text("CS", modality) }
            _ = try folder.write(slice.file(series: torture.seriesUID), to: "\(number).dcm")
        }
        var options = VolumeOptions(policy: policy)
        options.workers = 2
        return try VolumeReader(folder: folder.url.path, options: options)
    }

    private func defects(_ reader: VolumeReader, _ kind: SeriesDefect.Kind) -> [SeriesDefect] {
        (reader.series.flatMap(\.defects) + reader.stacks.flatMap(\.stack.defects)).filter { $0.kind == kind }
    }

    static let rescales: [(tag: UInt32, text: String)] = [
        (0x0028_1053, "nan"), (0x0028_1053, "inf"), (0x0028_1053, "-INF"), (0x0028_1053, "abc"), (0x0028_1052, "NaN"),
    ]

    @Test(arguments: rescales)
    func `a slice without a known slope or intercept is put in as missing, or refused`(tag: UInt32, text: String) throws
    {
        let reader = try harmed([tag: .text("DS", text)])
        let found = try #require(defects(reader, .invalidNumber).first)
        #expect(found.severity == .warning && found.files.map { ($0 as NSString).lastPathComponent } == ["5.dcm"])
        #expect(found.message.contains("\"\(text)\"") && found.message.contains("Rescale"))
        let (series, stack) = try reader.onlyStack()
        let volume = try reader.volume(stack, of: series)
        let whole = TortureSeries()
        let validity = try #require(volume.validity).contiguous()
        #expect((0..<20).filter { !validity.samples[$0] } == [5])
        #expect(volume.image.kind == .int16 && volume.unit == .hounsfield && volume.slices[5].sources == [nil])
        let values = numbers(volume.image)
        #expect(Array(values[600..<720]) == [Double](repeating: -1024, count: 120))
        #expect(Array(values[..<600]) == whole.slices[..<5].flatMap(\.values))
        var strict = reader
        strict.options.policy = .strict
        #expect(throws: FormatError.self) { try strict.volume(stack, of: series) }
        var resampling = reader
        resampling.options.policy = .resample
        let interpolated = numbers(try resampling.volume(stack, of: series).image)
        let means = zip(whole.slices[4].values, whole.slices[6].values).map {
            (($0 + $1) / 2).rounded(.toNearestOrAwayFromZero)
        }
        #expect(Array(interpolated[600..<720]) == means)
        var longest = reader
        longest.options.policy = .largestConsistent
        #expect(try longest.volume(stack, of: series).image.depth == 14)
    }

    @Test(arguments: ["abc", "-1", "1A", "1.5"])
    func `a number of frames that is none is an error of its file, for the scan as for the pixels`(text: String) throws
    {
        let reader = try harmed([0x0028_0008: .text("IS", text)])
        let failure = try #require(reader.failures.first)
        #expect(reader.failures.count == 1 && failure.code == .corrupt && failure.found == "\"\(text)\"")
        #expect(failure.file.hasSuffix("/5.dcm") && failure.place?.contains("(0028,0008)") == true)
        #expect(try reader.onlyStack().1.geometry.missing == [5])
        let header = try DICOMHeader(path: failure.file)
        let error = #expect(throws: FormatError.self) { try DICOMPixelReader(header: header) }
        #expect(error?.code == failure.code && error?.found == failure.found)
    }

    @Test func `no frames are one frame, and both say so`() throws {
        let reader = try harmed([0x0028_0008: .text("IS", "0")])
        #expect(reader.failures.isEmpty)
        let (series, stack) = try reader.onlyStack()
        #expect(stack.sliceCount == 20 && stack.defects.contains { $0.kind == .header })
        let file = try #require(series.instances.first { !$0.problems.isEmpty })
        let pixels = try DICOMPixelReader(header: DICOMHeader(path: file.path))
        #expect(pixels.defects == [DICOMPixelDefect(.noFrames)] && pixels.format.frameCount == 1)
        #expect(numbers(try reader.volume().image) == TortureSeries().slices.flatMap(\.values))
    }

    @Test func `a lone slice without a known slope is refused, by its value`() throws {
        let folder = try ScratchFolder()
        var slice = TortureSeries().slices[0]
        slice.extra = [0x0028_1053: .text("DS", "nan")]
        let file = try folder.write(slice.file(series: "2.25.5"), to: "a.dcm")
        let error = #expect(throws: FormatError.self) { try VolumeReader(paths: [file]).volume() }
        #expect(error?.code == .volumeRefused && error?.found == "\"nan\"")
        let picture = #expect(throws: FormatError.self) { try FormatTable.standard.readImage(path: file) }
        #expect(picture?.code == .corrupt && picture?.found == "\"nan\"")
    }

    @Test func `a slope of 0 makes no Hounsfield units; elsewhere it is told and values stay as stored`() throws {
        let reader = try harmed([0x0028_1053: .text("DS", "0")])
        let found = try #require(defects(reader, .invalidNumber).first)
        #expect(found.message.contains("\"0\" in 1 file") && found.severity == .warning)
        #expect(try reader.volume().slices[5].sources == [nil])
        let magnetic = try harmed([0x0028_1053: .text("DS", "0")], modality: "MR")
        let told = try #require(defects(magnetic, .invalidNumber).first)
        #expect(told.message.contains("is 0 in 1 file") && told.severity == .warning)
        #expect(try magnetic.volume().slices[5].sources != [nil])
    }

    static let geometry: [(tag: UInt32, text: String)] = [
        (0x0020_0032, "nan\\0\\0"), (0x0020_0032, "0\\inf\\0"), (0x0020_0037, "1\\0\\0\\0\\nan\\0"),
        (0x0028_0030, "nan\\2"), (0x0028_0030, "4\\inf"),
        // Numbers that say no place: too few, directions that are not 1 long or not upright, distances that are none.
        (0x0020_0032, "0\\0"), (0x0020_0037, "1\\0\\0\\0\\1"), (0x0020_0037, "1\\0\\0\\0\\2\\0"),
        (0x0020_0037, "1\\0\\0\\1\\0\\0"), (0x0020_0037, "0\\0\\0\\0\\0\\0"), (0x0028_0030, "0\\2"),
        (0x0028_0030, "4"), (0x0028_0030, "4\\-2"),
    ]

    @Test(arguments: geometry)
    func `a place that is none is told by its numbers and takes no part in geometry`(tag: UInt32, text: String) throws {
        let reader = try harmed([tag: .text("DS", text)])
        let found = try #require(defects(reader, .invalidNumber).first)
        #expect(found.message.contains("\"\(text)\"") && found.files.count == 1)
        let stacks = try #require(reader.series.first).stacks
        #expect(stacks.map(\.frames.count) == [19, 1])
        let volume = try reader.volume(stacks[0], of: reader.series[0])
        #expect(volume.image.depth == 20 && volume.defects.contains { $0.kind == .invalidNumber })
        let place = try #require(volume.geometry).position(x: 0, y: 0, z: 19)
        #expect(place == TortureSeries().position(of: 19))
        var strict = reader
        strict.options.policy = .strict
        #expect(throws: FormatError.self) { try strict.volume(stacks[0], of: reader.series[0]) }
    }

    @Test func `the numbers of a frame's own group count before those of the file`() throws {
        var position = DICOMTestDataSet()
        position[0x0020_0032] = .text("DS", "nan\\0\\0")
        var group = DICOMTestDataSet()
        group[0x0020_9113] = .items([position])
        let reader = try harmed([0x5200_9230: .items([group])])
        #expect(defects(reader, .invalidNumber).count == 1)
        #expect(reader.series.first?.stacks.map(\.frames.count) == [19, 1])
    }

    @Test func `pixel data beyond the last frame is told with its length, padding to an even one is not`() throws {
        let words = [UInt16](repeating: 3, count: 240)
        let reader = try harmed([0x7FE0_0010: .words("OW", words)])
        let found = try #require(defects(reader, .excessPixelData).first)
        #expect(found.message.contains("480 bytes instead of 240") && found.severity == .warning)
        let odd: [UInt32: DICOMTestDataSet.Value] = [
            0x0028_0010: .words("US", [3]), 0x0028_0011: .words("US", [3]), 0x0028_0100: .words("US", [8]),
            0x0028_0101: .words("US", [8]), 0x0028_0102: .words("US", [7]), 0x0028_0103: .words("US", [0]),
            0x7FE0_0010: .bytes("OB", [UInt8](repeating: 1, count: 9)),
        ]
        #expect(try defects(harmed(odd), .excessPixelData).isEmpty)
    }

    @Test func `slopes far beyond Float32 give numbers of 64 bits, and are refused where 16 are wanted`() throws {
        let extra: [UInt32: DICOMTestDataSet.Value] = [
            0x0028_1053: .text("DS", "1e300"), 0x0028_1052: .text("DS", "-1e300"),
        ]
        let source = try WritingSource(extra: extra)
        let volume = try source.volume
        #expect(volume.image.kind == .float64)
        let expected = TortureSeries().slices.flatMap { slice in
            (0..<120).map { Double(slice.stored(x: $0 % 12, y: $0 / 12)) * 1e300 - 1e300 }
        }
        #expect(numbers(volume.image) == expected)
        let error = #expect(throws: FormatError.self) {
            try DerivedSeries(volume, from: try source.source, derivation: "None")
        }
        #expect(error?.code == .invalidRequest)
    }

    @Test(arguments: [(1e300, -1e300), (1e308, 0), (1e-300, 0), (-1e300, 1e300)])
    func `values at the ends of Double's range are stored or refused`(slope: Double, intercept: Double) throws {
        let source = try WritingSource()
        var volume = try source.volume
        let image = volume.image.converted(to: Double.self)
        volume.image = .float64(image.map { ($0 * slope + intercept) / 2000 })
        let made = Result { try DerivedSeries(volume, from: try source.source, derivation: "None") }
        switch made {
        case .success(let derived):
            #expect(derived.maximumError.isFinite)
            let out = try ScratchFolder()
            let files = try derived.write(to: out.path("out"))
            let again = try VolumeReader(folder: out.path("out")).volume()
            #expect(files.count == 20 && numbers(again.image).allSatisfy(\.isFinite))
        case .failure(let error): #expect((error as? FormatError)?.code == .invalidRequest)
        }
    }

    @Test func `of two contents with one UID only the longest run takes the first`() throws {
        let folder = try ScratchFolder()
        let torture = TortureSeries()
        try torture.write(to: folder)
        var other = torture.slices[4]
        other.variant = 1
        _ = try folder.write(other.file(series: torture.seriesUID), to: "zz.dcm")
        for policy in VolumePolicy.allCases {
            let reader = try VolumeReader(folder: folder.url.path, options: VolumeOptions(policy: policy))
            let found = try #require(defects(reader, .conflictingDuplicate).first)
            #expect(found.message.contains("--policy largestConsistent"))
            if policy == .largestConsistent {
                #expect(numbers(try reader.volume().image) == torture.slices.flatMap(\.values))
            } else {
                #expect(throws: FormatError.self) { try reader.volume() }
            }
        }
    }

    @Test func `what resampling mends is a note`() throws {
        for cases in [[TortureCase.gantryTilt], [.variableSpacing], [.missingSlice]] as [Set<TortureCase>] {
            let reader = try harmed(at: 99, policy: .resample, cases: cases, [:])
            let volume = try reader.volume()
            #expect(volume.defects.count == 1 && volume.defects[0].severity == .note, "\(volume.defects)")
            let isGap = cases == [.missingSlice]
            #expect(volume.defects[0].message.hasSuffix("resampled to a regular, upright grid") == !isGap)
            #expect(volume.defects[0].message.hasSuffix("all other slices are as they were") == isGap)
        }
    }
}
