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
    /// - Throws: ``AugmentError`` for the first step that cannot be done.
    public func rehearse(_ image: SampleShape, labels: SampleShape? = nil, key: DrawKey) throws(AugmentError) {
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
                    scene.follow(operation)
                }
            }
        } catch {
            guard !asksForLabels.isAsked else { return }
            throw error
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
