import Formats
import Foundation
import ImageCore

/// Writes the stored values of all frames of DICOM files, for comparing them with what other readers make of the same files.
///
/// Usage: `DumpPixels [--strict] [--stored-color] OUTPUT FILE…`. One line per file goes to standard output, fields divided by tabs: the
/// path, `ok` or `failed`, the type of the samples and the sizes (`uint16 2 512 512`), what was wrong or the error. The samples
/// go to `OUTPUT/<number of the file>.raw` in the machine's byte order.
@main
struct DumpPixels {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        func takeFlag(_ name: String) -> Bool {
            guard let place = arguments.firstIndex(of: name) else { return false }
            arguments.remove(at: place)
            return true
        }
        let options = DICOMPixelOptions(
            isStrict: takeFlag("--strict"), convertsColor: !takeFlag("--stored-color"))
        guard arguments.count >= 2 else {
            FileHandle.standardError.write(Data("usage: DumpPixels [--strict] [--stored-color] OUTPUT FILE...\n".utf8))
            exit(64)
        }
        for (number, path) in arguments.dropFirst().enumerated() {
            do throws(FormatError) {
                let target = "\(arguments[0])/\(number).raw"
                print("\(path)\tok\t\(try dump(path, options, to: target))")
            } catch {
                print("\(path)\tfailed\t\t\(error)")
            }
            fflush(nil)
        }
    }

    private static func dump(
        _ path: String, _ options: DICOMPixelOptions, to target: String
    ) throws(FormatError) -> String {
        let header = try DICOMHeader(path: path, limits: options.limits)
        let reader = try DICOMPixelReader(header: header, options: options)
        var defects = reader.defects
        let format = reader.format
        FileManager.default.createFile(atPath: target, contents: nil)
        guard let file = FileHandle(forWritingAtPath: target) else {
            throw FormatError(.inputOutput, file: target, found: "cannot be written")
        }
        for frame in 0..<format.frameCount {
            var samples = [UInt64](repeating: 0xA5A5_A5A5_A5A5_A5A5, count: (format.frameByteCount + 7) / 8)
            var words = samples.mutableSpan
            var bytes = unsafe words.mutableBytes
            var whole = unsafe bytes._mutatingExtracting(first: format.frameByteCount)
            if let defect = try reader.readStored(frame: frame, into: &whole) { defects.append(defect) }
            samples.withUnsafeBytes { file.write(Data($0.prefix(format.frameByteCount))) }
        }
        let sizes = ([format.frameCount] + reader.sizes).map(String.init).joined(separator: " ")
        return "\(format.scalarKind.rawValue) \(sizes)\t\(defects.map(\.description).joined(separator: "; "))"
    }
}
