import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// What OpenSlide 4.0.1 says about the slides of the test data: `expected/slides.json`.
struct ExpectedSlide: Decodable {
    struct Region: Decodable {
        var level: Int
        /// In pixels of level 0.
        var x: Int
        var y: Int
        var w: Int
        var h: Int
        var png: String?
        var error: String?
    }

    enum Associated: Decodable {
        case size(PixelSize)
        case error

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let numbers = try? container.decode([Int].self) {
                self = .size(PixelSize(width: numbers[0], height: numbers[1]))
            } else {
                self = .error
            }
        }
    }

    /// Why OpenSlide does not open the file.
    var openslide: String?
    var vendor: String?
    var levels: [[Int]]?
    var downsamples: [Double]?
    var tiles: [[String]]?
    var mpp: [String?]?
    var objective: String?
    var associated: [String: Associated]?
    var regions: [Region]?

    private struct File: Decodable {
        var slides: [String: ExpectedSlide]
    }

    /// All slides by their path.
    static let all: [String: ExpectedSlide] = {
        guard let path = try? TestData.path("expected/slides.json"),
            let data = try? Data(contentsOf: URL(filePath: path)),
            let file = try? JSONDecoder().decode(File.self, from: data)
        else { return [:] }
        return file.slides
    }()

    var sizes: [PixelSize] { (levels ?? []).map { PixelSize(width: $0[0], height: $0[1]) } }
}

/// A region as OpenSlide gave it: colors, and whether they are opaque.
struct ExpectedRegion {
    var colors: [UInt8]
    var isValid: [Bool]

    /// `nil` where the picture has another size: two regions of the list share one name, and the later one was kept.
    init?(_ png: String, width: Int, height: Int) throws {
        let path = try TestData.path("expected/\(png)")
        guard case .uint8(let image) = try FormatTable.standard.readImage(path: path) else {
            throw ImageError.invalidArgument("8-bit PNG expected")
        }
        guard image.width == width, image.height == height else { return nil }
        // One span for the loop: taking one per sample is slow.
        let whole = image.contiguous()
        let samples = whole.samples
        let channels = image.channels
        colors = []
        isValid = []
        for i in 0..<width * height {
            for channel in 0..<3 { colors.append(samples[channels * i + channel]) }
            isValid.append(channels < 4 || samples[channels * i + 3] >= 128)
        }
    }
}
