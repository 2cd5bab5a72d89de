import Formats
import ImageCore

extension MakeSlide {
    /// The whole of level 0 of the slide that tissue is cut out of.
    func readTissue() throws -> Image<UInt8> {
        let slide = try Slides.open(path: tissue)
        let size = slide.levels[0].size
        guard min(size.width, size.height) >= 1024 else {
            throw FormatError(
                .invalidRequest, file: tissue, expected: "at least 1024 pixels each way",
                found: "\(size.width) x \(size.height)")
        }
        return try slide.read(size.bounds, level: 0).pixels
    }
}
