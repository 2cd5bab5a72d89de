import CCodecFloor
import Formats
import Glibc

/// What no reader can be faster than: reading the bytes alone, and the codec's library alone.
enum Floors {
    private static let codecs = [
        "jpeg-lossless": CFLOOR_JPEG_LOSSLESS, "jpeg-ls": CFLOOR_JPEG_LS, "jpeg-2000": CFLOOR_JPEG_2000,
        "htj2k": CFLOOR_HTJ2K, "rle": CFLOOR_RLE,
    ]

    /// Where the pixel data of uncompressed files stands.
    static func places(_ files: [String]) throws -> [(path: String, offset: Int, count: Int)] {
        try files.map { file in
            let place = try DICOMHeader(path: file).pixelData
            return (file, place?.offset ?? 0, place?.length ?? 0)
        }
    }

    /// Opens every file, reads its pixel data into memory that is there, closes it.
    static func readBytes(
        _ places: [(path: String, offset: Int, count: Int)], into buffer: UnsafeMutableRawBufferPointer
    ) {
        guard let base = buffer.baseAddress else { return }
        var start = 0
        for place in places {
            let descriptor = unsafe open(place.path, O_RDONLY | O_CLOEXEC)
            let got = unsafe pread(descriptor, base + start, place.count, off_t(place.offset))
            precondition(got == place.count, "\(place.path) is whole")
            close(descriptor)
            start += place.count
        }
    }

    /// Decodes frames that are in memory one after the other, all into the same memory.
    ///
    /// - Parameters:
    ///   - frames: The compressed frames.
    ///   - name: The codec.
    ///   - samples: The samples of each frame.
    ///   - use: Called with the samples of every frame.
    static func decode(
        _ frames: [[UInt8]], codec name: String, samples: Int, use: ([UInt16]) -> Void = { _ in }
    ) {
        guard let codec = codecs[name] else { preconditionFailure("a codec: \(codecs.keys.sorted())") }
        var buffer = [UInt16](repeating: 0, count: samples)
        for (index, frame) in frames.enumerated() {
            let failed = unsafe cfloor_decode(Int32(codec), frame, frame.count, &buffer, samples)
            precondition(failed == 0, "frame \(index) decodes")
            use(buffer)
        }
    }
}
