import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

@Suite struct PNGEncoderTests {
    @Test(arguments: PNGFilter.allCases, [ColorModel.gray, .grayAlpha, .rgb, .rgba])
    func `samples of 8 and 16 bits come back`(filter: PNGFilter, color: ColorModel) throws {
        let channels = color.channelCount ?? 1
        for (width, height) in [(1, 1), (7, 5), (16, 3)] {
            let sizes = channels == 1 ? [height, width] : [height, width, channels]
            let bytes = Image<UInt8>.random(sizes, color: color, seed: 1)
            guard case .uint8(let found) = try decodePNG(PNGEncoder(level: 1, filter: filter).encode(bytes)) else {
                Issue.record("not 8 bits")
                continue
            }
            #expect(found.values == bytes.values && found.sizes == sizes && found.color == color)
            let words = Image<UInt16>.random(sizes, color: color, seed: 2)
            guard case .uint16(let wide) = try decodePNG(PNGEncoder(filter: filter).encode(words)) else {
                Issue.record("not 16 bits")
                continue
            }
            #expect(wide.values == words.values && wide.color == color && wide.domain == .integer(bits: 16))
        }
    }

    @Test(arguments: 0...9)
    func `every level keeps the samples and gives the same bytes twice`(level: Int) throws {
        let image = Image<UInt8>.random([20, 30, 3], color: .rgb, seed: 3)
        let bytes = try PNGEncoder(level: level).encode(image)
        #expect(try PNGEncoder(level: level).encode(image) == bytes)
        #expect(try decodePNG(bytes).rgba16 == AnyImage(image).rgba16)
        #expect(level > 0 || bytes.count > image.count)
    }

    @Test func `masks take one bit a pixel`() throws {
        for width in [1, 7, 8, 9, 17] {
            let noise = Image<UInt8>.random([5, width], color: .gray, seed: UInt64(width))
            let mask = Image<Bool>(axes: [.y, .x], sizes: [5, width], color: .labels, domain: .labels) {
                for i in 0..<$0.count { $0[i] = noise.values[i] > 127 }
            }
            let bytes = try PNGEncoder().encode(AnyImage.bool(mask))
            #expect(PNGFile(bytes).data("IHDR")?[8] == 1)
            guard case .uint8(let found) = try decodePNG(bytes) else {
                throw FormatError(.corrupt, file: "", found: "")
            }
            #expect(found.values == mask.values.map { $0 ? 255 : 0 })
        }
    }

    @Test func `labels come back with their palette`() throws {
        var labels = Image<UInt8>(axes: [.y, .x], sizes: [2, 3], color: .labels, domain: .labels) {
            for i in 0..<6 { $0[i] = UInt8(i % 3) }
        }
        labels.metadata["palette"] = .bytes([0, 0, 0, 255, 0, 0, 0, 0, 255])
        let bytes = try PNGEncoder().encode(labels)
        let found = try decodePNG(bytes, options: ReadOptions(palette: .labels))
        guard case .uint8(let image) = found else { throw FormatError(.corrupt, file: "", found: "") }
        #expect(image.values == labels.values && image.metadata == labels.metadata && image.color == .labels)
        #expect(try decodePNG(bytes).rgba16.prefix(8) == [0, 0, 0, .max, .max, 0, 0, .max])
        #expect(throws: FormatError.self) { try PNGEncoder(palette: [1, 2, 3]).encode(labels) }
        #expect(throws: FormatError.self) { try PNGEncoder(palette: [1, 2]).encode(labels) }
        #expect(throws: FormatError.self) { try PNGEncoder(palette: []).encode(labels) }
    }

    @Test func `resolution, profile and EXIF come back`() throws {
        var image = Image<UInt8>.random([4, 4, 3], color: .rgb, seed: 5)
        image.geometry = Geometry(mppX: 0.25, mppY: 0.5)
        image.metadata["icc"] = .bytes((0..<200).map { UInt8($0) })
        image.metadata["exif"] = .bytes(Array("II".utf8) + [42, 0, 8, 0, 0, 0])
        let found = try decodePNG(try PNGEncoder().encode(image))
        #expect(found.metadata == image.metadata && found.geometry == image.geometry)
    }

    @Test func `rows with a stride, other axis orders and views are written alike`() throws {
        let image = Image<UInt8>.random([9, 11, 3], color: .rgb, seed: 6)
        let part = image.cropped(to: PixelRect(x: 2, y: 3, width: 5, height: 4))
        let expected = try PNGEncoder().encode(part.contiguous())
        #expect(try PNGEncoder().encode(part) == expected)
        #expect(try PNGEncoder().encode(part.permuted(to: [.channel, .y, .x]).contiguous()) == expected)
        let start = (3 * 11 + 2) * 3
        let span = image.samples.extracting(start..<start + 3 * 33 + 15)
        #expect(try PNGEncoder().encode(span, width: 5, height: 4, channels: 3, rowStride: 33) == expected)
    }

    @Test func `what the format cannot hold is refused`() throws {
        let encoder = PNGEncoder()
        #expect(throws: FormatError.self) { try encoder.encode(.float32(Image(axes: [.y, .x], sizes: [1, 1]))) }
        #expect(throws: FormatError.self) { try encoder.encode(Image<UInt8>(axes: [.y, .x], sizes: [0, 4])) }
        #expect(throws: FormatError.self) { try encoder.encode(Image<UInt8>(axes: [.z, .y, .x], sizes: [1, 1, 1])) }
        #expect(throws: FormatError.self) {
            try encoder.encode(Image<UInt8>(axes: [.y, .x, .channel], sizes: [1, 1, 5]))
        }
        #expect(throws: FormatError.self) {
            try encoder.encode(Image<UInt8>(axes: [.y, .x, .channel], sizes: [1, 1, 3], color: .hsv))
        }
        let error = #expect(throws: FormatError.self) {
            try encoder.write(Image<Int8>(axes: [.y, .x], sizes: [1, 1]), to: "a.png")
        }
        #expect(error?.description == "a.png: expected samples of bool, uint8 or uint16, found int8")
    }

    @Test func `a file is written whole or not at all`() throws {
        let folder = try ScratchFolder()
        let image = Image<UInt16>.random([3, 4], color: .gray, seed: 8)
        try PNGEncoder().write(image, to: folder.path("a.png"))
        let found = try FormatTable([PNGFormat.format]).readImage(path: folder.path("a.png"))
        #expect(found.rgba16 == AnyImage(image).rgba16)
        #expect(throws: FormatError.self) { try PNGEncoder().write(image, to: folder.path("no/a.png")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.png"])
    }
}

@Suite struct PNGRowWriterTests {
    @Test(arguments: PNGFilter.allCases)
    func `rows in bands give the image`(filter: PNGFilter) throws {
        let folder = try ScratchFolder()
        let image = Image<UInt8>.random([10, 7, 3], color: .rgb, seed: 4)
        let writer = try PNGRowWriter(
            path: folder.path("a.png"), width: 7, height: 10, channels: 3, geometry: Geometry(mppX: 0.5, mppY: 4),
            encoder: PNGEncoder(filter: filter))
        for band in [0..<4, 4..<5, 5..<10] {
            try writer.write(rows: image.samples.extracting(band.lowerBound * 21..<band.upperBound * 21))
        }
        try writer.finish()
        let found = try FormatTable([PNGFormat.format]).readImage(path: folder.path("a.png"))
        #expect(found.rgba16 == AnyImage(image).rgba16)
        #expect(found.geometry == Geometry(mppX: 0.5, mppY: 4))
    }

    @Test func `labels keep their palette, and a dropped writer leaves nothing`() throws {
        let folder = try ScratchFolder()
        do {
            let writer = try PNGRowWriter(
                path: folder.path("a.png"), width: 2, height: 1, channels: 1, encoder: PNGEncoder(palette: [9, 8, 7]))
            #expect(throws: FormatError.self) { try writer.write(rows: [UInt8]([0, 1]).span) }
            try writer.write(rows: [UInt8]([0, 0]).span)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        #expect(throws: FormatError.self) {
            try PNGRowWriter(path: folder.path("no/a.png"), width: 2, height: 1, channels: 1)
        }
    }
}
