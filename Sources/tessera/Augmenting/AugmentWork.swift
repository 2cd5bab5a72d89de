import Augment
import Formats
import ImageCore
import Patches

/// Reads, changes and writes one input.
struct AugmentWork: Sendable {
    let pipeline: Pipeline
    let seed: UInt64
    let epoch: Int
    let count: Int
    let encoder: AugmentEncoder
    /// Threads for one sample.
    let workers: Int

    /// A file that is to be written.
    struct Output {
        let ending: String
        let image: AnyImage
        let isMask: Bool
    }

    /// Checks an input by what its files say of themselves.
    ///
    /// - Returns: What is odd and accepted.
    /// - Throws: ``FormatError`` for files that cannot be read, and for what the pipeline cannot work on.
    func check(_ input: AugmentInput) throws(FormatError) -> [String] {
        let reader = try FormatTable.standard.open(ByteSource(path: input.path))
        let info = try Self.frame(reader, input.path)
        let mask: FrameInfo? = try input.mask.map { path throws(FormatError) in
            try Self.frame(try FormatTable.standard.open(ByteSource(path: path)), path)
        }
        do throws(AugmentError) {
            let (image, labels) = (SampleShape(info), mask.map(SampleShape.init))
            try pipeline.check(image, labels: labels)
            for variant in 0..<min(count, Self.rehearsals) {
                try pipeline.rehearse(image, labels: labels, key: key(input, variant))
            }
        } catch {
            throw Self.failure(error, input)
        }
        guard reader.frames.count > 1 else { return [] }
        return ["\(input.path): the first of \(reader.frames.count) pages is taken"]
    }

    /// So many variants of an input are drawn before any is made: chance may leave a step out of the first.
    private static let rehearsals = 8

    private func key(_ input: AugmentInput, _ variant: Int) -> DrawKey {
        DrawKey(seed: seed, epoch: epoch, sample: input.key, variant: variant)
    }

    private static func frame(_ reader: any ImageReader, _ path: String) throws(FormatError) -> FrameInfo {
        guard let info = reader.frames.first else {
            throw FormatError(.unsupported, file: path, expected: "an image", found: "none")
        }
        if let problem = info.problem { throw problem }
        return info
    }

    /// Reads an input.
    func sample(of input: AugmentInput) throws(FormatError) -> Sample {
        let image = try FormatTable.standard.readImage(path: input.path)
        guard let path = input.mask else { return Sample(image) }
        var mask = try FormatTable.standard.readImage(path: path)
        mask.domain = .labels
        return Sample(image, labels: mask)
    }

    /// Makes a variant.
    func augmented(
        _ sample: Sample, of input: AugmentInput, variant: Int
    ) throws(FormatError) -> Augmented {
        do throws(AugmentError) {
            return try pipeline.apply(to: sample, key: key(input, variant), workers: workers)
        } catch {
            throw Self.failure(error, input)
        }
    }

    /// What is written of a variant: the image, then the mask.
    func outputs(of augmented: Augmented) -> [Output] {
        let images = augmented.sample.images.map {
            Output(ending: encoder.ending(of: $0, isMask: false), image: $0, isMask: false)
        }
        let labels = augmented.sample.labels.map {
            Output(ending: encoder.ending(of: $0, isMask: true), image: $0, isMask: true)
        }
        return images + labels
    }

    private static func failure(_ error: AugmentError, _ input: AugmentInput) -> FormatError {
        FormatError(.invalidRequest, file: input.path, found: "\(error)")
    }
}
