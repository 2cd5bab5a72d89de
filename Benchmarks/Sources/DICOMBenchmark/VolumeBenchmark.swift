import Formats
import ImageCore
import Measuring
import Radiology

/// Makes a volume of a folder, from the scan of its headers to the last voxel.
enum VolumeBenchmark {
    /// A volume in new memory.
    static func volume(_ folder: String, workers: Int) throws -> Volume {
        var options = VolumeOptions()
        options.workers = workers
        return try VolumeReader(folder: folder, options: options).volume()
    }

    /// The voxels of the folder's only stack once more, into the memory of the volume that a first reading gave.
    static func reread(_ folder: String, workers: Int) throws -> (work: () throws -> Void, result: () -> Volume) {
        var options = VolumeOptions()
        options.workers = workers
        let reader = try VolumeReader(folder: folder, options: options)
        let (series, stack) = reader.stacks[0]
        var volume = try reader.volume()
        return ({ try reader.read(stack, of: series, into: &volume) }, { volume })
    }

    /// A checksum per slice.
    static func checksums(_ volume: Volume) -> [UInt32] { volume.image.accept(SliceChecksums()) }
}

/// The CRC-32 of the bytes of every slice.
struct SliceChecksums: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [UInt32] {
        let bytes = image.bytes
        let slice = bytes.byteCount / max(1, image.depth)
        return (0..<image.depth).map { index in
            let part = bytes.extracting(index * slice..<(index + 1) * slice)
            return CRC32.checksum((0..<slice).map { unsafe part.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }.span)
        }
    }
}
