import ImageCore
import TestSupport
import Testing

@testable import Formats

/// Each step from stored values to what is shown; the expected numbers are those of pydicom 3.0.2 (`apply_modality_lut`,
/// `apply_windowing` scaled to 0…1, `apply_voi_lut`, `apply_color_lut`, `overlay_array`) for the same data sets.
@Suite struct PipelineTests {
    /// One row of signed 16-bit values.
    static func row(_ values: [Int], _ more: [UInt32: DICOMTestDataSet.Value] = [:]) -> HandmadePixels {
        var pixels = HandmadePixels(
            rows: 1, columns: values.count, isSigned: true,
            pixels: .words("OW", values.map { UInt16(truncatingIfNeeded: $0) }))
        pixels.more = more
        return pixels
    }

    static func items(_ elements: [UInt32: DICOMTestDataSet.Value]) -> DICOMTestDataSet.Value {
        var set = DICOMTestDataSet()
        for (tag, value) in elements { set[tag] = value }
        return .items([set])
    }

    static func numbers(_ image: AnyImage) -> [Double] { numbers(image.shades { $0 }) }

    static func numbers(_ image: Image<Float>) -> [Double] {
        (0..<image.samples.count).map { Double(image.samples[$0]) }
    }

    static let steps = [-5, -2, -1, 0, 1, 2, 9]

    @Test func `a modality table has signed first values and repeats its ends`() throws {
        let table = Self.items([
            0x0028_3002: .words("SS", [4, 0xFFFE, 16]), 0x0028_3004: .text("LO", "HU"),
            0x0028_3006: .words("US", [100, 2000, 30000, 65535]),
        ])
        let pixels = Self.row(Self.steps, [0x0028_3000: table])
        let modality = DICOMModality(try pixels.header().dataSet, isSigned: true)
        #expect(modality.type == "HU")
        let kind = modality.scalarKind(for: try pixels.reader().format)
        let image = modality.applied(to: try pixels.reader().storedImage(), as: kind)
        #expect(kind == .uint16 && integers(image) == [100, 100, 2000, 30000, 65535, 65535, 65535])
    }

    @Test func `slope and intercept`() throws {
        let pixels = Self.row(Self.steps, [0x0028_1052: .text("DS", "-3"), 0x0028_1053: .text("DS", "0.5")])
        let modality = DICOMModality(try pixels.header().dataSet, isSigned: true)
        let image = modality.applied(to: try pixels.reader().storedImage(), as: .float32)
        #expect(Self.numbers(image) == [-5.5, -4, -3.5, -3, -2.5, -2, 1.5])
    }

    @Test func `each frame has its slope, else the shared one`() throws {
        func group(_ slope: String) -> DICOMTestDataSet {
            var set = DICOMTestDataSet()
            set[0x0028_9145] = Self.items([0x0028_1052: .text("DS", "10"), 0x0028_1053: .text("DS", slope)])
            return set
        }
        var pixels = HandmadePixels(rows: 1, columns: 1, frames: 3, pixels: .words("OW", [1, 1, 1]))
        pixels.more[0x5200_9229] = .items([group("2")])
        pixels.more[0x5200_9230] = .items([group("3"), DICOMTestDataSet(), group("0.25")])
        let (header, reader) = (try pixels.header(), try pixels.reader())
        let frames = DICOMModality.frames(header, reader.format)
        let values = try frames.enumerated().map { frame, modality in
            Self.numbers(modality.applied(to: try reader.storedImage(frame: frame), as: .float32))
        }
        #expect(values == [[13], [12], [10.25]])
    }

    @Test(
        arguments: [
            (
                "LINEAR",
                [0, 0, 0, 0.002506, 0.401003, 0.498747, 0.501253, 0.503759, 0.902256, 1, 1, 1, 1]
            ),
            ("LINEAR_EXACT", [0, 0, 0, 0.0025, 0.4, 0.4975, 0.5, 0.5025, 0.9, 0.9975, 1, 1, 1]),
            (
                "SIGMOID",
                [
                    0, 0.118157, 0.119203, 0.120257, 0.401312, 0.4975, 0.5, 0.5025, 0.832018, 0.879743, 0.880797,
                    0.881843, 1,
                ]
            ),
        ] as [(String, [Double])])
    func `windows by their functions`(function: String, expected: [Double]) throws {
        let values = [-2000, -161, -160, -159, 0, 39, 40, 41, 200, 239, 240, 241, 3000]
        let pixels = Self.row(
            values,
            [
                0x0028_1050: .text("DS", "40\\1"), 0x0028_1051: .text("DS", "400\\0"), 0x0028_1055: .text("LO", "A\\B"),
                0x0028_1056: .text("CS", function),
            ])
        let windows = DICOMVOIWindow.all(try pixels.header().dataSet)
        // A width of 0 is no window.
        #expect(windows.count == 1)
        let window = try #require(windows.first)
        #expect(window.explanation == "A")
        let shades = Self.numbers(window.applied(to: try pixels.reader().storedImage()))
        #expect(zip(shades, expected).allSatisfy { abs($0 - $1) < 2e-5 }, "\(shades)")
        let turned = Self.numbers(DICOMDisplayPolarity.inverted(window.applied(to: try pixels.reader().storedImage())))
        #expect(zip(turned, expected).allSatisfy { abs($0 + $1 - 1) < 2e-5 })
    }

    @Test func `a table of values of interest`() throws {
        let table = Self.items([
            0x0028_3002: .words("SS", [4, 0xFFFE, 12]), 0x0028_3006: .words("US", [0, 1000, 2047, 4095]),
        ])
        let pixels = Self.row(Self.steps, [0x0028_3010: table])
        let tables = DICOMLookupTable.valuesOfInterest(try pixels.header().dataSet, isSigned: true)
        let shades = Self.numbers(try #require(tables.first).applied(to: try pixels.reader().storedImage()))
        let expected = [0, 0, 1000, 2047, 4095, 4095, 4095].map { Double($0) / 4095 }
        #expect(zip(shades, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `the shape of presentation goes before the photometric interpretation`() throws {
        func isInverted(_ shape: String?, _ photometric: DICOMPhotometric) throws -> Bool {
            let pixels = Self.row([0], shape.map { [0x2050_0020: .text("CS", $0)] } ?? [:])
            return DICOMDisplayPolarity.isInverted(try pixels.header().dataSet, photometric)
        }
        #expect(try isInverted(nil, .monochrome1) && isInverted("INVERSE", .monochrome2))
        #expect(try !isInverted(nil, .monochrome2) && !isInverted("IDENTITY", .monochrome1))
    }
}
