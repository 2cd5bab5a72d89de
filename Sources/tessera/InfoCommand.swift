import ArgumentParser
import Formats
import Patches
import Radiology

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Says what a file is: slide, volume or image, its size, resolution and levels; of DICOM, the series.")

    @Argument(help: "Files and folders.")
    var inputs: [String]

    @Flag(help: "Print one JSON array on standard output.")
    var json = false

    @Flag(
        help:
            "After the table of DICOM, say why stacks stand apart, what a volume is by default and why, and all defects."
    )
    var reasons = false

    func run() throws {
        let extensions = Set(Slides.extensions + FormatTable.standard.formats.flatMap(\.extensions))
        let search = FileSearch.files(in: inputs) { extensions.contains(FileSearch.pathExtension($0)) }
        let scan = DICOMFolderScan(paths: inputs)
        let report = SeriesReport(scan)
        let dicom = DICOMFiles(scan)
        let files = search.found.map(\.path).filter { !dicom.contains($0) }
        var lines = search.failures.map(\.description)
        var entries: [InfoEntry] = []
        for file in files {
            do throws(FormatError) {
                entries.append(.file(try FileDescription(path: file)))
            } catch {
                lines.append(error.description)
                continue
            }
            if !json { try StandardOutput.write([UInt8]((entries[entries.count - 1].text.printableLines + "\n").utf8)) }
        }
        lines += Self.failures(of: scan).filter { !lines.contains($0) }
        if files.isEmpty && dicom.isEmpty && lines.isEmpty {
            lines.append("\(inputs.joined(separator: ", ")): expected images, found none")
        }
        entries +=
            report.series.map(InfoEntry.series) + report.objects.filter { $0.kind != .slide }.map(InfoEntry.object)
        if json {
            try StandardOutput.write(CanonicalJSON.encode(entries))
        } else if !dicom.isEmpty {
            try StandardOutput.write([UInt8](report.text(withReasons: reasons).printableLines.utf8))
        }
        for line in lines { StandardError.line("tessera: \(line)") }
        if !lines.isEmpty { throw ExitCode(1) }
    }

    /// What is wrong with files of DICOM, one line each; what is DICOM by its name alone is described as a file.
    private static func failures(of scan: DICOMFolderScan) -> [String] {
        let damaged = scan.objects.compactMap { object in
            object.damage.map { FormatError(.truncated, file: object.path, expected: "a whole file", found: $0) }
        }
        return (scan.failures.filter { $0.code != .notRecognized } + damaged).map(\.description)
    }
}

/// One entry of the list: a file by itself, a DICOM series, or a DICOM object without an image.
private enum InfoEntry: Encodable {
    case file(FileDescription)
    case series(SeriesReport.Series)
    case object(NonImageObject)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .file(let description): try description.encode(to: encoder)
        case .series(let series): try series.encode(to: encoder)
        case .object(let object): try object.encode(to: encoder)
        }
    }

    /// The description of a file; series are described together.
    var text: String {
        if case .file(let description) = self { return description.text }
        return ""
    }
}

/// The files that a scan for DICOM accounts for, slides left out: those are described as files.
private struct DICOMFiles {
    private let paths: Set<String>

    init(_ scan: DICOMFolderScan) {
        let objects = scan.objects.filter { $0.kind != .slide }.map(\.path)
        let failures = scan.failures.filter { $0.code != .inputOutput && $0.code != .notRecognized }
        paths = Set(scan.instances.map(\.path) + objects + failures.map(\.file))
    }

    var isEmpty: Bool { paths.isEmpty }

    func contains(_ path: String) -> Bool { paths.contains(path) }
}

extension FileDescription {
    /// The description as a person reads it.
    var text: String {
        var lines = ["\(path)", "  \(kind.rawValue), \(format)" + (engine.map { ", read by \($0)" } ?? "")]
        var size = depth.map { "\(width) x \(height) x \($0)" } ?? "\(width) x \(height)"
        if let axes, let sizes {
            size = "\(sizes.map { String($0) }.joined(separator: " x ")) (\(axes.joined(separator: ", ")))"
        }
        lines.append("  \(size) pixels, \(channels) x \(scalar) (\(color))" + (frames > 1 ? ", \(frames) frames" : ""))
        if let mppX, let mppY, let mppSource {
            lines.append("  \(ShortNumber.text(mppX)) x \(ShortNumber.text(mppY)) um/px (\(mppSource))")
        }
        if kind != .slide, let spacing = spacingMillimetres {
            let place = isPlaced == false ? ", no place in space" : ""
            lines.append("  spacing \(spacing.map(ShortNumber.text).joined(separator: " x ")) mm\(place)")
        }
        if let timeStepSeconds { lines.append("  time step \(ShortNumber.text(timeStepSeconds)) s") }
        if let magnification { lines.append("  objective \(ShortNumber.text(magnification)) x") }
        for (index, level) in (levels ?? []).enumerated() {
            let tile = "tiles of \(level.tileWidth) x \(level.tileHeight)"
            let downsample = ShortNumber.text(level.downsample)
            lines.append("  level \(index): \(level.width) x \(level.height), downsample \(downsample), \(tile)")
        }
        if let associatedImages, !associatedImages.isEmpty {
            lines.append("  associated: \(associatedImages.joined(separator: ", "))")
        }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(name): \(Self.shown(value, name))")
        }
        return lines.joined(separator: "\n")
    }

    /// A text in one line, cut where it is long; numbers and remarks are not cut.
    private static func shown(_ value: String, _ name: String) -> String {
        let numbers = value.split(separator: ", ").map { Double($0) }
        if numbers.count > 1, !numbers.contains(nil) {
            return numbers.compactMap { $0.map(ShortNumber.text) }.joined(separator: ", ")
        }
        let line = value.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 100 && !name.hasSuffix(".remark") ? line.prefix(100) + "…" : line
    }
}
