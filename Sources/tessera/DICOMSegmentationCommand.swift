import ArgumentParser
import Formats
import Foundation
import ImageCore
import Radiology

struct DICOMSegmentationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segmentation",
        abstract: "Writes label maps (NIfTI, NRRD, MetaImage) as a segmentation of a series.",
        usage: "tessera dicom segmentation <mask> ... <output> --source <path> [<options>]",
        discussion: """
            MASKS lie on the pixels of the series, in any orientation. One is a label map: its numbers are the \
            segments'. Several are segments 1, 2, 3 …, which may overlap: what is not 0 is inside. The JSON of --segments \
            is a list of objects with number, label, category and type (each with value, scheme, meaning), and \
            algorithm for what a program found; without it segments are named by their numbers, as tissue.
            """)

    @Argument(help: ArgumentHelp("Label maps, then the output file.", valueName: "masks"))
    var paths: [String]

    @Option(help: ArgumentHelp("Folder or file of the series; may be repeated.", valueName: "path"))
    var source: [String]

    @Option(help: ArgumentHelp("Descriptions of the segments.", valueName: "file.json"))
    var segments: String?

    @Option(help: "The program that found them; without it they count as made by hand.")
    var algorithm: String?

    @Flag(help: "Write a Label Map Segmentation, which newer readers know, instead of a binary one.")
    var labelMap = false

    @Flag(help: "Write frames for slices in which a segment is nowhere, too.")
    var emptyFrames = false

    @OptionGroup var choice: SeriesChoice

    @OptionGroup var writing: DICOMWritingArguments

    @OptionGroup var replacing: OverwriteArguments

    func validate() throws {
        try expect(paths.count >= 2, "paths", "masks and then an output file", "only \(paths[0])")
        try expect(!source.isEmpty, "--source", "a series", "none")
    }

    func run() throws {
        var isComplete = true
        try DICOMWritingArguments.run { () throws(FormatError) in
            let output = paths.last ?? ""
            try DICOMWritingArguments.checkName(output)
            try replacing.check([output], inputs: paths.dropLast() + source + [segments].compactMap { $0 })
            let reader = try VolumeReader.reading(source)
            for failure in reader.failures { StandardError.line("tessera: \(failure)") }
            let (series, stack) = try choice.stack(of: reader)
            StandardError.lines(series.defects + stack.defects)
            let layers = try layers(on: SliceGrid(stack, of: series))
            let described = try segments.map { (path) throws(FormatError) in try Self.read(path) }
            var writer = SegmentationWriter(
                segments: described ?? generic(layers), source: try SourceSeries(series, stack: stack),
                kind: labelMap ? .labelMap : .binary, origin: writing.origin)
            writer.keepsEmptyFrames = emptyFrames
            AtomicFile.removeLeftovers(of: output)
            try Interrupt.check(output)
            try writer.write(layers, to: output)
            isComplete = choice.isComplete(reader, series)
        }
        guard isComplete else { throw ExitCode(1) }
    }

    private func layers(on grid: SliceGrid) throws(FormatError) -> LabelLayers {
        var masks: [Image<Bool>] = []
        for path in paths.dropLast() {
            try Interrupt.check(paths.last ?? "")
            let image = try FormatTable.standard.readImage(path: path)
            StandardError.remarks(of: image, path)
            let placed = try LabelLayers(placing: image, on: grid, file: path)
            if paths.count == 2 { return placed }
            masks.append(placed.layers[0].labels.map { $0 != 0 })
        }
        return LabelLayers(masks, on: grid)
    }

    /// Segments of which nothing is known but their numbers; binary segmentations number without gaps.
    private func generic(_ layers: LabelLayers) -> [Segment] {
        let found = Set(layers.layers.flatMap(\.regions)).sorted()
        let numbers = labelMap ? found : Array(1...max(1, found.last ?? 1))
        return numbers.map {
            Segment(
                number: $0, label: "Segment \($0)", category: .tissue, propertyType: .tissue, algorithm: algorithm)
        }
    }

    /// What a decoder found instead, in a few words.
    private static func words(of error: any Error) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let steps = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return steps.isEmpty ? "" : " at \(steps.joined(separator: "."))"
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context): return "no \"\(key.stringValue)\"\(place(context))"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            return "something else\(place(context))"
        default: return "no JSON"
        }
    }

    private static func read(_ path: String) throws(FormatError) -> [Segment] {
        let bytes = try ByteSource(path: path).all()
        do {
            return try JSONDecoder().decode([SegmentDescription].self, from: Data(bytes)).map(\.segment)
        } catch {
            throw FormatError(
                .corrupt, file: path,
                expected: "a list of segments, each with number, label, category and type", found: Self.words(of: error)
            )
        }
    }
}

/// A segment as a JSON file describes it.
private struct SegmentDescription: Decodable {
    var number: Int
    var label: String
    var category: CodedConcept
    var type: CodedConcept
    var algorithm: String?

    var segment: Segment {
        Segment(number: number, label: label, category: category, propertyType: type, algorithm: algorithm)
    }
}
