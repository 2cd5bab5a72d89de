import Foundation
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of intensity transforms")
struct IntensityValues {
    private let picture = stainedPicture()
    private var gray: Image<UInt8> { picture.slice(.channel, at: 1).contiguous() }

    @Test func gammaIsThePowerBetweenBlackAndWhite() throws {
        var gamma = Gamma()
        gamma.exponent = .fixed(1.7)
        let found = try bytes(gamma, of: picture)
        gamma.invert = 1
        let inverted = try bytes(gamma, of: picture)
        for (i, value) in picture.all.enumerated() {
            #expect(found[i] == UInt8((255 * pow(Double(value) / 255, 1.7)).rounded()))
            #expect(inverted[i] == UInt8((255 - 255 * pow(1 - Double(value) / 255, 1.7)).rounded()))
        }
    }

    @Test(arguments: [false, true])
    func gammaOfTheNnUNetRecipe(inverts: Bool) throws {
        let values: [Int16] = [-1000, -700, -200, 0, 40, 60, 300, 900]
        var gamma = Gamma()
        (gamma.exponent, gamma.range, gamma.retainStatistics) = (.fixed(1.4), .image, true)
        gamma.invert = inverts ? 1 : 0
        var image = AnyImage.float32(hounsfieldRow(values).converted(to: Float.self))
        image.domain = .hounsfield
        let found = try applied(gamma, to: image).doubles
        // The steps of the recipe: (x − min)/range, power, back, then the old mean and deviation.
        func moments(_ x: [Double]) -> (mean: Double, deviation: Double) {
            let mean = x.reduce(0, +) / Double(x.count)
            return (mean, (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot())
        }
        let sign = inverts ? -1.0 : 1
        let x = values.map { sign * Double($0) }
        let (low, high) = (x.min() ?? 0, x.max() ?? 0)
        let raised = x.map { pow(($0 - low) / (high - low), 1.4) * (high - low) + low }
        let (before, after) = (moments(x), moments(raised))
        let expected = raised.map { sign * (($0 - after.mean) / after.deviation * before.deviation + before.mean) }
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 0.01) }
    }

    @Test func toneCurveIsABezierCurve() throws {
        var curve = ToneCurve()
        (curve.low, curve.high) = (.fixed(0.1), .fixed(0.95))
        let found = try bytes(curve, of: picture)
        for (i, value) in picture.all.enumerated() {
            let t = Double(value) / 255
            let (low, high): (Double, Double) = (3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t)
            let exact: Double = 255 * (low * 0.1 + high * 0.95 + t * t * t)
            #expect(abs(Double(found[i]) - exact) < 0.51)
        }
    }

    @Test func histogramShiftKeepsTheOrder() throws {
        let values = HistogramShift().draw(
            DrawKey(seed: 3, sample: "a").draws(at: "0"),
            in: Scene(
                size: SpatialSize(x: 1, y: 1), isVolume: false, channels: 1, color: .gray, domain: .unspecified,
                kind: .uint8, spacingMillimetres: nil))
        let curve = values.list("curve")
        #expect(curve.count == 10 && curve[0] == 0 && curve[9] == 1)
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0 <= $1 })
        let found = try bytes(HistogramShift(), of: picture, seed: 3)
        let pairs = zip(picture.all, found).sorted { $0.0 < $1.0 }
        #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 <= $1.1 })
    }

    @Test func equalizingAndCLAHEAreThoseOfImageProcessing() throws {
        let equalized = try gray.histogramEqualized().all
        #expect(try bytes(Equalize(), of: gray) == equalized)
        let expected = try gray.adaptivelyEqualized(clipLimit: 2, tiles: PixelSize(width: 8, height: 8)).all
        #expect(try bytes(CLAHE(), of: gray) == expected)
        // In RGB the differences between channels stay where nothing saturates.
        let color = try bytes(CLAHE(), of: picture)
        let old = picture.all
        for i in stride(from: 0, to: old.count, by: 3)
        where (1..<255).contains(color[i]) && (1..<255).contains(color[i + 1]) {
            let (new, before) = (Int(color[i]) - Int(color[i + 1]), Int(old[i]) - Int(old[i + 1]))
            #expect(abs(new - before) <= 1)
        }
    }

    @Test func posterizeKeepsTheHighestBitsAndSolarizeInvertsBrightOnes() throws {
        var posterize = Posterize()
        posterize.bits = .fixed(3)
        #expect(try bytes(posterize, of: picture) == picture.all.map { $0 & 0xE0 })
        var solarize = Solarize()
        solarize.threshold = .fixed(128.0 / 255)
        #expect(try bytes(solarize, of: picture) == picture.all.map { $0 >= 128 ? 255 - $0 : $0 })
        #expect(try bytes(Invert(), of: picture) == picture.all.map { 255 - $0 })
        #expect(try applied(Invert(), to: hounsfieldRow()).doubles == [300, -500, -700, -1000])
    }

    @Test func clippingIsAtThePercentilesOfEachChannel() throws {
        var clip = RandomClip()
        (clip.lower, clip.upper) = (.fixed(10), .fixed(80))
        let found = try bytes(clip, of: picture)
        for channel in 0..<3 {
            let plane = picture.slice(.channel, at: channel).contiguous()
            let limits = try plane.percentiles([10, 80])
            for (i, value) in plane.all.enumerated() {
                let exact = min(max(Double(value), limits[0]), limits[1]).rounded(.toNearestOrAwayFromZero)
                #expect(Double(found[3 * i + channel]) == exact)
            }
        }
    }

    @Test func linearWindowSpreadsAndSaturates() throws {
        var window = LinearWindow()
        (window.lower, window.upper) = (.fixed(0.2), .fixed(0.8))
        let found = try bytes(window, of: picture)
        for (i, value) in picture.all.enumerated() {
            let exact = (Double(value) / 255 - 0.2) / 0.6 * 255
            #expect(abs(Double(found[i]) - min(max(exact, 0), 255)) < 0.51)
        }
        (window.lower, window.upper) = (.fixed(0.8), .fixed(0.2))
        #expect(throws: AugmentError.self) { try bytes(window, of: picture) }
    }
}
