import ImageCore
import ImageProcessing
import Testing

@testable import Augment

/// What no sample of a kind can get is refused by its header, with the words of the work itself.
@Suite("Refusals before the work")
struct RefusalsBeforeWork {
    private static let key = DrawKey(seed: 1, sample: "a")

    private func pipeline(_ step: String) throws -> Pipeline {
        try Pipeline(parsing: "tessera_pipeline: 1\nsteps: [\(step)]", file: "p.yaml")
    }

    private func shape(_ image: AnyImage) -> SampleShape {
        SampleShape(
            axes: image.layout.axes, sizes: image.layout.sizes, kind: image.kind, color: image.color,
            domain: image.domain, geometry: image.geometry)
    }

    /// The error by the header, which must be that of the work.
    private func refusal(_ step: String, _ image: AnyImage, labels: AnyImage? = nil) throws -> String? {
        let pipeline = try pipeline(step)
        func attempt(_ body: () throws(AugmentError) -> Void) -> String? {
            do throws(AugmentError) { try body() } catch { return "\(error)" }
            return nil
        }
        let early = attempt { () throws(AugmentError) in
            try pipeline.check(shape(image), labels: labels.map(shape))
        }
        let late = attempt { () throws(AugmentError) in
            _ = try pipeline.apply(to: Sample(image, labels: labels), key: Self.key)
        }
        #expect(early == late)
        return early
    }

    private let gray = AnyImage.uint8(Image<UInt8>(axes: [.y, .x], sizes: [9, 12], color: .gray))
    private let color = AnyImage.uint8(
        Image<UInt8>(axes: [.y, .x, .channel], sizes: [9, 12, 3], color: .rgb, domain: .integer(bits: 8)))
    private let volume = AnyImage.uint8(Image<UInt8>(axes: [.z, .y, .x], sizes: [5, 9, 12], color: .gray))

    private func labels(_ kind: ScalarKind) -> AnyImage {
        AnyImage(Image<UInt8>(axes: [.y, .x], sizes: [9, 12], color: .labels, domain: .labels)).converted(to: kind)
    }

    static let fills: [(step: String, kind: ScalarKind, name: String, value: String)] = [
        ("{affine: {rotate: 30, label_fill: -1}}", .uint8, "affine: label_fill", "-1"),
        ("{pad: {amount: [2], label_fill: 300}}", .uint8, "pad: label_fill", "300"),
        ("{pad: {amount: [2], label_fill: -1}}", .uint16, "pad: label_fill", "-1"),
        ("{elastic: {label_fill: 40000}}", .int16, "elastic: label_fill", "40000"),
        ("{coarse_dropout: {label_fill: 256}}", .uint8, "coarse_dropout: label_fill", "256"),
        ("{mask_dropout: {label_fill: 1.5}}", .int16, "mask_dropout: label_fill", "1.5"),
        ("{remap_labels: {from: [1], to: [-5]}}", .uint16, "remap_labels: to", "-5"),
        ("{remap_labels: {from: [1], to: [2], others: 256}}", .uint8, "remap_labels: others", "256"),
        ("one_hot, {pad: {amount: [2], label_fill: -1}}", .int32, "pad: label_fill", "-1"),
    ]

    @Test(arguments: fills)
    func `numbers that labels do not hold are refused`(step: String, kind: ScalarKind, name: String, value: String)
        throws
    {
        let found = try #require(try refusal(step, gray, labels: labels(kind)))
        let held = step.hasPrefix("one_hot") ? ScalarKind.uint8 : kind
        #expect(found.hasPrefix("p.yaml:2:"))
        #expect(
            found.hasSuffix(
                "\(name): expected a number that labels of \(held.rawValue) hold, found \(value)"), "\(found)")
    }

    @Test(arguments: [
        ("{affine: {rotate: 30, label_fill: -1}}", ScalarKind.int16), ("{pad: {amount: [2], label_fill: 255}}", .uint8),
        ("{pad: {amount: [2], label_fill: -1, border: reflect}}", .uint8),
        ("{coarse_dropout: {label_fill: 65535}}", .uint16),
        ("{remap_labels: {from: [1], to: [-5], others: 9}}", .int8),
    ])
    func `numbers that labels hold are done`(step: String, kind: ScalarKind) throws {
        #expect(try refusal(step, gray, labels: labels(kind)) == nil)
        #expect(try refusal("{affine: {rotate: 30, label_fill: -1}}", gray) == nil)
    }

    @Test(arguments: [
        (
            "{affine: {rotate: [60, 0, 0]}}",
            "affine: rotate: expected an angle about z alone in a picture, found [60, 0, 0]"
        ),
        ("{affine: {rotate: [0, {uniform: [-5, 5]}, 0]}}", nil),
        (
            "{affine: {scale: [2, 2, 3]}}",
            "affine: scale: expected values for x and y alone in a picture, found [2, 2, 3]"
        ),
        ("{affine: {translate: [0, 0, 0.1]}}", nil), ("{affine: {translate_pixels: [0, 0, 2]}}", nil),
        ("{zoom: {factor: [1, 1, 2]}}", nil), ("{gaussian_blur: {sigma: [1, 1, 1]}}", nil),
        ("{low_resolution: {scale: [0.5, 0.5, 0.5]}}", nil), ("{elastic: {max_displacement: [1, 1, 1]}}", nil),
        ("{coarse_dropout: {size: [0.1, 0.1, 0.1]}}", nil),
    ])
    func `pictures have no third axis`(step: String, message: String?) throws {
        let found = try #require(try refusal(step, gray))
        if let message { #expect(found.hasSuffix(message), "\(found)") }
        #expect(try refusal(step, volume) == nil)
    }

    @Test(arguments: [
        "{affine: {rotate: [0, 0, 30], scale: [2, 2, 1], translate: [0.1, 0, 0]}}", "{zoom: {factor: [1.5, 1, 1]}}",
        "{gaussian_blur: {sigma: [1, 2, 0]}}", "{low_resolution: {scale: [0.5, 0.5, 1]}}",
    ])
    func `a third value that does nothing may stay`(step: String) throws { #expect(try refusal(step, gray) == nil) }

    @Test(arguments: ["color_jitter", "grayscale", "flip", "{resize: {size: [4]}}", "normalize", "to_float", "one_hot"])
    func `steps for single channels are looked at whatever chance does`(step: String) throws {
        for image in [gray, color] {
            let found = try refusal("{per_channel: {steps: [{one_of: [gaussian_blur, \(step)]}]}}", image)
            #expect(found?.contains("applied to one channel") == true)
        }
        #expect(try refusal("{per_channel: {steps: [gaussian_blur, low_resolution, clamp]}}", color) == nil)
    }

    /// The flag of the declaration, against the operations that defaults and drawn numbers give.
    @Test func `what changes values alone is declared`() throws {
        for type in TransformTable.builtIn.types where !(type is any BatchTransform.Type) {
            let transform = type.init()
            let scene = Scene(shape(transform.typeDomain.pictures ? color : volume))
            var isPlain = true
            for seed in 0..<20 {
                let draws = DrawKey(seed: UInt64(seed), sample: "a").draws(at: "0")
                guard let values = try? transform.draw(draws, in: scene),
                    let operations = try? transform.operations(values, draws: draws, in: scene)
                else { continue }
                isPlain = isPlain && operations.allSatisfy(\.changesValuesOnly)
            }
            #expect(isPlain || !transform.changesValuesOnly, "\(transform.typeName)")
        }
    }

    @Test(arguments: [
        "{resize: {size: [100000]}}", "{resized_crop: {size: [100000]}}", "{crop_or_pad: {size: [100000]}}",
        "{center_crop: {size: [100000], pad: true}}", "{pad: {amount: [90000]}}",
        "{resize: {size: [50000]}}, {zoom: {factor: 1.9, keep_size: false}}",
    ])
    func `sizes that no memory holds are refused`(step: String) throws {
        let pipeline = try pipeline(step)
        let found = #expect(throws: AugmentError.self) { try pipeline.rehearse(shape(gray), key: Self.key) }
        #expect(found?.description.contains("expected at most 2147483648 pixels, found ") == true)
        #expect(found?.description.contains(" x ") == true)
    }

    @Test func `spacing is limited, too`() throws {
        var volume = Image<UInt8>(axes: [.z, .y, .x], sizes: [40, 40, 40], color: .gray)
        volume.geometry = Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        let pipeline = try pipeline("{spacing: {spacing: 0.01}}")
        let found = #expect(throws: AugmentError.self) { try pipeline.rehearse(shape(.uint8(volume)), key: Self.key) }
        #expect(
            found?.description.hasSuffix("expected at most 2147483648 pixels, found 4000 x 4000 x 4000") == true)
    }

    private func hounsfield(_ domain: ValueDomain = .hounsfield) -> AnyImage {
        .int16(Image<Int16>(axes: [.z, .y, .x], sizes: [2, 9, 12], color: .gray, domain: domain))
    }

    private let volumeLabels = AnyImage.uint8(
        Image<UInt8>(axes: [.z, .y, .x], sizes: [2, 9, 12], color: .labels, domain: .labels))

    @Test(arguments: [
        "labels_to_image", "{labels_to_image: {mean: {uniform: [0, 1]}, deviation: 0}}",
        "{set_domain: {domain: hounsfield}}, labels_to_image", "{set_domain: {domain: unit}}, labels_to_image",
        "{one_of: [{gamma: {exponent: 1}}, {labels_to_image: {p: 0.1}}]}",
    ])
    func `fractions that integers do not hold are refused`(step: String) throws {
        for domain in [ValueDomain.hounsfield, .unspecified] {
            let found = try #require(try refusal(step, hounsfield(domain), labels: volumeLabels))
            #expect(found.hasPrefix("p.yaml:2:"))
            #expect(
                found.contains("labels_to_image: expected means and deviations that int16 holds, for Hounsfield units"))
            #expect(found.contains("mean: {uniform: [-1000, 1000]}") && !found.contains("\n"))
        }
    }

    @Test(arguments: [
        "{labels_to_image: {mean: {uniform: [-1000, 1000]}, deviation: {uniform: [5, 50]}}}",
        "{labels_to_image: {mean: {choice: [0, 1]}, deviation: 0}}", "{labels_to_image: {mean: 0, deviation: 20}}",
        "to_float, labels_to_image", "labels_to_image, z_score", "{window: {preset: lung}}, labels_to_image",
        "labels_to_image, {window: {center: 0.5, width: 1}}",
    ])
    func `what integers hold, and what does not stay in them, is done`(step: String) throws {
        #expect(try refusal(step, hounsfield(), labels: volumeLabels) == nil)
        #expect(try refusal("labels_to_image", gray, labels: labels(.uint8)) == nil)
        #expect(try refusal("labels_to_image", gray.converted(to: .float32), labels: labels(.uint8)) == nil)
    }

    @Test func `sizes read as people write them`() throws {
        let found = #expect(throws: AugmentError.self) {
            try pipeline("{random_crop: {size: [40, 30]}}").rehearse(shape(gray), key: Self.key)
        }
        #expect(
            found?.description
                == "p.yaml:2:10: random_crop: expected at least 40 x 30 pixels, found 12 x 9; pad: true fills the rest")
    }
}
