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
        let operations = try HEDJitter().operations(
            values, draws: DrawKey(seed: 1, sample: "").draws(at: ""), in: scene)
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

    @Test(arguments: ["hsv", "hed"]) func `numbers of another space are refused`(space: String) throws {
        let error = #expect(throws: AugmentError.self) { try transform("{rand_stain_na: {space: \(space)}}") }
        #expect(error?.description.contains("expected rand_stain_na with mean and deviation of \(space)") == true)
        #expect(error?.description.hasSuffix("found [70, 20, -12] and [14, 10, 8]") == true)
        let numbers = "mean: [0.5, 0.4, 0.8], deviation: [0.2, 0.1, 0.1]"
        #expect(throws: Never.self) { try transform("{rand_stain_na: {space: \(space), \(numbers)}}") }
    }

    /// Standard deviations of NumPy's `normal(loc, scale)`, `laplace(loc, scale)` and `uniform(loc - 3 scale, loc + 3 scale)`,
    /// from which RandStainNA's own code draws: scale, √2 scale and √3 scale; fourth moments by the square of the variance are 3
    /// (less what is cut at four deviations), 6 and 1.8.
    @Test(arguments: [
        (RandStainNA.Variation.normal, 1.0, 3.0), (.laplace, 2.0.squareRoot(), 6), (.uniform, 3.0.squareRoot(), 1.8),
    ])
    func `statistics vary as those of RandStainNA`(
        variation: RandStainNA.Variation, deviation: Double, kurtosis: Double
    )
        throws
    {
        var stain = RandStainNA()
        stain.distribution = variation
        let scene = Scene(Sample(.uint8(picture)))
        var (sum, squares, fourth, count) = (0.0, 0.0, 0.0, 0.0)
        for seed in 0..<6000 {
            let drawn = stain.draw(DrawKey(seed: UInt64(seed), sample: "a").draws(at: "0"), in: scene)
            for (axis, value) in drawn.list("mean").enumerated() {
                let z = (value - stain.mean[axis]) / stain.meanSpread[axis]
                (sum, squares, fourth, count) = (sum + z, squares + z * z, fourth + z * z * z * z, count + 1)
            }
            #expect(drawn.list("deviation").allSatisfy { $0 >= 0 })
        }
        #expect(abs(sum / count) < 4 * deviation / count.squareRoot())
        #expect(abs((squares / count).squareRoot() / deviation - 1) < 0.03)
        #expect(abs(fourth / count / (squares / count * squares / count) / kurtosis - 1) < 0.12)
    }

    private func colors(_ values: [Float]) -> AnyImage {
        .float32(
            Image<Float>(axes: [.y, .x, .channel], sizes: [1, values.count / 3, 3], color: .rgb, domain: .unit) {
                for (i, value) in values.enumerated() { $0[i] = value }
            })
    }

    /// Numbers of Python's `colorsys`: `rgb_to_hsv`, s + ds and v + dv between 0 and 1, `hsv_to_rgb`; the third color is gray.
    @Test func `added saturation and value are those of the HSV model`() throws {
        let start = [200, 60, 90, 30, 160, 220, 120, 120, 120, 250, 240, 90].map { Float($0) / 255 }
        var shifts = HSVShifts()
        (shifts.saturationShift, shifts.valueShift) = (.fixed(0.15), .fixed(-0.1))
        let more = [
            0.6843137254901961, 0.10264705882352936, 0.2272899159663866, 0, 0.5218782249742002, 0.7627450980392158,
            0.37058823529411766, 0.37058823529411766, 0.37058823529411766, 0.8803921568627451, 0.8369227941176471,
            0.18488235294117644,
        ]
        expect(try applied(shifts, to: colors(start)), [more])
        (shifts.saturationShift, shifts.valueShift) = (.fixed(-0.3), .fixed(0.2))
        let less = [
            0.9843137254901961, 0.5905882352941175, 0.6749579831932774, 0.4363636363636363, 0.8220095693779903, 1,
            0.6705882352941177, 0.6705882352941177, 0.6705882352941177, 1, 0.97875, 0.66,
        ]
        expect(try applied(shifts, to: colors(start)), [less])
        let bytes = try bytes(shifts, of: picture)
        #expect(bytes.count == picture.all.count && bytes[0..<3] == [51, 51, 51])
    }

    /// Numbers of Albumentations 2.0.8, `apply_he_stain_augmentation` with and without the background; the third color is lighter
    /// than 0.85.
    @Test func `jitter of given stains, with and without the background, is that of Albumentations`() throws {
        let image = colors([
            0.47716641426086426, 0.3313831686973572, 0.5195096135139465, 0.7357756495475769, 0.42100945115089417,
            0.5579254031181335, 0.9639016389846802, 0.9342109560966492, 0.958262026309967, 0.5364403128623962,
            0.29610535502433777, 0.4623468220233917,
        ])
        let stained = [
            0.3879796266555786, 0.26939254999160767, 0.46765726804733276, 0.7363073825836182, 0.4906793534755707,
            0.6272792816162109,
        ]
        let last = [0.4819962680339813, 0.2959526479244232, 0.4751468300819397]
        let values = DrawnValues(["scale": [1.3, 0.7], "shift": [0.05, -0.02]])
        for (background, light) in [
            (false, [0.963901698589325, 0.9342109560966492, 0.958262026309967]),
            (true, [0.9357320666313171, 0.914643406867981, 0.9501097798347473]),
        ] {
            var jitter = HEDJitter()
            (jitter.stains, jitter.background) = ([0.5626, 0.7201, 0.4062, 0.2159, 0.8012, 0.5581], background)
            (jitter.scale, jitter.shift) = (.uniform(0.5, 1.5), .uniform(-0.1, 0.1))
            let pipeline = Pipeline(jitter)
            var record = try pipeline.apply(to: Sample(image), key: DrawKey(seed: 1, sample: "a")).record
            #expect(record.steps[0].values.list("scale").count == 2)
            record.steps[0].values = values
            expect(try pipeline.replay(record, on: Sample(image)).sample.images[0], [stained + light + last])
        }
        for stains in ["[1, 0, 0, 1, 0, 0]", "[1, 0, 0, 0, 1, 0, 1]"] {
            let error = #expect(throws: AugmentError.self) { try transform("{hed_jitter: {stains: \(stains)}}") }
            #expect(error?.description.hasSuffix("found \(stains)") == true)
        }
    }

    @Test func `channels but the first are shifted`() throws {
        var image = Image<Float>(axes: [.y, .x, .channel], sizes: [6, 8, 3], color: .rgb, domain: .unit)
        for y in 0..<6 {
            for x in 0..<8 { for c in 0..<3 { image[y, x, c] = Float((7 * x * x + 5 * y + 3 * c) % 31) } }
        }
        let sample = Sample(.float32(image))
        let pipeline = Pipeline(ChannelMisalignment())
        let drawn = try pipeline.apply(to: sample, key: DrawKey(seed: 4, sample: "a"))
        var record = drawn.record
        #expect(record.steps[0].values.list("shift").count == 4)
        record.steps[0].values.numbers["shift"] = [2, -1, 0.5, 0]
        let found = try pipeline.replay(record, on: sample).sample.images[0].converted(to: Float.self)
        for y in 0..<6 {
            for x in 0..<8 {
                #expect(found[y, x, 0] == image[y, x, 0])
                #expect(abs(found[y, x, 1] - image[min(y + 1, 5), max(x - 2, 0), 1]) < 1e-4)
                let mean = (image[y, x, 2] + image[y, max(x - 1, 0), 2]) / 2
                #expect(abs(found[y, x, 2] - mean) < 1e-4)
            }
        }
        let gray = AnyImage.float32(image).selecting(channel: 1)
        #expect(try applied(ChannelMisalignment(), to: gray) == gray)
    }
}

extension AnyImage {
    /// One channel as a gray picture.
    fileprivate func selecting(channel: Int) -> AnyImage {
        var plane = converted(to: Float.self).slice(.channel, at: channel).contiguous()
        plane.color = .gray
        return .float32(plane)
    }
}
