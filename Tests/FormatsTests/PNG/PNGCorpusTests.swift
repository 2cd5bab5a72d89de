import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// The reference images of PngSuite by name, as another decoder (swift-png) gives them: little-endian 16-bit RGBA.
private func references() throws -> [String: [UInt16]] {
    let folder = try ScratchFolder()
    let tar = Process()
    tar.executableURL = URL(filePath: "/bin/tar")
    tar.arguments = ["xzf", try TestData.path("expected/pngsuite-rgba16.tar.gz"), "-C", folder.url.path]
    try tar.run()
    tar.waitUntilExit()
    var images: [String: [UInt16]] = [:]
    for file in try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil) {
        let bytes = [UInt8](try Data(contentsOf: file))
        images[file.deletingPathExtension().lastPathComponent] = stride(from: 0, to: bytes.count, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
    }
    return images
}

@Suite(.needsTestData) struct PNGCorpusTests {
    @Test func `every file of PngSuite agrees with the reference, from its path and from memory`() throws {
        let references = try references()
        let files = TestData.files(below: "png/pngsuite", extensions: ["png"])
        #expect(files.count == 155 && references.count == 155)
        for file in files {
            let path = try TestData.path(file)
            let image = try FormatTable([PNGFormat.format]).readImage(path: path)
            let expected = try #require(references[URL(filePath: file).lastPathComponent], "\(file)")
            let found = image.rgba16
            // One comparison a file: a list of thousands of differences would help nobody.
            #expect(found == expected ? true : false, "\(file)")
            let memory = try decodePNG([UInt8](try Data(contentsOf: URL(filePath: path))))
            #expect(memory.rgba16 == found ? true : false, "\(file)")
            #expect(memory.metadata == image.metadata && memory.geometry == image.geometry, "\(file)")
        }
    }

    @Test func `every palette file of PngSuite keeps its labels on request`() throws {
        let references = try references()
        var count = 0
        for file in TestData.files(below: "png/pngsuite", extensions: ["png"]) {
            let source = try ByteSource(path: try TestData.path(file))
            let image = try PNGReader(source, options: ReadOptions(palette: .labels)).readFrame()
            guard image.color == .labels, case .uint8(let labels) = image else { continue }
            guard case .bytes(let palette) = labels.metadata["palette"] else {
                Issue.record("\(file) has no palette")
                continue
            }
            count += 1
            let expected = try #require(references[URL(filePath: file).lastPathComponent])
            let colors = labels.values.flatMap { label in
                (0..<3).map { UInt16(palette[3 * Int(label) + $0]) * 257 }
            }
            let wanted = expected.indices.filter { $0 % 4 < 3 }.map { expected[$0] }
            #expect(colors == wanted ? true : false, "\(file)")
            #expect(image.domain == .labels)
        }
        #expect(count == 63)
    }

    @Test func `every invalid file of PngSuite is refused with one line`() throws {
        let files = TestData.files(below: "png/pngsuite-invalid", extensions: ["png"])
        #expect(files.count == 14)
        for file in files {
            let source = try ByteSource(path: try TestData.path(file))
            let error = #expect(throws: FormatError.self, "\(file)") { try PNGReader(source).readFrame() }
            let text = try #require(error).description
            #expect(text.contains(URL(filePath: file).lastPathComponent) && !text.contains("\n"), "\(text)")
        }
    }

    @Test func `every file of the fuzzers ends in an error or a bounded image`() throws {
        let limits = DecodeLimits(pixels: 1 << 22, bytes: 1 << 24)
        for file in TestData.files(below: "corrupt/gofuzz-png") {
            let source = try ByteSource(path: try TestData.path(file))
            do throws(FormatError) {
                let image = try PNGReader(source, options: ReadOptions(limits: limits)).readFrame()
                #expect(image.width * image.height <= 1 << 22)
            } catch {
                #expect(!error.description.contains("\n"))
            }
        }
    }

    @Test func `a truncated file is an error wherever it ends`() throws {
        for file in ["png/pngsuite/basi6a16.png", "png/pngsuite/ctzn0g04.png", "png/pngsuite/tbbn3p08.png"] {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: try TestData.path(file))))
            for i in 0..<50 {
                let part = Array(bytes[..<(bytes.count * i / 50)])
                #expect(throws: FormatError.self) { try decodePNG(part) }
            }
            #expect(throws: FormatError.self) { try decodePNG(bytes.dropLast()) }
        }
    }

    @Test func `a flipped bit anywhere is an error or leaves a bounded image`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: try TestData.path("png/pngsuite/basi3p04.png"))))
        let original = try decodePNG(bytes).rgba16
        for offset in bytes.indices {
            var broken = bytes
            broken[offset] ^= 0x10
            // CRCs and the chunk structure leave no place where a change can pass unseen.
            if let image = try? decodePNG(broken) { #expect(image.rgba16 == original, "offset \(offset)") }
        }
    }
}
