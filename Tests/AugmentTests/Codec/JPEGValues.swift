import Formats
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of JPEG compression")
struct JPEGValues {
    @Test func pixelsAreThoseOfAFileWrittenAndRead() throws {
        let picture = ChangedSamples.picture()
        for (quality, subsampling) in [(20, JPEGCompression.Subsampling.s420), (90, .s444), (55, .s422)] {
            var jpeg = JPEGCompression()
            (jpeg.quality, jpeg.subsampling) = (.fixed(Double(quality)), subsampling)
            let kept: JPEGEncoder.Subsampling = subsampling == .s444 ? .s444 : subsampling == .s422 ? .s422 : .s420
            let bytes = try JPEGEncoder(quality: quality, subsampling: kept).encode(picture)
            let read = try JPEGReader(ByteSource(bytes: bytes)).readFrame().converted(to: UInt8.self)
            #expect(try Pipeline.changed(picture, by: jpeg).numbers == read.numbers)
        }
    }

    @Test func lowQualityIsFurtherFromThePicture() throws {
        let picture = ChangedSamples.picture()
        func error(_ quality: Double) throws -> Double {
            var jpeg = JPEGCompression()
            jpeg.quality = .fixed(quality)
            let result = try Pipeline.changed(picture, by: jpeg).numbers
            let differences = zip(result, picture.numbers).map { $0 - $1 }
            return differences.map { $0 * $0 }.reduce(0, +)
        }
        #expect(try error(10) > 2 * error(80))
    }

    @Test func grayPicturesStayGray() throws {
        var gray = Image<UInt8>(axes: [.y, .x], sizes: [20, 30], color: .gray)
        for y in 0..<20 { for x in 0..<30 { gray[y, x] = UInt8(8 * y + x) } }
        let result = try Pipeline.changed(gray, by: JPEGCompression())
        #expect(result.axes == [.y, .x] && result.color == .gray && result != gray)
    }

    @Test func otherTypesAreRefused() {
        let words = Image<UInt16>(axes: [.y, .x], sizes: [8, 8])
        let error = #expect(throws: AugmentError.self) { try Pipeline.changed(words, by: JPEGCompression()) }
        #expect(error?.description == "jpeg: expected a picture of 8 bits (uint8), found uint16")
        let bands = Image<UInt8>(axes: [.y, .x, .channel], sizes: [8, 8, 5])
        #expect(throws: AugmentError.self) { try Pipeline.changed(bands, by: JPEGCompression()) }
        let volume = Image<UInt8>(axes: [.z, .y, .x], sizes: [8, 8, 8])
        #expect(throws: AugmentError.self) { try Pipeline.changed(volume, by: JPEGCompression()) }
    }
}
