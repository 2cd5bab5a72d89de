import ImageCore
import Testing

/// Compared with Pillow, colorsys and scikit-image; see ``KnownColor``.
@Suite struct ColorConversionTests {
    private let known = KnownColor.all

    /// The known colors as one row of interleaved RGB.
    private var bytes: Image<UInt8> {
        image([.x, .channel], [known.count, 3], known.flatMap(\.rgb), color: .rgb)
    }

    private var unit: Image<Double> {
        get throws { try bytes.rescaled() }
    }

    private func expectClose(_ found: [Double], _ expected: [Double], within tolerance: Double) {
        #expect(found.count == expected.count)
        for (i, (a, b)) in zip(found, expected).enumerated() where !(abs(a - b) <= tolerance) {
            Issue.record("sample \(i): \(a) instead of \(b)")
        }
    }

    @Test func `gray agrees with Pillow`() throws {
        let gray = try bytes.converted(to: .gray)
        #expect(gray.axes == [.x] && gray.color == .gray)
        #expect(samples(gray) == known.map(\.gray))
        #expect(samples(try bytes.flipped(.channel).converted(to: .gray)) == known.map(\.gray))
        let viaDouble = try bytes.converted(to: Int16.self).withBits(8).converted(to: .gray)
        #expect(samples(viaDouble) == known.map { Int16($0.gray) })
    }

    @Test func `YCbCr agrees with JFIF`() throws {
        let rounded = known.flatMap(\.yCbCr).map { UInt8(min($0.rounded(.toNearestOrAwayFromZero), 255)) }
        let found = samples(try bytes.converted(to: .yCbCr))
        #expect(zip(found, rounded).allSatisfy { $0.absoluteDifference(from: $1) == 0 })
        let wide = try bytes.rescaled(to: UInt16.self).converted(to: .yCbCr)
        #expect(wide.cropped(.x, to: 1..<2).hasSameSamples(as: image([.x, .channel], [1, 3], [65535, 32768, 32768])))
        let scaled = known.flatMap { [$0.yCbCr[0], $0.yCbCr[1] - 0.5, $0.yCbCr[2] - 0.5].map { $0 / 255 } }
        expectClose(samples(try unit.converted(to: .yCbCr)), scaled, within: 1e-6)
    }

    @Test func `HSV agrees with colorsys`() throws {
        expectClose(samples(try unit.converted(to: .hsv)), known.flatMap(\.hsv), within: 1e-8)
        let scaled = samples(try bytes.converted(to: .hsv)).map(Double.init)
        expectClose(scaled, known.flatMap(\.hsv).map { $0 * 255 }, within: 0.5 + 1e-6)
        #expect(
            samples(try image([.channel], [3], [255, 0, 255] as [UInt8], color: .rgb).converted(to: .hsv)) == [
                213, 255, 255,
            ])
    }

    @Test func `stains agree with scikit-image`() throws {
        let stains = try unit.converted(to: .hed)
        expectClose(samples(stains), known.flatMap(\.hed), within: 1e-7)
        expectClose(samples(try stains.converted(to: .rgb)), known.flatMap(\.fromHED), within: 1e-7)
        let single = try bytes.rescaled(to: Float.self).converted(to: .hed)
        expectClose(samples(single).map(Double.init), known.flatMap(\.hed), within: 1e-6)
    }

    @Test(arguments: [ColorModel.bgr, .hsv, .yCbCr, .cmyk, .rgba, .rgb])
    func `every model leads back to RGB`(model: ColorModel) throws {
        let back = try unit.converted(to: model).converted(to: .rgb, alpha: .drop)
        expectClose(samples(back), samples(try unit), within: 1e-9)
        let wide = try bytes.rescaled(to: UInt16.self)
        let wideBack = try wide.converted(to: model).converted(to: .rgb, alpha: .drop)
        let close = zip(samples(wideBack), samples(wide)).allSatisfy { $0.absoluteDifference(from: $1) <= 4 }
        #expect(close)
    }

    @Test(arguments: ColorModel.allCases, ColorModel.allCases)
    func `every pair of models goes through RGB`(source: ColorModel, target: ColorModel) throws {
        guard source != target, source.isColor, target.isColor else { return }
        let start = try unit.converted(to: source)
        let direct = try start.converted(to: target, alpha: .drop)
        let indirect = try start.converted(to: .rgb, alpha: .drop).converted(to: target)
        expectClose(samples(direct), samples(indirect), within: 1e-9)
        #expect(direct.color == target && direct.channels == target.channelCount)
    }

    @Test func `planar images stay planar and gain or lose their channels`() throws {
        let planar = try image([.y, .x, .channel], [1, 2, 3], [9, 8, 7, 6, 5, 4] as [UInt8], color: .rgb)
            .rearranged(to: [.channel, .y, .x])
        let swapped = try planar.converted(to: .bgr)
        #expect(swapped.axes == [.channel, .y, .x])
        #expect(samples(swapped) == [7, 4, 8, 5, 9, 6])
        let gray = image([.y, .x], [1, 2], [3, 4] as [UInt8], color: .gray)
        let color = try gray.converted(to: .rgb)
        #expect(color.axes == [.y, .x, .channel] && samples(color) == [3, 3, 3, 4, 4, 4])
        #expect(try color.converted(to: .gray) == gray)
    }

    @Test func `opacity is only lost when the caller says how`() throws {
        let glass = image([.x, .channel], [2, 4], [255, 0, 0, 51, 10, 20, 30, 255] as [UInt8], color: .rgba)
        #expect(throws: ImageError.self) { try glass.converted(to: .rgb) }
        #expect(samples(try glass.converted(to: .rgb, alpha: .drop)) == [255, 0, 0, 10, 20, 30])
        #expect(samples(try glass.converted(to: .rgb, alpha: .composeOnWhite)) == [255, 204, 204, 10, 20, 30])
        #expect(samples(try glass.converted(to: .rgb, alpha: .composeOnBlack)) == [51, 0, 0, 10, 20, 30])
        #expect(samples(try glass.converted(to: .grayAlpha)) == [76, 51, 18, 255])
        let opaque = try glass.converted(to: .rgb, alpha: .drop).converted(to: .rgba)
        #expect(samples(opaque) == [255, 0, 0, 255, 10, 20, 30, 255])
    }

    @Test func `white is what the domain says`() throws {
        let gray = image([.x], [1], [4095] as [UInt16], color: .gray, domain: .integer(bits: 12))
        #expect(samples(try gray.converted(to: .rgba)) == [4095, 4095, 4095, 4095])
        #expect(samples(try gray.converted(to: .yCbCr)) == [4095, 2048, 2048])
        #expect(throws: ImageError.self) { try gray.withDomain(.hounsfield).converted(to: .rgb) }
        #expect(throws: ImageError.self) { try gray.withDomain(.range(-1...1)).converted(to: .rgb) }
    }

    @Test func `images without color are refused`() {
        let labels = image([.x], [1], [4] as [UInt8], color: .labels)
        #expect(throws: ImageError.unsupportedColor(from: .labels, to: .rgb)) { try labels.converted(to: .rgb) }
        let bands = image([.x, .channel], [1, 5], [1, 2, 3, 4, 5] as [UInt8])
        #expect(throws: ImageError.unsupportedColor(from: .unspecified, to: .gray)) { try bands.converted(to: .gray) }
        var wrong = bands
        wrong.color = .rgb
        #expect(throws: ImageError.channelMismatch(.rgb, found: 5)) { try wrong.converted(to: .gray) }
    }

    @Test func `an empty image has every color`() throws {
        let empty = Image<UInt8>(axes: [.y, .x, .channel], sizes: [0, 4, 3], color: .rgb)
        #expect(try empty.converted(to: .hsv).sizes == [0, 4, 3])
        #expect(try empty.converted(to: .gray).sizes == [0, 4])
    }
}

extension Image {
    fileprivate func withDomain(_ domain: ValueDomain) -> Image {
        var result = self
        result.domain = domain
        return result
    }

    fileprivate func withBits(_ bits: Int) -> Image { withDomain(.integer(bits: bits)) }
}

extension ColorModel {
    fileprivate var isColor: Bool { self != .labels && self != .unspecified }
}
