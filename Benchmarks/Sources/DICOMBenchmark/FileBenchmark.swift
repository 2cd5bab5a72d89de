import Formats
import Foundation
import ImageCore
import Measuring
import Radiology

/// Reads and writes NIfTI files, and parses the frames of segmentations.
enum FileBenchmark {
    /// The stored samples of a file.
    static func read(_ path: String) throws -> AnyImage {
        try NIfTIReader(ByteSource(path: path), values: .stored).readFrame()
    }

    /// Writing the samples of a file, on some threads, into a folder of its own; what was written is read again afterwards.
    static func writing(
        _ path: String, workers: Int
    ) throws -> (work: () throws -> String, result: (String) throws -> [UInt32]) {
        let image = try read(path)
        let folder = FileManager.default.temporaryDirectory.appending(path: "tessera-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let target = folder.appending(path: "volume.nii.gz").path
        let work = {
            try NIfTIEncoder(workers: workers).write(image, to: target)
            return target
        }
        let result: (String) throws -> [UInt32] = { written in
            defer { try? FileManager.default.removeItem(at: folder) }
            return checksums(try read(written))
        }
        return (work, result)
    }

    /// Segment and position of every frame.
    static func frames(_ path: String) throws -> [SegmentationFrame] { try Segmentation(path: path).frames }

    /// One checksum of all samples.
    static func checksums(_ image: AnyImage) -> [UInt32] { [image.contiguous().accept(WholeChecksum())] }

    /// One checksum of the frames as lines, as the peer makes it.
    static func checksums(_ frames: [SegmentationFrame]) -> [UInt32] {
        let lines = frames.map { "\($0.segment ?? 0),\($0.positionMillimetres?.z ?? .nan)" }
        return [CRC32.checksum(Array(lines.joined(separator: "|").utf8).span)]
    }
}

/// The CRC-32 of all bytes.
private struct WholeChecksum: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> UInt32 {
        let bytes = image.bytes
        let copy = (0..<bytes.byteCount).map { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        return CRC32.checksum(copy.span)
    }
}
