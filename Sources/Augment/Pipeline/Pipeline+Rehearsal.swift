public import Formats
import ImageCore
import ImageProcessing
import Synchronization

extension Pipeline {
    /// Draws for a sample whose pixels nobody has read, and finds what a transform could not do with it: a crop that is larger than
    /// what steps before it leave, a codec that does not know the type, a label that no file has.
    ///
    /// The numbers are those that ``apply(to:key:workers:)`` draws, so that nothing is refused that would work. What comes
    /// behind a step that looks at labels is not known without them.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - labels: The labels; `nil` when there are none.
    ///   - key: What the draw is for.
    ///   - limits: The size of an image that memory can be had for.
    /// - Throws: ``AugmentError`` for the first step that cannot be done, and for an image that becomes too large.
    public func rehearse(
        _ image: SampleShape, labels: SampleShape? = nil, key: DrawKey, limits: DecodeLimits = .standard
    ) throws(AugmentError) {
        let asksForLabels = LabelQuestion()
        var scene = Scene(image)
        if labels != nil { scene.currentLabels = asksForLabels.ask }
        do throws(AugmentError) {
            let channels = scene.channels
            try Walk(key: key, channels: { channels }).run(steps) { (visit) throws(AugmentError) in
                let seen = scene.seen(by: visit.channel)
                let values = try visit.transform.draw(visit.draws, in: seen)
                for operation in try visit.transform.operations(values, draws: visit.draws, in: seen) {
                    guard visit.channel == nil || operation.changesValuesOnly else { throw .ofOneChannel(visit.path) }
                    if operation.needsPixels { try limits.check(scene, "what reaches \(visit.name)") }
                    scene.follow(operation)
                }
            }
            try limits.check(scene, "the result")
        } catch {
            guard !asksForLabels.isAsked else { return }
            throw error
        }
    }
}

extension Operation {
    /// Whether an image has to be made of what came before; other steps are joined with it.
    fileprivate var needsPixels: Bool {
        switch self {
        case .averaged, .measured, .observed, .image: true
        case .geometry, .pixels, .labels, .output, .channel: false
        }
    }
}

extension DecodeLimits {
    /// Checks an image before memory for it is taken.
    fileprivate func check(_ scene: Scene, _ name: String) throws(AugmentError) {
        let sizes = [scene.size.z, scene.size.y, scene.size.x, scene.channels]
        do throws(FormatError) {
            try check(sizes: sizes, bytesPerSample: scene.kind.byteCount, file: name)
        } catch {
            let axes = scene.isVolume ? [scene.size.x, scene.size.y, scene.size.z] : [scene.size.x, scene.size.y]
            throw .sample(
                "\(name): expected \(error.expected ?? "less"), found \(axes.map(String.init).joined(separator: " x "))"
                    + (scene.channels > 1 ? " and \(scene.channels) channels" : ""))
        }
    }
}

/// Notes that labels were asked for, which nobody has read yet.
private final class LabelQuestion: Sendable {
    private let asked = Atomic(false)

    var isAsked: Bool { asked.load(ordering: .relaxed) }

    @Sendable func ask() throws(AugmentError) -> [AnyImage] {
        asked.store(true, ordering: .relaxed)
        throw .sample("the labels are not read yet")
    }
}
