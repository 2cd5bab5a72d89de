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
    let alpha: AlphaHandling
    let encoder: AugmentEncoder
    /// Threads for one sample.
    let workers: Int
    /// Whether the check reads masks whose pixels may hold something else than labels.
    var readsMasks = false

    /// A file that is to be written.
    struct Output {
        let ending: String
        let image: AnyImage
        let isMask: Bool
    }

    /// What is odd in an input's files and accepted.
    struct Findings {
        var warnings: [String] = []
        /// Whether the mask's labels are indices of a palette.
        var hasPaletteMask = false
    }

    /// Checks an input by what its files say of themselves.
    ///
    /// - Throws: ``FormatError`` for files that cannot be read, and for what the pipeline cannot work on.
    func check(_ input: AugmentInput) throws(FormatError) -> Findings {
        let reader = try FormatTable.standard.open(ByteSource(path: input.path))
        let info = try Self.frame(reader, input.path)
        let mask: MaskFile? = try input.mask.map { path throws(FormatError) in try MaskFile(path) }
        do throws(AugmentError) {
            let (image, labels) = (alpha.shape(of: SampleShape(info)), mask.map { SampleShape($0.info) })
            try pipeline.check(image, labels: labels)
            for variant in 0..<min(count, Self.rehearsals) {
                try pipeline.rehearse(image, labels: labels, key: key(input, variant), limits: .ofThisMachine)
            }
        } catch {
            throw Self.failure(error, input, hint: alpha.hint(for: info.color))
        }
        if let mask, mask.isLossy || readsMasks && mask.mayHoldFractions { _ = try mask.labels() }
        return Findings(
            warnings: Self.pages(reader, input.path) + (mask.map { Self.pages($0.reader, $0.path) } ?? []),
            hasPaletteMask: mask?.isPalette ?? false)
    }

    private static func pages(_ reader: any ImageReader, _ path: String) -> [String] {
        reader.frames.count > 1 ? ["\(path): the first of \(reader.frames.count) pages is taken"] : []
    }

    /// So many variants of an input are drawn before any is made: chance may leave a step out of the first.
    private static let rehearsals = 8

    private func key(_ input: AugmentInput, _ variant: Int) -> DrawKey {
        DrawKey(seed: seed, epoch: epoch, sample: input.key, variant: variant)
    }

    static func frame(_ reader: any ImageReader, _ path: String) throws(FormatError) -> FrameInfo {
        guard let info = reader.frames.first else {
            throw FormatError(.unsupported, file: path, expected: "an image", found: "none")
        }
        if let problem = info.problem { throw problem }
        return info
    }

    /// Reads an input.
    func sample(of input: AugmentInput) throws(FormatError) -> Sample {
        let image = try alpha.applied(to: FormatTable.standard.readImage(path: input.path), input.path)
        guard let path = input.mask else { return Sample(image) }
        return Sample(image, labels: try MaskFile(path).labels())
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

    private static func failure(_ error: AugmentError, _ input: AugmentInput, hint: String = "") -> FormatError {
        FormatError(.invalidRequest, file: input.path, found: "\(error)\(hint)")
    }
}
