import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// What `tessera augment --preview` shows.
struct ContactSheetTests {
    /// Scanners count to 4095, whatever the type could hold: a sheet that counts from 0 to 65535 is black.
    @Test func `a volume of 16 bits is shown from its own darkest to its own brightest values`() throws {
        let scratch = try ScratchFolder()
        let volume = Image<UInt16>(axes: [.z, .y, .x], sizes: [3, 64, 64], color: .gray) { samples in
            for i in 0..<samples.count { samples[i] = UInt16(i % 64 * 30) }
        }
        try NIfTIEncoder().write(volume, to: scratch.path("a.nii"))
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [{flip: {x: 1}}]".utf8, to: "p.yaml")
        let sheet = scratch.path("sheet.png")
        let outcome = try Tessera.run(
            "augment", scratch.path("a.nii"), "--pipeline", scratch.path("p.yaml"), "--preview", sheet, "--count", "1")
        #expect(outcome.status == 0, "\(outcome)")
        guard case .uint8(let picture) = try FormatTable.standard.readImage(path: sheet) else { return }
        // The original from dark to bright, its mirror from bright to dark; cells of 192 pixels stand 8 apart.
        let row = 8 + 96
        #expect(picture[row, 8 + 2, 0] < 20 && picture[row, 8 + 189, 0] > 235)
        #expect(picture[row, 216 + 2, 0] > 235 && picture[row, 216 + 189, 0] < 20)
    }

    /// A class that has a channel of its own is outlined where it was as a number.
    @Test func `labels of one channel for each class are outlined like labels`() throws {
        let scratch = try ScratchFolder()
        let picture = Image<UInt8>(axes: [.y, .x], sizes: [48, 64], color: .gray, domain: .integer(bits: 8)) {
            samples in
            for i in 0..<samples.count { samples[i] = 128 }
        }
        let labels = Image<UInt8>(axes: [.y, .x], sizes: [48, 64], color: .gray) { samples in
            for i in 0..<samples.count { samples[i] = (10..<30).contains(i / 64) && (12..<40).contains(i % 64) ? 2 : 0 }
        }
        _ = try scratch.write(PNGEncoder().encode(picture), to: "a.png")
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "masks"), withIntermediateDirectories: true)
        _ = try scratch.write(PNGEncoder().encode(labels), to: "masks/a.png")
        _ = try scratch.write("tessera_pipeline: 1\nsteps: [{one_hot: {classes: 3}}]".utf8, to: "p.yaml")
        let sheet = scratch.path("sheet.png")
        let outcome = try Tessera.run(
            "augment", scratch.path("a.png"), "--masks", scratch.path("masks"), "--pipeline",
            scratch.path("p.yaml"), "--preview", sheet, "--count", "1")
        try #require(outcome.status == 0, "\(outcome)")
        guard case .uint8(let both) = try FormatTable.standard.readImage(path: sheet) else { return }
        var outlined = 0
        for y in 8..<200 {
            for x in 8..<200 {
                for c in 0..<3 { #expect(both[y, x, c] == both[y, x + 208, c]) }
                if both[y, x, 0] != both[y, x, 1] { outlined += 1 }
            }
        }
        // A line around 84 x 60 pixels, about two wide.
        #expect((300..<1200).contains(outlined))
    }

    @Test func `without a picture there is no sheet`() throws {
        let scratch = try ScratchFolder()
        _ = try scratch.write("nothing".utf8, to: "a.png")
        let outcome = try Tessera.run(
            "augment", scratch.path("a.png"), "--pipeline", "pathology", "--preview", scratch.path("sheet.png"))
        #expect(outcome.status == 1 && outcome.failures.count == 1, "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("sheet.png")))
    }
}
