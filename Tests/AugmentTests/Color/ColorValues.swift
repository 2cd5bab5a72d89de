import Foundation
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

@Suite("Values of color and stain transforms")
struct ColorValues {
    private let picture = stainedPicture()

    /// The pixels as floats from 0 to 1, and the formulas of torchvision's functional interface on them, without clamping.
    private var pixels: [[Double]] {
        let all = picture.all
        return stride(from: 0, to: all.count, by: 3).map { i in (0..<3).map { Double(all[i + $0]) / 255 } }
    }

    private func gray(_ p: [Double]) -> Double { 0.2989 * p[0] + 0.587 * p[1] + 0.114 * p[2] }

    /// `_blend(img1, img2, ratio)`.
    private func blend(_ a: Double, _ b: Double, _ ratio: Double) -> Double { ratio * a + (1 - ratio) * b }

    private func expect(_ found: AnyImage, _ expected: [[Double]], within tolerance: Double = 1e-5) {
        for (a, b) in zip(found.doubles, expected.flatMap(\.self)) { #expect(abs(a - b) < tolerance) }
    }

    private var unit: AnyImage {
        var image = AnyImage(picture).converted(to: Float.self)
        image.mapInPlace { $0 / 255 }
        image.domain = .unit
        return .float32(image)
    }

    @Test func brightnessContrastAndSaturationAreThoseOfTorchvision() throws {
        var jitter = ColorJitter()
        (jitter.randomOrder, jitter.brightness) = (false, .fixed(1.2))
        expect(try applied(jitter, to: unit), pixels.map { $0.map { blend($0, 0, 1.2) } })
        (jitter.brightness, jitter.contrast) = (.fixed(1), .fixed(0.7))
        let mean = pixels.map(gray).reduce(0, +) / Double(pixels.count)
        expect(try applied(jitter, to: unit), pixels.map { $0.map { blend($0, mean, 0.7) } })
        (jitter.contrast, jitter.saturation) = (.fixed(1), .fixed(1.6))
        expect(try applied(jitter, to: unit), pixels.map { p in p.map { blend($0, gray(p), 1.6) } })
    }

    @Test func hueIsThatOfTorchvision() throws {
        var jitter = ColorJitter()
        jitter.hue = .fixed(36)
        // _rgb2hsv, h + 0.1 modulo 1, _hsv2rgb.
        let expected = pixels.map { p -> [Double] in
            let (maxc, minc) = (p.max() ?? 0, p.min() ?? 0)
            let cr = maxc - minc
            let s = cr / (maxc == minc ? 1 : maxc)
            let divisor = maxc == minc ? 1 : cr
            let (rc, gc, bc) = ((maxc - p[0]) / divisor, (maxc - p[1]) / divisor, (maxc - p[2]) / divisor)
            let hr: Double = maxc == p[0] ? bc - gc : 0
            let hg: Double = maxc == p[1] && maxc != p[0] ? 2 + rc - bc : 0
            let hb: Double = maxc != p[1] && maxc != p[0] ? 4 + gc - rc : 0
            let turn: Double = (hr + hg + hb) / 6 + 1
            let h: Double = (turn.truncatingRemainder(dividingBy: 1) + 0.1).truncatingRemainder(dividingBy: 1)
            let i = (h * 6).rounded(.down)
            let f = h * 6 - i
            let v: Double = maxc
            let q1: Double = maxc * (1 - s)
            let q2: Double = maxc * (1 - s * f)
            let q3: Double = maxc * (1 - s * (1 - f))
            let sectors: [[Double]] = [
                [v, q3, q1], [q2, v, q1], [q1, v, q3], [q1, q2, v], [q3, q1, v], [v, q1, q2],
            ]
            return sectors[Int(i) % 6]
        }
        expect(try applied(jitter, to: unit), expected)
        var shift = HSVShifts()
        shift.hue = .fixed(36 - 360)
        expect(try applied(shift, to: unit), expected)
    }

    @Test func partsFollowEachOtherInTheDrawnOrder() throws {
        var jitter = ColorJitter()
        (jitter.brightness, jitter.contrast, jitter.saturation) = (.fixed(1.2), .fixed(0.7), .fixed(1.6))
        var orders: Set<[Double]> = []
        for seed in 0..<40 {
            let key = DrawKey(seed: UInt64(seed), sample: "a")
            let result = try Pipeline(jitter).apply(to: Sample(unit), key: key)
            let order = result.record.steps[0].values.list("order")
            orders.insert(order)
            let expected = order.reduce(pixels) { pixels, part in
                let mean = pixels.map(gray).reduce(0, +) / Double(pixels.count)
                switch part {
                case 0: return pixels.map { $0.map { blend($0, 0, 1.2) } }
                case 1: return pixels.map { $0.map { blend($0, mean, 0.7) } }
                case 2: return pixels.map { p in p.map { blend($0, gray(p), 1.6) } }
                default: return pixels
                }
            }
            expect(result.sample.images[0], expected)
        }
        #expect(orders.count > 15)
    }

    @Test func brightnessAndSaturationAreOneMatrix() {
        let brightness = RowOperation.linear(scale: [1.2], bias: [0])
        let joined = brightness.joined(with: ColorMatrix.saturation(1.6), channels: 3)
            .flatMap { $0.joined(with: .linear(scale: [0.7], bias: [3]), channels: 3) }
        guard case .matrix? = joined else {
            Issue.record("not one matrix")
            return
        }
    }

    @Test func grayAndDroppedAndShuffledChannels() throws {
        let found = try bytes(Grayscale(), of: picture)
        for (i, pixel) in pixels.enumerated() {
            for c in 0..<3 { #expect(abs(Double(found[3 * i + c]) - 255 * gray(pixel)) < 0.501) }
        }
        var drop = ChannelDrop()
        (drop.count, drop.fill) = (.fixed(2), 9)
        let old = picture.all
        for seed in 0..<6 {
            let new = try bytes(drop, of: picture, seed: UInt64(seed))
            let kept = (0..<3).filter { (c: Int) -> Bool in
                let isKept: [Bool] = [9, 30].map { (start: Int) -> Bool in new[start + c] == old[start + c] }
                return isKept == [true, true]
            }
            #expect(kept.count == 1)
            let shuffled = try bytes(ChannelShuffle(), of: picture, seed: UInt64(seed))
            for i in stride(from: 0, to: old.count, by: 3) {
                let (before, after): ([UInt8], [UInt8]) = (old[i..<i + 3].sorted(), shuffled[i..<i + 3].sorted())
                #expect(before == after)
            }
        }
        let orders = try (0..<40).map { try bytes(ChannelShuffle(), of: picture, seed: UInt64($0)) }
        #expect(Set(orders).count == 6)
    }

    @Test func lightOfABlackBody() throws {
        // CIE 015:2018: illuminant A, 2856 K (0.44758, 0.40745); the locus at 6504 K lies at about (0.3135, 0.3237).
        #expect(abs(Planckian.chromaticity(2856).x - 0.44758) < 0.001)
        #expect(abs(Planckian.chromaticity(2856).y - 0.40745) < 0.001)
        #expect(abs(Planckian.chromaticity(6504).x - 0.3135) < 0.001)
        #expect(abs(Planckian.chromaticity(6504).y - 0.3237) < 0.001)
        var light = Planckian()
        light.kelvin = .fixed(3000)
        let warm = try applied(light, to: unit).doubles
        light.kelvin = .fixed(15000)
        let cold = try applied(light, to: unit).doubles
        let old = unit.doubles
        for i in stride(from: 6, to: old.count, by: 3) {
            #expect(warm[i] > old[i] && warm[i + 2] < old[i + 2] && abs(warm[i + 1] - old[i + 1]) < 1e-6)
            #expect(cold[i] < old[i] && cold[i + 2] > old[i + 2])
        }
    }

    @Test func jitterOfStainsIsThatOfScikitImage() throws {
        // skimage 0.26: hed2rgb of four colors of non-negative stains, and of the same stains times (1.2, 0.8, 1.1) plus
        // (0.01, −0.002, 0); its unit is −ln(10⁻⁶) = 13.8155.
        let start: [Float] = [
            207.1286527881163, 176.21390699825977, 219.6545381719692, 152.314125177095, 96.41401760424064,
            179.0359233612802, 208.13263400300823, 114.43007443294869, 185.84042091300327, 111.1578608298057,
            92.88384400951466, 133.94921735476234,
        ]
        let expected = [
            183.02490092526094, 161.9161543592434, 207.81657377689555, 127.78508919290299, 87.9508782276772,
            165.4779684312132, 187.2837861115099, 115.00061964859268, 175.99493949978762, 87.03224382261699,
            70.54726481988106, 116.85846583907254,
        ]
        let image = Image<Float>(
            axes: [.y, .x, .channel], sizes: [1, 4, 3], color: .rgb, domain: .range(0...255)
        ) {
            for (i, value) in start.enumerated() { $0[i] = value }
        }
        var scene = Scene(
            size: SpatialSize(x: 4, y: 1), isVolume: false, channels: 3, color: .rgb, domain: .range(0...255),
            kind: .float32, spacingMillimetres: nil)
        scene.kind = .float32
        let values = DrawnValues([
            "scale": [1.2, 0.8, 1.1], "shift": [0.13815510557964275, -0.027631021115928547, 0],
        ])
        let operations = HEDJitter().operations(values, draws: DrawKey(seed: 1, sample: "").draws(at: ""), in: scene)
        guard case .pixels(let row)? = operations.first else {
            Issue.record("not a change of single pixels")
            return
        }
        #expect(row.count == 1)
        // The fourth color would get a negative concentration, which scikit-image cuts off.
        for pixel in 0..<3 {
            let found = row.reduce((0..<3).map { Double(image[0, pixel, $0]) }) { $1.applied(to: $0) }
            for c in 0..<3 { #expect(abs(found[c] - expected[3 * pixel + c]) < 1e-4) }
        }
    }

    @Test func blankTilesStay() throws {
        var jitter = MacenkoJitter()
        (jitter.scale, jitter.shift) = (.fixed(1.3), .fixed(0.2))
        var vahadane = StainNormalize()
        vahadane.method = .vahadane
        var reinhard = StainNormalize()
        reinhard.method = .reinhard
        for value in [UInt8(0), 250, 255] {
            var blank = picture
            blank.fill(value)
            for transform in [jitter, StainNormalize(), vahadane, reinhard, RandStainNA()] as [any Transform] {
                #expect(try bytes(transform, of: blank) == blank.all)
            }
        }
    }

    @Test func normalizedStainsAreThoseOfTheModel() throws {
        let model = try StainModel(fitting: picture)
        var normalize = StainNormalize()
        normalize.stains = model.stains.stains.flatMap { [$0.x, $0.y, $0.z] }
        normalize.strengths = [model.strengths.x * 1.3, model.strengths.y * 0.8]
        let goal = StainModel(method: .macenko, stains: model.stains, strengths: SIMD2(normalize.strengths))
        let (found, expected) = (try bytes(normalize, of: picture), try goal.applied(to: picture).all)
        for (a, b) in zip(found, expected) { #expect(abs(Int(a) - Int(b)) <= 1) }
    }

    @Test func randomStatisticsAreReached() throws {
        var transform = RandStainNA()
        (transform.mean, transform.deviation) = ([60, 20, -12], [8, 4, 3])
        let result = try Pipeline(transform).apply(to: Sample(unit), key: DrawKey(seed: 4, sample: "a"))
        let values = result.record.steps[0].values
        guard case .float32(let image) = result.sample.images[0] else { return }
        let fitted = try ReinhardModel(fitting: image)
        for c in 0..<3 {
            #expect(abs(fitted.mean[c] - values.list("mean")[c]) < 0.01)
            #expect(abs(fitted.deviation[c] - values.list("deviation")[c]) < 0.01)
        }
        let again = try Pipeline(transform).apply(to: Sample(unit), key: DrawKey(seed: 5, sample: "a"))
        #expect(again.record.steps[0].values != values)
    }
}
