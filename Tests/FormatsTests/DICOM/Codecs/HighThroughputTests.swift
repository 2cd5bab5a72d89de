import Foundation
import ImageCore
import TestSupport
import Testing

@testable import Formats

/// High-throughput JPEG 2000 in small streams, written by OpenJPH 0.9 from samples of a formula.
@Suite struct HighThroughputTests {
    /// A stream of 8-bit samples.
    struct Stream: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rows, columns, samples: Int
        let text: String

        var bytes: [UInt8] {
            get throws { try [UInt8](#require(Data(base64Encoded: text, options: .ignoreUnknownCharacters))) }
        }

        /// The samples that were encoded.
        var values: [Int] {
            (0..<rows * columns * samples).map { i in
                let (pixel, sample) = i.quotientAndRemainder(dividingBy: samples)
                return (37 * (pixel % columns) + 91 * (pixel / columns) + 150 * sample) % 256
            }
        }

        func pixels(_ stream: [UInt8]) -> HandmadePixels {
            HandmadePixels(
                rows: rows, columns: columns, samples: samples, allocated: 8, stored: 8,
                photometric: samples == 3 ? "RGB" : "MONOCHROME2", syntax: "1.2.840.10008.1.2.4.201",
                pixels: .fragments([stream]))
        }
    }

    /// Three wavelet levels of 3 x 2 pixels: those of the second resolution are all in the first.
    static let small = Stream(
        testDescription: "more levels than the size has", rows: 2, columns: 3, samples: 1,
        text: """
            /0//UQApQAAAAAADAAAAAgAAAAAAAAAAAAAAAwAAAAIAAAAAAAAAAAABBwEB/1AACAACAAAABP9SAAwAAgABAAMEBEAB/1wADSBQWFhgWFhYUFBY
            /5AACgAAAAAALQAB/5PAEoDZAId0AADACUCSAQd0AMARwBMAgAMAtLQAQjQA/9k=
            """)

    /// Tiles of 4 x 4 over 5 x 5 pixels, component by component.
    static let tiles = Stream(
        testDescription: "a tile of one pixel", rows: 5, columns: 5, samples: 3,
        text: """
            /0//UQAvQAAAAAAFAAAABQAAAAAAAAAAAAAABAAAAAQAAAAAAAAAAAADBwEBBwEBBwEB/1AACAACAAAAA/9SAAwABAABAAEEBEAB/1wAByBQUFBY
            /5AACgAAAAAAhwAB/5PAFQAfaBRXAMM0AMAVEAVMAJQ/HiTyAEGUAD+Sven+AGGUAH8BC3QAwBOAatYqAEM0AMAVEAVEAKh/PzUIAGKUAH60P+0A
            hzQA/37/fwGAdADAFQAHEOP5AIC0AMAVEAVEAJg+HyTyAEGUAD7JHvQAYpQAfv4BC3QA/5AACgABAAAAQgAB/5PAEwAmwAEDdADAEwD+tAELdADA
            EwAr9gEDdADAEoBJAY90AMASgOUAD3QAwBMA/zQBC3QA/5AACgACAAAAQQAB/5PAEwAn/gAiNADAEoDIACE0AMATAPvqAQF0AMASgMgAITQAwBMA
            LuoAIjQAwBKAtQBhNAD/kAAKAAMAAAAoAAH/k8ASAAEHdAAAwBKA6gAHdAAAwBKApwEHdAAA/9k=
            """)

    /// Precincts of 8 x 8 over 9 x 9 pixels, layer by layer.
    static let precincts = Stream(
        testDescription: "a precinct of one pixel", rows: 9, columns: 9, samples: 3,
        text: """
            /0//UQAvQAAAAAAJAAAACQAAAAAAAAAAAAAACQAAAAkAAAAAAAAAAAADBwEBBwEBBwEB/1AACAACAAAAA/9SAA4BAAABAAEAAEABMzP/XAAHIFBQ
            UFj/kAAKAAAAAAHGAAH/k+ANranVZB+KApeGwcRxWYsvF/HA5QXtACADNwAPaobwAdGDdQAOEhfFAACBoXYAAMd0AOANp6nU5erxSEujZbB0nJQY
            JQmTwRGrNwDaLt3+Y/ADdQDDjuX4CCA2NQCTAQd0AOANqanU5QeR5u9ULO3eoFi/ovw5eIAAQLcAhsXR/Avwi3UA9/AV/QETUXUAhwEHdADAFqwB
            a8ALUD/fj/9v7+Px+Dwf3+/zJViAADCXAD9+vH98vT98/X588/h9vT8cJcIQIZcA/3//b+/v/3vn/3//fxaLgia6dwDAFSA+/vx9AdGLdQDAFUA+
            /0/vAAADUXYAAMAWtAFrwAtQ/1/fx/fzez++3+fz+33+B8hAADKXAH7+H74+H14+Pz/eP77eH74fIQhA2pcAf79/v9/v/3//f/3+AEPnAACEeADA
            FUB/fHz+/g3xi3UAwBOAP74IILY1AADAFqwBbEALUD4/v9fn+fk+v9/H+/N4GrEAALmXAD6/Xj7fXj/ffv4fvj4fXj7+DhxCEDKXAH6/3/93/3//
            ff37/X4PncAAMpcAwBUgvt+fz2XxA3UAwBUAv+/3AESNNQAA/9k=
            """)

    /// OpenJPH does not step over such a packet and takes its byte for the head of the next.
    @Test(arguments: [small, tiles, precincts])
    func `a precinct without coded blocks costs no samples`(stream: Stream) throws {
        let bytes = try stream.bytes
        #expect(try stream.pixels(bytes).values() == stream.values)
        let header = try #require(unsafe JPEG2000Header(bytes.span.bytes))
        #expect(unsafe !HighThroughputCheck.isPlain(bytes.span.bytes, header))
    }

    /// OpenJPEG ends the process at an assertion when it finds one at certain places.
    @Test(arguments: [small, tiles]) func `a marker inside of coded blocks is an error`(stream: Stream) throws {
        let bytes = try stream.bytes
        var start = 0
        for place in bytes.indices.dropLast(3) {
            if bytes[place..<place + 2] == [0xFF, 0x93] { start = place + 2 }
            let isHead =
                bytes[place..<place + 2] == [0xFF, 0x90] || bytes[place + 1] == 0xFF && bytes[place + 2] == 0x90
            if isHead { start = 0 }
            guard start > 0 else { continue }
            for value: UInt8 in [0x90, 0xFF] {
                var damaged = bytes
                damaged.replaceSubrange(place..<place + 2, with: [0xFF, value])
                guard place >= start, damaged != bytes else { continue }
                let error = try #require(throws: FormatError.self, "byte \(place)") {
                    try stream.pixels(damaged).values()
                }
                #expect(error.code == .corrupt)
                #expect(error.description.contains("a marker inside of blocks coded for high throughput"))
            }
        }
    }
}
