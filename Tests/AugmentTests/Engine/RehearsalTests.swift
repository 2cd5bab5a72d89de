import ImageCore
import Testing

@testable import Augment

/// What a pipeline cannot do is found before pixels are read, by the numbers that are drawn for them later.
struct RehearsalTests {
    private static func steps(_ steps: String) -> String { "tessera_pipeline: 1\nsteps: [\(steps)]" }

    private func shape(_ image: AnyImage) -> SampleShape {
        SampleShape(
            axes: image.layout.axes, sizes: image.layout.sizes, kind: image.kind, color: image.color,
            domain: image.domain, geometry: image.geometry)
    }

    private static func picture<Scalar: ImageScalar>(_ type: Scalar.Type, bits: Int, channels: Int) -> Image<Scalar> {
        Image<Scalar>(
            axes: channels > 1 ? [.y, .x, .channel] : [.y, .x], sizes: channels > 1 ? [64, 64, channels] : [64, 64],
            color: channels > 1 ? .rgb : .gray, domain: .integer(bits: bits))
    }

    private let colors = AnyImage.uint8(picture(UInt8.self, bits: 8, channels: 3))
    private let wide = AnyImage.uint16(picture(UInt16.self, bits: 16, channels: 3))
    private let gray = AnyImage.uint8(picture(UInt8.self, bits: 8, channels: 1))

    private func key(_ variant: Int) -> DrawKey { DrawKey(seed: 3, sample: "a", variant: variant) }

    static let impossible = [
        "{center_crop: {size: [40, 40]}}, {center_crop: {size: [48, 48]}}", "{weighted_crop: {size: [16, 16]}}",
        "{crop_by_label: {size: [16, 16]}}", "{resize: {size: [32, 32]}}, {random_crop: {size: [48, 48]}}",
    ]

    @Test(arguments: impossible)
    func `a step that cannot be done is found with the words of the work itself`(text: String) throws {
        let pipeline = try Pipeline(parsing: Self.steps(text))
        let found = try #require(throws: AugmentError.self) { try pipeline.rehearse(shape(colors), key: key(0)) }
        let worked = try #require(throws: AugmentError.self) { try pipeline.apply(to: Sample(colors), key: key(0)) }
        #expect("\(found)" == "\(worked)")
    }

    @Test(arguments: ["jpeg", "webp", "{per_channel: {steps: [transpose]}}"])
    func `codecs refuse 16 bits, and one channel cannot be turned`(text: String) throws {
        let pipeline = try Pipeline(parsing: Self.steps(text))
        #expect(throws: AugmentError.self) { try pipeline.rehearse(shape(wide), key: key(0)) }
        #expect(throws: AugmentError.self) { try pipeline.apply(to: Sample(wide), key: key(0)) }
    }

    @Test func `spacing is drawn from the geometry that the file states`() throws {
        let pipeline = try Pipeline(
            parsing: Self.steps("{spacing: {spacing: 2}}, {center_crop: {size: [20, 20, 20]}}"))
        var volume = Image<Int16>(axes: [.z, .y, .x], sizes: [16, 32, 32])
        #expect(throws: AugmentError.self) { try pipeline.rehearse(shape(.int16(volume)), key: key(0)) }
        for (millimetres, fits) in [(1.0, false), (3.0, true)] {
            volume.geometry = Geometry(spacingMillimetres: SIMD3(repeating: millimetres))
            let image = AnyImage.int16(volume)
            #expect(((try? pipeline.rehearse(shape(image), key: key(0))) != nil) == fits)
            #expect(((try? pipeline.apply(to: Sample(image), key: key(0))) != nil) == fits)
        }
    }

    @Test func `chance decides before as it does in the work`() throws {
        let pipeline = try Pipeline(
            parsing: Self.steps("{center_crop: {size: [32, 32], p: 0.5}}, {random_crop: {size: [48, 48], p: 0.5}}"))
        var refused = 0
        for variant in 0..<64 {
            let before = (try? pipeline.rehearse(shape(gray), key: key(variant))) == nil
            let later = (try? pipeline.apply(to: Sample(gray), key: key(variant))) == nil
            #expect(before == later)
            refused += before ? 1 : 0
        }
        #expect(refused > 4 && refused < 40)
    }

    @Test func `steps behind one that looks at labels are left to the work`() throws {
        let pipeline = try Pipeline(
            parsing: Self.steps("{weighted_crop: {size: [16, 16]}}, {center_crop: {size: [48, 48]}}"))
        #expect(throws: Never.self) { try pipeline.rehearse(shape(colors), labels: shape(gray), key: key(0)) }
    }

    @Test(arguments: PipelineRecipe.all.map(\.name)) func `ready pipelines are never refused before the work`(
        name: String
    ) throws {
        let pipeline = try #require(PipelineRecipe.named(name)).pipeline
        for variant in 0..<20 {
            guard (try? pipeline.check(shape(colors))) != nil else { continue }
            let before = (try? pipeline.rehearse(shape(colors), key: key(variant))) == nil
            let later = (try? pipeline.apply(to: Sample(colors), key: key(variant))) == nil
            #expect(before == later)
        }
    }
}
