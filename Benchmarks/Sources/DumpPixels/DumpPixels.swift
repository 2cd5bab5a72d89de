import Formats
import Foundation
import ImageCore

/// Writes the stored values of DICOM files, for `scripts/crosscheck/dicom_pixels.py`.
///
/// `DumpPixels [--stored-color] TARGET FILE…`: the samples of all frames of the nth file in `TARGET/n.raw`, and a line of its path,
/// `ok` or `error`, type and sizes, and what was wrong, divided by tabs.
@main
struct DumpPixels {
    static func main() throws {
        var words = Array(CommandLine.arguments.dropFirst())
        let keepsColor = words.first == "--stored-color"
        if keepsColor { words.removeFirst() }
        guard let target = words.first else {
            FileHandle.standardError.write(Data("usage: DumpPixels [--stored-color] TARGET FILE…\n".utf8))
            exit(64)
        }
        let options = DICOMPixelOptions(convertsColor: !keepsColor)
        for (index, path) in words.dropFirst().enumerated() {
            let fields: [String]
            do throws(FormatError) {
                fields = try dump(path, options, to: "\(target)/\(index).raw")
            } catch {
                fields = ["error", "", error.description]
            }
            print(([path] + fields).joined(separator: "\t"))
        }
    }

    /// Writes one file's samples; gives the rest of its line.
    private static func dump(
        _ path: String, _ options: DICOMPixelOptions, to target: String
    ) throws(FormatError) -> [String] {
        let reader = try DICOMPixelReader(header: DICOMHeader(path: path), options: options)
        let count = reader.format.frameCount
        var remarks = reader.defects.map(\.description)
        var samples = [UInt8](repeating: 0, count: reader.format.frameByteCount)
        var data = Data()
        for frame in 0..<count {
            var span = samples.mutableSpan
            var bytes = unsafe span.mutableBytes
            if let defect = try reader.readStored(frame: frame, into: &bytes) { remarks.append(defect.description) }
            data.append(contentsOf: samples)
        }
        do { try data.write(to: URL(filePath: target)) } catch {
            throw FormatError(.inputOutput, file: target, found: error.localizedDescription)
        }
        let sizes = ([count] + reader.sizes).map(String.init).joined(separator: " x ")
        return ["ok", "\(reader.format.scalarKind.rawValue) \(sizes)", remarks.joined(separator: "; ")]
    }
}
