import ImageCore
import Testing

@testable import Augment

/// No transform takes values for bytes or for numbers from 0 to 1.
@Suite("Values of 16 bits")
struct WideValues {
    /// Their parameters are numbers of the image: 100 is 100, whatever its type.
    private static let absolute: Set<String> = ["window", "clamp"]
    /// What they make does not grow with the values.
    private static let scaleFree: Set<String> = [
        "rescale", "z_score", "histogram_standardize", "normalize", "min_max", "to_float",
    ]
    private static let bytesOnly: Set<String> = ["jpeg", "webp"]
    /// A histogram of 65536 bins has another limit than one of 256.
    private static let byHistogram: Set<String> = ["clahe"]

    /// 0 to 65535 where bytes have 0 to 255.
    private func wide(_ sample: Sample) -> Sample {
        var sample = sample
        if case .uint8(let image) = sample.images[0] {
            var values = image.map { UInt16($0) * 257 }
            values.domain = image.domain == .integer(bits: 8) ? .integer(bits: 16) : image.domain
            sample.images = [.uint16(values)]
        }
        return sample
    }

    @Test(arguments: TransformCase.all.filter { $0.input != .volume })
    func sixteenBitsGiveWhatEightGive(test: TransformCase) throws {
        let (pipeline, name) = (try test.setting.pipeline(test.input), test.setting.name)
        let (start, key) = (test.input.sample, DrawKey(seed: 2, sample: "a"))
        if Self.bytesOnly.contains(name) {
            #expect(throws: AugmentError.self) { try pipeline.apply(to: wide(start), key: key) }
            return
        }
        let result = try pipeline.apply(to: wide(start), key: key).sample.images[0]
        if Self.byHistogram.contains(name) {
            #expect((result.doubles.max() ?? 0) > 30000)
            return
        }
        guard !Self.absolute.contains(name) else { return }
        let narrow = try pipeline.apply(to: start, key: key).sample.images[0]
        let isScaleFree = Self.scaleFree.contains(name)
        #expect(result.kind == (narrow.kind == .uint8 ? .uint16 : narrow.kind))
        let (scale, tolerance) = isScaleFree ? (1.0, narrow.kind == .float32 ? 1e-4 : 0.51) : (257, 1.01)
        let worst = zip(result.doubles, narrow.doubles).map { abs($0 / scale - $1) }.max() ?? 0
        #expect(worst <= tolerance)
        #expect(result.layout.sizes == narrow.layout.sizes)
    }

    /// CT numbers from about −1000 to 1000.
    private func hounsfield(_ input: TransformSetting.Input) -> Sample {
        var sample = input.sample
        switch sample.images[0] {
        case .uint8(let image):
            var values = image.map { Int16($0) * 12 - 1500 }
            values.domain = .hounsfield
            sample.images = [.int16(values)]
        case .int16(let image):
            var values = image.map { $0 * 6 }
            values.domain = .hounsfield
            sample.images = [.int16(values)]
        default: break
        }
        return sample
    }

    @Test(arguments: TransformCase.all.filter { $0.input != .rgb })
    func signedNumbersAreNotCut(test: TransformCase) throws {
        let name = test.setting.name
        let unasked = Self.absolute.union(Self.scaleFree).union(Self.bytesOnly)
        guard !unasked.contains(name), name != "labels_to_image" || test.input == .volume else { return }
        let start = hounsfield(test.input)
        let result = try test.setting.pipeline(test.input).apply(to: start, key: DrawKey(seed: 2, sample: "a"))
            .sample.images[0]
        #expect(result.kind == .int16)
        #expect(name == "set_domain" || result.domain == .hounsfield)
        #expect((result.doubles.min() ?? 0) < -200)
        #expect((result.doubles.max() ?? 0) > 300)
    }
}
