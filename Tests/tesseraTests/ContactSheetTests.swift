import Formats
import ImageCore
import TestSupport
import Testing

/// What `tessera augment --preview` shows of volumes.
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
}
