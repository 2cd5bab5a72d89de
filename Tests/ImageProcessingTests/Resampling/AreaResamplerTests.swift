import ImageCore
import ImageProcessing
import Testing

/// The mean of the area that each output pixel covers, straight from the definition.
private func oracle(_ image: Image<UInt8>, _ window: SourceWindow, _ size: PixelSize) -> [Double] {
    var means: [Double] = []
    let (scaleX, scaleY) = (window.width / Double(size.width), window.height / Double(size.height))
    for y in 0..<size.height {
        for x in 0..<size.width {
            for channel in 0..<image.channels {
                var (sum, area) = (0.0, 0.0)
                for sourceY in 0..<image.height {
                    let top = window.y + Double(y) * scaleY
                    let h = min(top + scaleY, Double(sourceY + 1)) - max(top, Double(sourceY))
                    for sourceX in 0..<image.width where h > 0 {
                        let left = window.x + Double(x) * scaleX
                        let w = min(left + scaleX, Double(sourceX + 1)) - max(left, Double(sourceX))
                        guard w > 0 else { continue }
                        sum += w * h * Double(image[sourceY, sourceX, channel])
                        area += w * h
                    }
                }
                means.append(sum / area)
            }
        }
    }
    return means
}

@Suite struct AreaResamplerTests {
    @Test(arguments: [
        (SourceWindow(x: 0, y: 0, width: 13, height: 11), PixelSize(width: 5, height: 4)),
        (SourceWindow(x: 1.3, y: 0.7, width: 9.1, height: 8.25), PixelSize(width: 4, height: 3)),
        (SourceWindow(x: 2, y: 1, width: 9, height: 6), PixelSize(width: 3, height: 2)),
        (SourceWindow(x: 1, y: 2, width: 8, height: 8), PixelSize(width: 4, height: 2)),
        (SourceWindow(x: 1, y: 3, width: 12, height: 8), PixelSize(width: 3, height: 2)),
        (SourceWindow(x: 3.5, y: 2.5, width: 4, height: 3), PixelSize(width: 9, height: 10)),
        (SourceWindow(x: -2, y: -1.5, width: 17, height: 14), PixelSize(width: 7, height: 5)),
    ])
    func `agrees with the definition`(window: SourceWindow, size: PixelSize) throws {
        let image = Image<UInt8>.random(width: 13, height: 11, channels: 3, seed: 1)
        let found = try resampledByArea(image, window: window, to: size).values
        let expected = oracle(image, window, size)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(Double(a) - b) <= 0.501) }
    }

    @Test func `halving agrees with Pillow's reduce`() throws {
        let image = Image<UInt8>.random(width: 12, height: 10, channels: 3, seed: 7)
        let found = try resampledByArea(image, to: PixelSize(width: 6, height: 5)).values
        #expect(
            found.prefix(30) == [
                155, 147, 57, 165, 185, 99, 112, 134, 199, 117, 149, 96, 139, 169, 115, 132, 112, 166, 112, 84, 111,
                150, 128, 157, 121, 125, 130, 112, 112, 121,
            ])
    }

    @Test func `fractional ratios agree with OpenCV's INTER_AREA`() throws {
        let image = Image<UInt8>.random(width: 12, height: 10, channels: 3, seed: 7)
        let found = try resampledByArea(image, to: PixelSize(width: 5, height: 4)).values
        let expected = [
            145, 148, 71, 136, 140, 135, 113, 140, 119, 154, 161, 140, 140, 120, 153, 147, 118, 107, 145, 134, 198,
            95, 140, 123, 127, 155, 94, 169, 148, 142, 65, 139, 125, 191, 125, 178, 145, 78, 174, 143, 128, 127, 119,
            147, 157, 112, 138, 121, 105, 146, 144, 120, 72, 132, 129, 151, 171, 95, 100, 114,
        ]
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(Int(a) - b) <= 1) }
        #expect(zip(found, expected).filter { Int($0) == $1 }.count >= 55)
    }

    @Test(arguments: [2, 3, 4, 5], [1, 3, 4])
    func `whole ratios give the mean of the block, halves up`(ratio: Int, channels: Int) throws {
        let image = Image<UInt8>.random(width: 3 * ratio, height: 2 * ratio, channels: channels, seed: 3)
        let found = try resampledByArea(image, to: PixelSize(width: 3, height: 2))
        for y in 0..<2 {
            for x in 0..<3 {
                for channel in 0..<channels {
                    var sum = 0
                    for i in 0..<ratio * ratio {
                        sum += Int(image[y * ratio + i / ratio, x * ratio + i % ratio, channel])
                    }
                    #expect(Int(found[y, x, channel]) == (2 * sum + ratio * ratio) / (2 * ratio * ratio))
                }
            }
        }
    }

    @Test func `halves are rounded up for fractional ratios too`() throws {
        // Ten pixels to three: the first covers (1 + 0 + 0 + 2/3) · 3/10 = 1/2.
        let image = Image<UInt8>(axes: [.y, .x], sizes: [1, 10]) {
            for i in 0..<10 { $0[i] = [1, 0, 0, 2, 0, 0, 0, 0, 0, 1][i] }
        }
        #expect(try resampledByArea(image, to: PixelSize(width: 3, height: 1)).values == [1, 0, 0])
    }

    @Test(arguments: [UInt8(0), 1, 127, 254, 255])
    func `a constant stays what it is`(value: UInt8) throws {
        let image = Image<UInt8>(axes: [.y, .x], sizes: [37, 41], repeating: value)
        for width in [1, 2, 7, 13, 41, 50] {
            let found = try resampledByArea(
                image, window: SourceWindow(x: 0.3, y: 0.9, width: 40.1, height: 33.7),
                to: PixelSize(width: width, height: 9))
            #expect(found.values.allSatisfy { $0 == value })
        }
    }

    @Test func `the mean is preserved`() throws {
        let bytes = Image<UInt8>.random(width: 21, height: 17, seed: 9)
        let image = Image<Float>(axes: [.y, .x], sizes: [17, 21]) {
            for i in 0..<$0.count { $0[i] = Float(bytes.samples[i]) }
        }
        let mean = Double(image.values.reduce(0, +)) / Double(image.count)
        for size in [PixelSize(width: 8, height: 5), PixelSize(width: 1, height: 1), PixelSize(width: 30, height: 40)] {
            let found = try resampledByArea(image, to: size)
            #expect(abs(Double(found.values.reduce(0, +)) / Double(found.count) - mean) < 1e-3)
        }
    }

    @Test func `a window beyond the image takes the inside part, or the nearest pixel`() throws {
        let image = Image<UInt8>(axes: [.y, .x], sizes: [1, 2]) { for i in 0..<2 { $0[i] = [10, 90][i] } }
        let window = SourceWindow(x: -2, y: 0, width: 6, height: 1)
        #expect(try resampledByArea(image, window: window, to: PixelSize(width: 3, height: 1)).values == [10, 50, 90])
    }

    @Test func `a view with a stride is read in place`() throws {
        let image = Image<UInt8>.random(width: 20, height: 12, channels: 3, seed: 4)
        let part = image.cropped(to: PixelRect(x: 4, y: 2, width: 8, height: 8))
        let expected = try resampledByArea(part, to: PixelSize(width: 3, height: 3)).values
        let resampler = AreaResampler(
            source: PixelSize(width: 8, height: 8), window: SourceWindow(x: 0, y: 0, width: 8, height: 8),
            output: PixelSize(width: 3, height: 3))
        var output = [UInt8](repeating: 0, count: 27)
        var span = output.mutableSpan
        let start = (2 * 20 + 4) * 3
        resampler.resample(
            image.samples.extracting(start..<start + (7 * 20 + 8) * 3), channels: 3, rowStride: 60, into: &span)
        #expect(output == expected)
    }

    @Test func `geometry keeps the edges of the window`() throws {
        var image = Image<UInt8>.random(width: 20, height: 12, channels: 3, seed: 4)
        image.geometry = Geometry(mppX: 0.5, mppY: 0.25)
        image.metadata["a"] = "b"
        let found = try resampledByArea(
            image, window: SourceWindow(x: 4, y: 2, width: 8, height: 8), to: PixelSize(width: 2, height: 4))
        let geometry = try #require(found.geometry)
        #expect(abs(geometry.mpp.x - 2) < 1e-12)
        #expect(abs(geometry.mpp.y - 0.5) < 1e-12)
        #expect(abs(geometry.originMillimetres.x - 0.003) < 1e-12)
        #expect(abs(geometry.originMillimetres.y - 0.00075) < 1e-12)
        #expect(found.color == .rgb && found.metadata["a"] == "b" && found.domain == .integer(bits: 8))
    }

    @Test func `wrong input is refused`() {
        let image = Image<UInt8>.random(width: 4, height: 4, seed: 1)
        #expect(throws: ImageError.self) { try resampledByArea(image, to: PixelSize(width: 0, height: 1)) }
        #expect(throws: ImageError.self) {
            try resampledByArea(
                image, window: SourceWindow(x: .nan, y: 0, width: 1, height: 1), to: PixelSize(width: 1, height: 1))
        }
        #expect(throws: ImageError.emptyImage) {
            try resampledByArea(Image<UInt8>(axes: [.y, .x], sizes: [0, 3]), to: PixelSize(width: 1, height: 1))
        }
        #expect(throws: ImageError.self) {
            try resampledByArea(image.permuted(to: [.x, .y]), to: PixelSize(width: 1, height: 1))
        }
    }
}
