import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Files of the own writer, read back by libtiff.
struct TIFFWriterTests {
    static let kinds = ScalarKind.allCases
    static let encoders = [
        TIFFEncoder(layout: .tiles(PixelSize(width: 16, height: 32))),
        TIFFEncoder(layout: .tiles(PixelSize(width: 64, height: 16)), compression: .none, structure: .big),
        TIFFEncoder(layout: .strips(rows: 7), compression: .deflate(level: 1)),
        TIFFEncoder(layout: .strips(rows: 1000), compression: .none),
        TIFFEncoder(layout: .tiles(PixelSize(width: 16, height: 16)), usesPredictor: true),
    ]

    private func random(
        _ kind: ScalarKind, _ axes: [Axis], _ sizes: [Int], _ color: ColorModel
    ) -> AnyImage {
        var generator = SeededGenerator(seed: 7)
        return AnyImage(kind: kind, axes: axes, sizes: sizes, color: color) { bytes in
            for i in 0..<bytes.byteCount {
                let byte = UInt8.random(in: 0...255, using: &generator)
                bytes.storeBytes(of: kind == .bool ? byte & 1 : byte, toByteOffset: i, as: UInt8.self)
            }
        }
    }

    @Test(arguments: kinds, encoders)
    func `every scalar comes back`(kind: ScalarKind, encoder: TIFFEncoder) throws {
        if kind == .bool && encoder.usesPredictor { return }
        let folder = try ScratchFolder()
        let image = random(kind, [.y, .x], [37, 45], .gray)
        try encoder.write(image, to: folder.path("a.tif"))
        let reader = try FormatTable.standard.open(ByteSource(path: folder.path("a.tif")))
        let back = try reader.readFrame()
        #expect(reader.formatName == (encoder.structure == .big ? "BigTIFF" : "TIFF"))
        #expect(back.kind == (kind == .bool ? .uint8 : kind) && back.layout.sizes == [37, 45] && back.color == .gray)
        #expect(back.accept(RawBytes()) == image.accept(RawBytes()))
    }

    @Test(arguments: [
        (ColorModel.gray, 1), (.grayAlpha, 2), (.rgb, 3), (.rgba, 4), (.cmyk, 4), (.unspecified, 3), (.unspecified, 7),
    ])
    func `every color comes back`(color: ColorModel, channels: Int) throws {
        let folder = try ScratchFolder()
        for encoder in Self.encoders {
            let image = random(.uint16, [.y, .x, .channel], [20, 33, channels], color)
            try encoder.write(image, to: folder.path("a.tif"))
            let back = try FormatTable.standard.readImage(path: folder.path("a.tif"))
            #expect(back.color == color && back.layout.sizes == (channels == 1 ? [20, 33] : [20, 33, channels]))
            #expect(back.accept(RawBytes()) == image.accept(RawBytes()))
        }
    }

    @Test func `BGR and channel planes are written as interleaved RGB`() throws {
        let folder = try ScratchFolder()
        guard case .uint8(let bgr) = random(.uint8, [.y, .x, .channel], [5, 6, 3], .bgr) else { return }
        try TIFFEncoder().write(bgr, to: folder.path("a.tif"))
        guard case .uint8(let back) = try FormatTable.standard.readImage(path: folder.path("a.tif")) else { return }
        #expect(back.color == .rgb && back[4, 5, 0] == bgr[4, 5, 2] && back[2, 3, 2] == bgr[2, 3, 0])
        guard case .uint8(let planes) = random(.uint8, [.channel, .y, .x], [3, 5, 6], .rgb) else { return }
        try TIFFEncoder().write(planes, to: folder.path("b.tif"))
        guard case .uint8(let back) = try FormatTable.standard.readImage(path: folder.path("b.tif")) else { return }
        #expect(back[4, 5, 0] == planes[0, 4, 5] && back[1, 2, 2] == planes[2, 1, 2])
    }

    @Test func `a stack becomes pages with resolution and profile`() throws {
        let folder = try ScratchFolder()
        guard case .int16(var stack) = random(.int16, [.z, .y, .x], [4, 9, 11], .gray) else { return }
        stack.geometry = Geometry(mppX: 0.25, mppY: 0.5)
        stack.metadata["icc"] = .bytes([1, 2, 3, 4, 5])
        stack.metadata["tiff.ImageDescription"] = "a stack, µm"
        try TIFFEncoder(software: "Tessera").write(stack, to: folder.path("a.tif"))
        let reader = try TIFFReader(ByteSource(path: folder.path("a.tif")))
        #expect(reader.frames.count == 4)
        for z in 0..<4 {
            let page = try reader.readFrame(z)
            #expect(page.accept(RawBytes()) == RawBytes().visit(stack.slice(.z, at: z)))
            #expect(page.geometry == Geometry(mppX: 0.25, mppY: 0.5))
            #expect(page.metadata["icc"] == .bytes([1, 2, 3, 4, 5]))
            #expect(page.metadata["tiff.ImageDescription"] == .text("a stack, µm"))
            #expect(page.metadata["tiff.Software"] == .text("Tessera"))
        }
    }

    @Test func `what TIFF cannot hold is refused`() throws {
        let folder = try ScratchFolder()
        func code(_ image: AnyImage, _ encoder: TIFFEncoder = TIFFEncoder()) -> FormatError.Code? {
            #expect(throws: FormatError.self) { try encoder.write(image, to: folder.path("a.tif")) }?.code
        }
        #expect(code(random(.uint8, [.y, .x, .channel], [2, 2, 3], .hsv)) == .unsupported)
        #expect(code(random(.uint8, [.y, .x, .channel], [2, 2, 2], .rgb)) == .invalidRequest)
        #expect(code(random(.uint8, [.y, .x], [0, 2], .gray)) == .invalidRequest)
        #expect(code(random(.uint8, [.z, .x], [2, 2], .gray)) == .invalidRequest)
        let gray = random(.uint8, [.y, .x], [2, 2], .gray)
        #expect(code(gray, TIFFEncoder(layout: .tiles(PixelSize(width: 20, height: 16)))) == .invalidRequest)
        #expect(code(gray, TIFFEncoder(compression: .none, usesPredictor: true)) == .invalidRequest)
        #expect(code(gray, TIFFEncoder(compression: .jpeg)) == .unsupported)
        #expect(throws: FormatError.self) { try TIFFEncoder().write(gray, to: folder.path("none/a.tif")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
