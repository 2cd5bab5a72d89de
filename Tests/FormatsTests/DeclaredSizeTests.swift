import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// Headers that announce 65535 x 65535 x 1,000,000 samples, and no samples: one error that says so, before memory is taken.
@Suite struct DeclaredSizeTests {
    private func failure(_ bytes: [UInt8]) -> FormatError? {
        do throws(FormatError) {
            _ = try FormatTable.standard.open(ByteSource(bytes: bytes, name: "huge")).readFrame()
            return nil
        } catch { return error }
    }

    private func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private func check(_ bytes: [UInt8], place: String) {
        let error = failure(bytes)
        #expect(error?.code == .limitExceeded && error?.place == place)
        #expect(error?.expected == "at most 1073741824 samples")
        #expect(error?.found.contains("65535") == true && error?.found.contains("1000000") == true)
    }

    @Test func `NIfTI-2`() {
        var bytes = little(540, 4) + [0x6E, 0x2B, 0x32, 0, 0x0D, 0x0A, 0x1A, 0x0A] + little(4, 2) + little(16, 2)
        for size in [3, 65535, 65535, 1_000_000, 1, 1, 1, 1] { bytes += little(size, 8) }
        bytes += [UInt8](repeating: 0, count: 168 - bytes.count) + little(544, 8)
        bytes += [UInt8](repeating: 0, count: 544 - bytes.count)
        check(bytes, place: "dim")
    }

    @Test func `NIfTI-1, whose sizes end at 32767`() {
        var bytes = little(348, 4) + [UInt8](repeating: 0, count: 36)
        for size in [4, 32767, 32767, 32767, 32767, 1, 1, 1] { bytes += little(size, 2) }
        bytes += [UInt8](repeating: 0, count: 70 - bytes.count) + little(4, 2) + little(16, 2)
        bytes += [UInt8](repeating: 0, count: 344 - bytes.count) + Array("n+1\0".utf8) + little(0, 4)
        let error = failure(bytes)
        #expect(error?.code == .limitExceeded && error?.expected == "at most 1073741824 samples")
    }

    @Test func `NRRD`() {
        let header = "NRRD0004\ntype: short\ndimension: 3\nsizes: 65535 65535 1000000\nendian: little\nencoding: "
        for encoding in ["raw", "gzip", "text", "hex"] { check(Array("\(header)\(encoding)\n\n".utf8), place: "sizes") }
    }

    @Test func `MetaImage`() {
        let header = "ObjectType = Image\nNDims = 3\nDimSize = 65535 65535 1000000\nElementType = MET_SHORT\n"
        for line in ["", "CompressedData = True\n"] {
            check(Array("\(header)\(line)ElementDataFile = LOCAL\n".utf8), place: "DimSize")
        }
    }

    /// Five dimensions, written and read by nibabel 5.4.2: 2 x 3 x 2 x 2 x 2 numbers 0 to 47 with a slope of 2 and an intercept of -5.
    @Test func `five dimensions have the numbers that nibabel gives`() throws {
        let text = """
            H4sIAAAAAAACA8WQ1w3CQBBEn8HknDOYHEwQFdgWbVADNbgUSqAE05FLYM9BQv7ij7mb29u5oN25a/yEDCnSQjU0ko906kF0LVlsmUJX6FmhFv
            N1C8+fnsQif0cqkRtvqc0B3wnr/NYV7EhTd2KoPn0n+fPDvEY7LXBOFwez5MhTkMZLlKlQpSa+NWjSok2HLj36DBgyYsyEKTMM5ixYsmLNhi07
            9hwwOXLizIUPtbIR5MABAAA=
            """
        let bytes = try [UInt8](#require(Data(base64Encoded: text, options: .ignoreUnknownCharacters)))
        let image = try FormatTable.standard.open(ByteSource(bytes: bytes)).readFrame()
        #expect(image.axes == [.channel, .time, .z, .y, .x] && image.sizes == [2, 2, 2, 3, 2])
        #expect(image.numbers == (0..<48).map { 2 * Double($0) - 5 })
        // (1, 2, 1, 0, 1) is 65 and (0, 1, 0, 1, 0) 23 in nibabel's order; its affine is RAS.
        #expect(image.numbers[((1 * 2 + 0) * 2 + 1) * 6 + 2 * 2 + 1] == 65)
        #expect(image.numbers[(0 * 2 + 1) * 12 + 1 * 2] == 23)
        #expect(image.geometry?.spacingMillimetres == SIMD3(2, 3, 4))
        #expect(image.geometry?.originMillimetres == SIMD3(10, -20, 30))
        #expect(image.metadata["nifti.timeStepSeconds"] == .number(1.5))
    }
}
