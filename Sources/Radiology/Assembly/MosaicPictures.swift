import Formats
import Synchronization

/// Decoded mosaics while their tiles are taken: each is decoded once and let go with its last tile.
///
/// Threads take tiles in the order of the volume, so that about one picture per thread is held.
final class MosaicPictures: Sendable {
    /// How the pictures are divided, by the file's index in the series.
    let layouts: [Int: DICOMMosaic]
    private let held: Mutex<[Int: Held]>

    private struct Held {
        var picture = Picture()
        var tilesLeft: Int
    }

    private final class Picture: Sendable {
        let decoded = Mutex<Result<SampleBuffer, FormatError>?>(nil)
    }

    /// The mosaics among the instances of a stack.
    init(_ series: DICOMSeries, _ frames: [DICOMFrameReference]) {
        var layouts: [Int: DICOMMosaic] = [:]
        var held: [Int: Held] = [:]
        for frame in frames {
            guard let mosaic = series.instances[frame.instance].mosaic, mosaic.sliceCount > 0 else { continue }
            layouts[frame.instance] = mosaic
            held[frame.instance, default: Held(tilesLeft: 0)].tilesLeft += 1
        }
        self.layouts = layouts
        self.held = Mutex(held)
    }

    /// The picture of a file, decoded by the first caller; to be asked for once per tile.
    func picture(
        _ index: Int, byteCount: Int, decode: (inout MutableRawSpan) throws(FormatError) -> Void
    ) throws(FormatError) -> SampleBuffer {
        let picture = held.withLock { held -> Picture in
            let picture = held[index]?.picture ?? Picture()
            held[index]?.tilesLeft -= 1
            if held[index]?.tilesLeft == 0 { held[index] = nil }
            return picture
        }
        let result = picture.decoded.withLock { decoded in
            if let decoded { return decoded }
            let buffer = SampleBuffer(count: byteCount)
            var new = Result<SampleBuffer, FormatError>.success(buffer)
            do throws(FormatError) {
                try buffer.writeBytes(byteCount, decode)
            } catch {
                new = .failure(error)
            }
            decoded = new
            return new
        }
        return try result.get()
    }
}
