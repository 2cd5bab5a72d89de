import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// The recipe beside the numbers of `nnUNetTrainer.get_training_transforms` in nnU-Net 2, as batchgeneratorsv2 draws them.
@Suite("Numbers of nnU-Net")
struct NNUNetNumbers {
    private static let count = 800
    /// Of volumes of thin slices.
    private static let volumes: Result<[[DrawnStep]], any Error> = Result { try drawn(.nnUNet()) }

    /// What was drawn for each of many samples of two channels.
    private static func drawn(_ pipeline: Pipeline, isVolume: Bool = true) throws -> [[DrawnStep]] {
        var image = Image<Float>(
            axes: isVolume ? [.channel, .z, .y, .x] : [.channel, .y, .x], sizes: isVolume ? [2, 4, 4, 4] : [2, 4, 4])
        var samples = image.mutableSamples
        for i in 0..<samples.count { samples[i] = NoiseField(key: 3).uniform(at: i) }
        let sample = Sample(.float32(image))
        return try (0..<count).map {
            try pipeline.apply(to: sample, key: DrawKey(seed: 4, sample: "s\($0)")).record.steps
        }
    }

    private static func steps(_ all: [[DrawnStep]], _ name: String, _ isMeant: (DrawnStep) -> Bool = { _ in true })
        -> [[DrawnStep]]
    { all.map { $0.filter { $0.transform == name && isMeant($0) } } }

    /// Whether the part of samples in which something happens is within four deviations of what is expected.
    private static func happen(_ steps: [[DrawnStep]], _ part: Double) -> Bool {
        let found = Double(steps.filter { !$0.isEmpty }.count) / Double(count)
        return abs(found - part) < 4 * (part * (1 - part) / Double(count)).squareRoot()
    }

    /// Whether values fill a range, and their mean is within four deviations of its middle.
    private static func fill(_ values: [Double], _ range: ClosedRange<Double>) -> Bool {
        let width = range.upperBound - range.lowerBound
        let middle = (range.lowerBound + range.upperBound) / 2
        let mean = values.reduce(0, +) / Double(values.count)
        let edges =
            (values.min() ?? 0) < range.lowerBound + width / 10 && (values.max() ?? 0) > range.upperBound - width / 10
        return values.allSatisfy(range.contains) && edges
            && abs(mean - middle) < 4 * width / 12.0.squareRoot() / Double(values.count).squareRoot()
    }

    private static func values(_ steps: [[DrawnStep]], _ name: String) -> [Double] {
        steps.flatMap { $0.flatMap { $0.values.list(name) } }
    }

    /// Whether both channels take part, each with a number of its own.
    private static func differBetweenChannels(_ steps: [[DrawnStep]], _ name: String) -> Bool {
        steps.filter { !$0.isEmpty }.allSatisfy {
            $0.map(\.channel) == [0, 1] && $0[0].values.list(name) != $0[1].values.list(name)
        }
    }

    @Test func volumesMoveAsThere() throws {
        let all = try Self.volumes.get()
        let turned = Self.steps(all, "affine") { $0.values.list("rotate") != [0] }
        #expect(Self.happen(turned, 0.2) && Self.fill(Self.values(turned, "rotate"), -30...30))
        #expect(turned.allSatisfy { $0.allSatisfy { Set($0.values.list("rotate")).count == 3 } })
        // `scaling=(0.7, 1.4)`, one for all axes, is how far a pixel looks.
        let scaled = Self.steps(all, "affine") { $0.values.list("scale") != [1] }
        #expect(Self.happen(scaled, 0.2) && Self.fill(Self.values(scaled, "scale").map { 1 / $0 }, 0.7...1.4))
        #expect(scaled.allSatisfy { $0.allSatisfy { $0.values.list("scale").count == 1 } })
        for axis in 0..<3 {
            let mirrored = Self.steps(all, "flip").filter { $0.contains { $0.values.list("flip")[axis] == 1 } }
            #expect(Self.happen(mirrored, 0.5))
        }
    }

    @Test func valuesChangeAsThere() throws {
        let all = try Self.volumes.get()
        // `noise_variance=(0, 0.1)` is what the noise is multiplied by: its deviation, one for all channels.
        let noise = Self.steps(all, "gaussian_noise")
        #expect(Self.happen(noise, 0.1) && Self.fill(Self.values(noise, "deviation"), 0...0.1))
        #expect(noise.allSatisfy { $0.allSatisfy { $0.channel == nil } })
        // A fifth of samples, half of their channels, each axis on its own.
        let blur = Self.steps(all, "gaussian_blur")
        #expect(Self.happen(blur, 0.2 * 0.75) && Self.fill(Self.values(blur, "sigma"), 0.5...1))
        #expect(blur.allSatisfy { $0.allSatisfy { Set($0.values.list("sigma")).count == 3 } })
        let brightness = Self.steps(all, "brightness")
        #expect(Self.happen(brightness, 0.15) && Self.fill(Self.values(brightness, "factor"), 0.75...1.25))
        #expect(Self.differBetweenChannels(brightness, "factor"))
        let contrast = Self.steps(all, "contrast")
        #expect(Self.happen(contrast, 0.15) && Self.fill(Self.values(contrast, "factor"), 0.75...1.25))
        #expect(Self.differBetweenChannels(contrast, "factor"))
        // One scale for the axes of a channel.
        let low = Self.steps(all, "low_resolution")
        #expect(
            Self.happen(low, 0.25 * 0.75) && Self.fill(low.flatMap { $0.map { $0.values.list("scale")[0] } }, 0.5...1))
        #expect(low.allSatisfy { $0.allSatisfy { Set($0.values.list("scale")).count == 1 } })
    }

    /// `BGContrast((0.7, 1.5))`: one half uniform below 1, one half above.
    @Test(arguments: [(1.0, 0.1), (0.0, 0.3)]) func powersAreAsOftenBelowOneAsAbove(invert: Double, part: Double) throws
    {
        let all = try Self.volumes.get()
        let gamma = Self.steps(all, "gamma") { $0.values["invert"] == invert }
        #expect(Self.happen(gamma, part) && Self.differBetweenChannels(gamma, "exponent"))
        let exponents = Self.values(gamma, "exponent")
        let below = exponents.filter { $0 < 1 }
        #expect(Self.fill(below, 0.7...1) && Self.fill(exponents.filter { $0 >= 1 }, 1...1.5))
        let share = Double(below.count) / Double(exponents.count)
        #expect(abs(share - 0.5) < 2 / Double(exponents.count).squareRoot())
    }

    /// `ignore_axes=(0,)` and `Convert3DTo2DTransform`: nothing turns out of the slice, scales or loses resolution along z.
    @Test func thickSlicesStay() throws {
        let all = try Self.drawn(.nnUNet(isAnisotropic: true))
        let turned = Self.steps(all, "affine") { $0.values.list("rotate") != [0] }
        #expect(Self.happen(turned, 0.2))
        #expect(turned.allSatisfy { $0.allSatisfy { $0.values.list("rotate").prefix(2) == [0, 0] } })
        #expect(Self.fill(turned.flatMap { $0.map { $0.values.list("rotate")[2] } }, -180...180))
        let scaled = Self.steps(all, "affine") { $0.values.list("scale") != [1] && $0.values.list("scale") != [1, 1] }
        #expect(Self.happen(scaled, 0.2) && Self.fill(Self.values(scaled, "scale").map { 1 / $0 }, 0.7...1.4))
        let low = Self.steps(all, "low_resolution").flatMap { $0.map { $0.values.list("scale") } }
        #expect(low.count > 140 && low.allSatisfy { $0[0] == $0[1] && $0[0] < 1 && $0[2] == 1 })
        // The numbers do it: what differs along z alone is what it was, but for blur and noise.
        var step = Affine()
        (step.scale, step.inPlane) = ([.fixed(0.5)], true)
        var image = Image<Float>(axes: [.z, .y, .x], sizes: [6, 8, 8])
        for z in 0..<6 { for y in 0..<8 { for x in 0..<8 { image[z, y, x] = Float(z * z) } } }
        let moved = try Pipeline.changed(image, by: step)
        for z in 0..<6 { #expect(abs(moved[z, 4, 4] - Float(z * z)) < 1e-4) }
        #expect(moved[3, 0, 0] == 0)
    }

    @Test func picturesTurnByTheirShape() throws {
        for (isElongated, range) in [(false, -180.0...180), (true, -15...15)] {
            let all = try Self.drawn(.nnUNet(isVolume: false, isElongated: isElongated), isVolume: false)
            let turned = Self.steps(all, "affine") { $0.values.list("rotate") != [0] }
            #expect(Self.happen(turned, 0.2) && Self.fill(Self.values(turned, "rotate"), range))
            #expect(
                Self.steps(all, "gaussian_blur").allSatisfy { $0.allSatisfy { $0.values.list("sigma").count == 2 } })
        }
    }
}
