import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of WebP compression")
struct WebPValues {
    private func error(_ picture: Image<UInt8>, _ quality: Double) throws -> Double {
        var webp = WebPCompression()
        webp.quality = .fixed(quality)
        let result = try Pipeline.changed(picture, by: webp)
        #expect(result.axes == picture.axes && result.color == picture.color)
        let squares = zip(result.numbers, picture.numbers).map { ($0 - $1) * ($0 - $1) }
        return squares.reduce(0, +) / Double(squares.count)
    }

    private var smooth: Image<UInt8> {
        var image = Image<UInt8>(axes: [.y, .x, .channel], sizes: [48, 64, 3], color: .rgb)
        for y in 0..<48 { for x in 0..<64 { for c in 0..<3 { image[y, x, c] = UInt8(40 + 2 * x + y + 10 * c) } } }
        return image
    }

    @Test func aSmoothPictureIsNearlyKeptAndLowQualityIsFurtherAway() throws {
        #expect(try error(smooth, 100) < 2)
        let rough = ChangedSamples.picture()
        #expect(try error(rough, 5) > 2 * error(rough, 90))
        #expect(try error(rough, 5) > 1)
    }

    @Test func grayPicturesStayGray() throws {
        let gray = Image<UInt8>(axes: [.y, .x], sizes: [20, 30], color: .gray) {
            for i in 0..<600 { $0[i] = UInt8(i / 4) }
        }
        #expect(try error(gray, 90) < 6)
    }

    @Test func whatTheFormatCannotHoldIsRefused() {
        let words = Image<UInt16>(axes: [.y, .x], sizes: [8, 8])
        #expect(throws: AugmentError.self) { try Pipeline.changed(words, by: WebPCompression()) }
        let long = Image<UInt8>(axes: [.y, .x], sizes: [1, 16384])
        #expect(throws: AugmentError.self) { try Pipeline.changed(long, by: WebPCompression()) }
    }
}
