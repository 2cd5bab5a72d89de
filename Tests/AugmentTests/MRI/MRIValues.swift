import Foundation
import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// Numbers called NumPy's were calculated with NumPy's `fft.fft2` in double precision from the definition of the transform.
@Suite("Values of MRI artifacts")
struct MRIValues {
    private let places = [(0, 0), (4, 5), (9, 11), (2, 7)]

    private func picture() -> Image<Float> {
        var image = Image<Float>(axes: [.y, .x], sizes: [10, 12], color: .gray)
        for y in 0..<10 { for x in 0..<12 { image[y, x] = Float((7 * x + 13 * y + x * y) % 50 + 10) } }
        return image
    }

    /// What operations make of an image for given numbers.
    private func image<Scalar: ImageScalar>(
        _ image: Image<Scalar>, _ transform: any Transform, _ values: DrawnValues
    ) throws -> Image<Float> {
        var engine = try Engine(Sample(images: [AnyImage(image)]), for: Pipeline([]), workers: 1)
        try engine.add(transform, values, DrawKey(seed: 1, sample: "").draws(at: "0"), channel: nil, path: "0")
        return try engine.finish().0.images[0].converted(to: Float.self)
    }

    private func expect(_ result: Image<Float>, _ values: [Float]) {
        for (place, value) in zip(places, values) { #expect(abs(result[place.0, place.1] - value) < 2e-3) }
    }

    @Test func gibbsIsThatOfNumPy() throws {
        expect(try image(picture(), Gibbs(), DrawnValues(["alpha": [0.45]])), [11.316, 43.0334, 45.9422, 46.9704])
        let mean = picture().numbers.reduce(0, +) / 120
        let flat = try image(picture(), Gibbs(), DrawnValues(["alpha": [1]]))
        #expect(flat.numbers.allSatisfy { abs($0 - mean) < 1e-3 })
    }

    @Test func ghostingIsThatOfNumPy() throws {
        var ghosting = Ghosting()
        let values = DrawnValues(["count": [3], "intensity": [0.7]])
        ghosting.restore = 0.1
        expect(try image(picture(), ghosting, values), [6.4369, 28.2631, 48.0369, 49])
        ghosting.restore = 0
        expect(try image(picture(), ghosting, values), [-13.5131, 3.0631, 20.0369, 21.7])
    }

    @Test func ghostsAreShiftedCopies() throws {
        var ghosting = Ghosting()
        (ghosting.restore, ghosting.axis) = (0, .x)
        let source = picture()
        let result = try image(source, ghosting, DrawnValues(["count": [4], "intensity": [0.8]]))
        for y in 0..<10 {
            for x in 0..<12 {
                let copies = (0..<4).reduce(Float(0)) { $0 + source[y, (x + 3 * $1) % 12] }
                #expect(abs(result[y, x] - (source[y, x] - 0.2 * copies)) < 1e-3)
            }
        }
    }

    @Test func aSpikeIsACosine() throws {
        let values = DrawnValues(["frequency": [2, -3, 0], "intensity": [0.5]])
        let result = try image(picture(), Spike(), values)
        expect(result, [45.5, -6.7541, 76.7541, 16.5691])
        // The mean is the largest value of k-space here.
        let mean = picture().numbers.reduce(0, +) / 120
        for y in 0..<10 {
            for x in 0..<12 {
                let turns = 2 * Double(x) / 12 - 3 * Double(y) / 10
                let stripe = mean * cos(2 * Double.pi * turns)
                #expect(abs(Double(result[y, x] - picture()[y, x]) - stripe) < 1e-3)
            }
        }
        let volume = ChangedSamples.volume()
        let spiked = try image(volume, Spike(), DrawnValues(["frequency": [1, 0, -2], "intensity": [0.25]]))
        let average = volume.numbers.reduce(0, +) / Double(volume.count)
        for (z, x) in [(0, 0), (3, 5), (7, 11)] {
            let turns = Double(x) / 12 - 2 * Double(z) / 8
            let stripe = 0.5 * average * cos(2 * Double.pi * turns)
            #expect(abs(Double(spiked[z, 4, x] - volume[z, 4, x]) - stripe) < 1e-3)
        }
    }

    @Test func theBiasFieldIsItsPolynomial() throws {
        var bias = BiasField()
        bias.order = 2
        // Without z the terms are y, y², x, xy, x².
        let coefficients = [0.3, -0.2, 0.1, 0.5, -0.4]
        func exact(_ y: Int, _ x: Int) -> Double {
            let u = (2 * Double(x) + 1) / 12 - 1
            let v = (2 * Double(y) + 1) / 10 - 1
            let alone: Double = 0.3 * v - 0.2 * v * v + 0.1 * u
            return alone + 0.5 * u * v - 0.4 * u * u
        }
        for form in BiasField.Form.allCases {
            bias.form = form
            let result = try image(picture(), bias, DrawnValues(["coefficients": coefficients]))
            for (y, x) in places {
                let factor = form == .log ? exp(exact(y, x)) : 1 + exact(y, x)
                #expect(abs(Double(result[y, x]) - factor * Double(picture()[y, x])) < 1e-3)
            }
        }
        #expect(Polynomial.exponents(order: 3, isVolume: true).count == 19)
        // At the ends of what is allowed, what is finite stays finite, zeros stay zeros, and the sign stays.
        var large = Image<Float>(axes: [.y, .x], sizes: [4, 5], color: .gray)
        (large[0, 0], large[3, 4], large[2, 4], large[3, 3]) = (1e30, -1e30, 0, .infinity)
        let extreme = try image(large, bias, DrawnValues(["coefficients": [Double](repeating: 10, count: 5)]))
        #expect(extreme.all.allSatisfy { !$0.isNaN } && extreme[3, 3] == .infinity)
        #expect(extreme.all.filter(\.isInfinite).count == 1)
        #expect(extreme[2, 4] == 0 && extreme[3, 4] < 0 && extreme[0, 0] > 0)
        let drawn = bias.draw(
            DrawKey(seed: 1, sample: "a").draws(at: "0"),
            in: Scene(
                size: SpatialSize(x: 4, y: 4, z: 4), isVolume: true, channels: 1, color: .gray, domain: .unspecified,
                kind: .float32, spacingMillimetres: nil))
        #expect(drawn.list("coefficients").count == 9)
        #expect(Set(drawn.list("coefficients")).count == 9)
    }

    /// A shift by whole pixels is a phase in k-space, so that lines taken after it can be calculated from those before.
    @Test func linesAfterAMovementAreThoseOfTheMovedImage() throws {
        var motion = Motion()
        motion.axis = .x
        var source = Image<Float>(axes: [.y, .x], sizes: [16, 16], color: .gray)
        for y in 5..<11 { for x in 4..<9 { source[y, x] = Float(10 + 3 * x + y) } }
        let values = DrawnValues(["time": [0.75], "rotate": [0, 0, 0], "translate_millimetres": [2, -1, 0]])
        let result = try image(source, motion, values)
        // Frequencies below 4 are of the unmoved image, those from 4 on of the moved one.
        let samples = source.samples
        var expected = try Spectrum(of: samples, sizes: [16, 16])
        expected.forEachFrequency { frequency, value in
            guard frequency.x >= 4 else { return }
            let turns = Float(2 * frequency.x - frequency.y) / 16
            let angle = -2 * Float.pi * turns
            let (c, s) = (cos(angle), sin(angle))
            value = SIMD2(value.x * c - value.y * s, value.x * s + value.y * c)
        }
        var back = [Float](repeating: 0, count: 256)
        var span = back.mutableSpan
        try expected.writeSamples(into: &span)
        for i in 0..<256 { #expect(abs(result.samples[i] - back[i]) < 1e-3) }
        #expect(result != source)
    }

    @Test func posesOfVolumesAreDrawnAboutAllAxes() throws {
        let result = try Pipeline(Motion()).apply(to: ChangedSamples.volumeSample, key: DrawKey(seed: 1, sample: "a"))
        let values = result.record.steps[0].values
        #expect(values.list("time").count == 2 && values.list("rotate").count == 6)
        #expect(values.list("rotate").allSatisfy { $0 != 0 && abs($0) <= 10 })
        var motion = Motion()
        motion.axis = .z
        #expect(throws: AugmentError.self) { try Pipeline.changed(picture(), by: motion) }
        // Draws are even: their mean is about 0.
        let all = (0..<300).flatMap { number -> [Double] in
            let scene = Scene(
                size: SpatialSize(x: 8, y: 8), isVolume: false, channels: 1, color: .gray, domain: .unspecified,
                kind: .float32, spacingMillimetres: nil)
            let draws = DrawKey(seed: 1, sample: "\(number)").draws(at: "0")
            return (try? Motion().draw(draws, in: scene).list("translate_millimetres").filter { $0 != 0 }) ?? []
        }
        #expect(all.count == 1200)
        #expect(abs(all.reduce(0, +) / 1200) < 0.7)
    }
}
