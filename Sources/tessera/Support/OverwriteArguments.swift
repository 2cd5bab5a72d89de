import ArgumentParser
import Formats

/// Whether a command may replace a file that is there already.
struct OverwriteArguments: ParsableArguments {
    @Flag(help: "Replace an output that is there already; an input never is.")
    var overwrite = false

    /// Refuses outputs that are there already, and those that are inputs or a part of them, before the work.
    ///
    /// - Parameters:
    ///   - outputs: The files that the command writes.
    ///   - inputs: Files and folders that it reads.
    /// - Throws: `invalidRequest`.
    func check(_ outputs: [String], inputs: [String]) throws(FormatError) {
        for output in outputs where FilePaths.exists(output) {
            if let input = inputs.first(where: { Self.isPart(output, of: $0) }) {
                throw FormatError(
                    .invalidRequest, file: output, expected: "an output that is no input",
                    found: "one that belongs to the input \(input)")
            }
            guard overwrite else {
                throw FormatError(
                    .invalidRequest, file: output, expected: "no such file yet (or another name, or --overwrite)",
                    found: "one that is there already")
            }
        }
    }

    /// Whether a file is an input, the samples that a header among the inputs names, or a DICOM file in an input's folder.
    private static func isPart(_ output: String, of input: String) -> Bool {
        let (file, place) = (FilePaths.resolved(output), FilePaths.resolved(input))
        if file == place { return true }
        if FilePaths.isFolder(input) { return file.hasPrefix(place == "/" ? place : place + "/") && isDICOM(file) }
        guard FilePaths.parent(of: file) == FilePaths.parent(of: place) else { return false }
        let header = input.lowercased()
        if header.hasSuffix("dicomdir") { return isDICOM(file) }
        guard header.hasSuffix(".nhdr") || header.hasSuffix(".mhd"), let name = file.split(separator: "/").last else {
            return false
        }
        let start = (try? ByteSource(path: place).prefix(65536)) ?? []
        return String(decoding: start, as: UTF8.self).contains(name)
    }

    private static func isDICOM(_ path: String) -> Bool {
        let start = (try? ByteSource(path: path).prefix(132)) ?? []
        return DICOMHeader.recognizes(start)
    }
}
