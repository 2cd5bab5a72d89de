import ArgumentParser
import Formats
import Patches

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Says what a file is: slide, volume or image, its size, resolution and levels.")

    @Argument(help: "Files and folders.")
    var inputs: [String]

    @Flag(help: "Print one JSON array on standard output.")
    var json = false

    func run() throws {
        let extensions = Set(Slides.extensions + FormatTable.standard.formats.flatMap(\.extensions))
        let (files, failures) = FileSearch.files(in: inputs) { extensions.contains(FileSearch.pathExtension($0)) }
        var lines = failures.map(\.description)
        if files.isEmpty && failures.isEmpty {
            lines.append("\(inputs.joined(separator: ", ")): expected images, found none")
        }
        var descriptions: [FileDescription] = []
        for file in files {
            let description: FileDescription
            do throws(FormatError) {
                description = try FileDescription(path: file.path)
            } catch {
                lines.append(error.description)
                continue
            }
            descriptions.append(description)
            if !json { try StandardOutput.write([UInt8]((description.text + "\n").utf8)) }
        }
        if json { try StandardOutput.write(CanonicalJSON.encode(descriptions)) }
        for line in lines { StandardError.line("tessera: \(line)") }
        if !lines.isEmpty { throw ExitCode(1) }
    }
}

extension FileDescription {
    /// The description as a person reads it.
    var text: String {
        var lines = ["\(path)", "  \(kind.rawValue), \(format)" + (engine.map { ", read by \($0)" } ?? "")]
        let size = depth.map { "\(width) x \(height) x \($0)" } ?? "\(width) x \(height)"
        lines.append("  \(size) pixels, \(channels) x \(scalar) (\(color))" + (frames > 1 ? ", \(frames) frames" : ""))
        if let mppX, let mppY, let mppSource { lines.append("  \(mppX) x \(mppY) um/px (\(mppSource))") }
        if kind != .slide, let spacing = spacingMillimetres {
            lines.append("  spacing \(spacing.map { String($0) }.joined(separator: " x ")) mm")
        }
        if let magnification { lines.append("  objective \(magnification) x") }
        for (index, level) in (levels ?? []).enumerated() {
            let tile = "tiles of \(level.tileWidth) x \(level.tileHeight)"
            lines.append("  level \(index): \(level.width) x \(level.height), downsample \(level.downsample), \(tile)")
        }
        if let associatedImages, !associatedImages.isEmpty {
            lines.append("  associated: \(associatedImages.joined(separator: ", "))")
        }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let line = value.split(whereSeparator: \.isNewline).joined(separator: " ")
            lines.append("  \(name): \(line.count > 100 ? line.prefix(100) + "…" : line[...])")
        }
        return lines.joined(separator: "\n")
    }
}
