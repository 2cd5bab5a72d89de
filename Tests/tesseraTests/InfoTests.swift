import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

@Suite struct InfoTests {
    /// A slide, a PNG, a JPEG and a TIFF file.
    private func write(_ scratch: ScratchFolder) throws -> [String] {
        let image = Image<UInt8>(
            axes: [.y, .x, .channel], sizes: [20, 30, 3], repeating: 100, color: .rgb, domain: .integer(bits: 8))
        try AtomicFile.write(PNGEncoder().encode(image), to: scratch.path("p.png"))
        try AtomicFile.write(JPEGEncoder().encode(image), to: scratch.path("j.jpg"))
        try AtomicFile.write([UInt8]("no image".utf8), to: scratch.path("bad.png"))
        let page = TIFFPage(size: PixelSize(width: 30, height: 20), layout: .strips(rows: 20), bitsPerSample: 16)
        let writer = try TIFFPyramidWriter(path: scratch.path("t.tif"), pages: [page])
        try writer.writeTile(page: 0, column: 0, row: 0, samples: [UInt16](repeating: 7, count: 600).span)
        try writer.finish()
        return ["p.png", "j.jpg", "t.tif"].map(scratch.path)
    }

    @Test func `files of every kind are told as JSON`() throws {
        let scratch = try ScratchFolder()
        let files = try write(scratch)
        let outcome = try Tessera.run(["info", SharedSlides.one] + files + ["--json"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        let list = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        let byPath = Dictionary(uniqueKeysWithValues: list.map { ($0["path"] as? String ?? "", $0) })
        let slide = try #require(byPath[SharedSlides.one])
        #expect(slide["kind"] as? String == "slide" && slide["mppX"] as? Double == 2)
        #expect(slide["mppSource"] as? String == "aperio.MPP" && slide["magnification"] as? Double == 5)
        #expect(slide["width"] as? Int == 300 && slide["height"] as? Int == 236)
        #expect((slide["levels"] as? [[String: Any]])?.map { $0["downsample"] as? Double } == [1, 2])
        for (file, scalar, channels) in [("p.png", "uint8", 3), ("j.jpg", "uint8", 3), ("t.tif", "uint16", 1)] {
            let image = byPath[scratch.path(file)]
            #expect(image?["kind"] as? String == "image" && image?["scalar"] as? String == scalar)
            #expect(image?["width"] as? Int == 30 && image?["channels"] as? Int == channels)
        }
    }

    @Test func `a bad file is one line and the others are told`() throws {
        let scratch = try ScratchFolder()
        _ = try write(scratch)
        for options in [[], ["--json"]] {
            let outcome = try Tessera.run(["info", scratch.url.path, scratch.path("absent.png")] + options)
            #expect(outcome.status == 1)
            #expect(outcome.errorLines.count == 2 && outcome.failures.count == 2, "\(outcome)")
            #expect(outcome.errors.contains("bad.png: ") && outcome.errors.contains("absent.png: "))
            for name in ["p.png", "j.jpg", "t.tif"] { #expect(outcome.output.contains(scratch.path(name))) }
        }
    }

    @Test func `a folder without images is told`() throws {
        let scratch = try ScratchFolder()
        let outcome = try Tessera.run("info", scratch.url.path)
        #expect(outcome.status == 1 && outcome.errors == "tessera: \(scratch.url.path): expected images, found none\n")
    }

    @Test func `a series says what a volume of it is, and why`() throws {
        let scratch = try ScratchFolder()
        try TortureSeries([.variableSpacing]).write(to: scratch)
        let text = try Tessera.run("info", scratch.url.path, "--reasons").output
        #expect(text.contains("scalar int16: whole Hounsfield units"), "\(text)")
        #expect(text.contains("unit HU: Rescale Type (0028,1054)"))
        #expect(text.contains("pixel spacing 2 x 4 mm: Pixel Spacing (0028,0030)"))
        #expect(text.contains("slice spacing 5 mm: the median"))
        let json = try Tessera.run("info", scratch.url.path, "--json").output
        let list = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        let stack = try #require((list.first?["stacks"] as? [[String: Any]])?.first)
        let choices = try #require(stack["choices"] as? [String: [String: String]])
        #expect(choices["sliceSpacing"]?["reason"] == "nominal" && choices["values"]?["reason"] == "rescaled")
        #expect(choices["origin"]?["reason"] == "imagePosition" && stack["refusal"] == nil)
        let refused = try ScratchFolder()
        try TortureSeries([.extraSlice]).write(to: refused)
        let told = try Tessera.run("info", refused.url.path)
        #expect(told.status == 0 && told.output.contains("no volume by default; error: "), "\(told)")
    }

    @Test func `a row per stack says what it is in a few words`() throws {
        let scratch = try ScratchFolder()
        let cases: [Set<TortureCase>] = [[.missingSlice, .localizer], [.gantryTilt], [.twoPhases]]
        for (number, torture) in cases.enumerated() {
            try FileManager.default.createDirectory(
                atPath: scratch.path("\(number)"), withIntermediateDirectories: false)
            for file in TortureSeries(torture).files { _ = try scratch.write(file.bytes, to: "\(number)/\(file.name)") }
        }
        func rows(_ folder: String) throws -> [String] {
            let outcome = try Tessera.run("info", scratch.path(folder))
            #expect(outcome.status == 0, "\(outcome)")
            return outcome.output.split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }
        }
        let gapped = try rows("0")
        #expect(gapped.count == 3 && gapped[0].hasPrefix("series modality description UID stack size slices"))
        #expect(
            gapped[1].contains(" 1 12 x 10 19 2 x 4 x 1.25 axial, uniform with gaps warning: missing slices; note: "))
        #expect(gapped[2].contains(" 2 12 x 10 1 2 x 4 ") && gapped[2].contains("one slice"), "\(gapped)")
        // The steps are 1.25 mm long and lean by 20 degrees: 1.25 cos 20° = 1.1746.
        let sheared = try rows("1")[1]
        #expect(sheared.contains("2 x 4 x 1.1746 (1.25 along the tilt)"), "\(sheared)")
        #expect(sheared.contains("sheared by 20 degrees warning: tilted"))
        let phases = try rows("2")[1]
        #expect(phases.contains(" 12 x 10 20 x 2 ("), "\(phases)")
        let wide = try Tessera.run("info", scratch.url.path).output.split(separator: "\n")
        // A column begins at the same place in every row.
        let titles = ["stack", "size", "slices", "geometry", "defects"]
        let starts = titles.map {
            wide[0].distance(from: wide[0].startIndex, to: wide[0].firstRange(of: $0)!.lowerBound)
        }
        for row in wide.dropFirst() {
            let letters = Array(row)
            for start in starts { #expect(letters[start] != " " && letters[start - 1] == " ", "\(row)") }
        }
    }

    @Test func `nobody waits for a named pipe, and links in circles end`() throws {
        let scratch = try ScratchFolder()
        try TortureSeries().write(to: scratch)
        #expect(try Tessera.shell("mkfifo '\(scratch.path("pipe.dcm"))' '\(scratch.path("pipe.svs"))'").status == 0)
        try FileManager.default.createSymbolicLink(atPath: scratch.path("loop"), withDestinationPath: scratch.url.path)
        let outcome = try Tessera.run("info", scratch.url.path)
        #expect(outcome.status == 1 && outcome.output.contains("12 x 10  20"), "\(outcome)")
        #expect(Set(outcome.failures).count == outcome.failures.count && outcome.failures.count == 2, "\(outcome)")
        #expect(outcome.failures.allSatisfy { $0.contains(": expected a regular file, found something else") })
    }

    @Test(.needsTestData) func `the demo slide is told`() throws {
        let path = try TestData.path("wsi/aperio/cmu-1-small-region.svs")
        let outcome = try Tessera.run("info", path)
        #expect(outcome.status == 0 && outcome.output.contains("2220 x 2967 pixels"))
        #expect(outcome.output.contains("0.499 x 0.499 um/px (aperio.MPP)"))
    }

    @Test func `a DICOM object that was cut is one line, and so is a file that is DICOM by its name alone`() throws {
        let scratch = try ScratchFolder()
        var slice = TortureSeries().slices[0]
        slice.extra = [0x0008_0016: .text("UI", "1.2.840.10008.5.1.4.1.1.66.4")]
        let whole = slice.file(series: "2.25.7")
        try FileManager.default.createDirectory(atPath: scratch.path("in"), withIntermediateDirectories: true)
        _ = try scratch.write(whole, to: "in/whole.dcm")
        for part in 30..<50 { _ = try scratch.write(whole.prefix(whole.count * part / 50), to: "in/cut\(part).dcm") }
        _ = try scratch.write([UInt8](), to: "in/empty.dcm")
        let outcome = try Tessera.run(["info", scratch.path("in")])
        #expect(outcome.status == 1 && outcome.failures.count == 21, "\(outcome)")
        #expect(!outcome.errors.contains("whole.dcm") && outcome.output.contains("segmentation"))
        for part in 30..<50 { #expect(outcome.failures.count { $0.contains("cut\(part).dcm: ") } == 1) }
        #expect(outcome.failures.count { $0.contains("empty.dcm: ") } == 1)
    }
}
