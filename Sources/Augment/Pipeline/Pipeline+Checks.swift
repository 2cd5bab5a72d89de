public import ImageCore
import ImageProcessing

/// What is known of a sample before its pixels are read: enough to refuse what a pipeline cannot do.
public struct SampleShape: Sendable, Hashable {
    /// The axes of the image.
    public var axes: [Axis]
    /// Their lengths.
    public var sizes: [Int]
    /// The type of the samples.
    public var kind: ScalarKind
    /// What the channels stand for.
    public var color: ColorModel
    /// What the numbers stand for.
    public var domain: ValueDomain
    /// Spacing and directions; `nil` where the image has none.
    public var geometry: Geometry?

    /// A shape by its parts.
    public init(
        axes: [Axis], sizes: [Int], kind: ScalarKind, color: ColorModel, domain: ValueDomain, geometry: Geometry? = nil
    ) {
        self.axes = axes
        self.sizes = sizes
        self.kind = kind
        self.color = color
        self.domain = domain
        self.geometry = geometry
    }

    func length(_ axis: Axis) -> Int? { axes.firstIndex(of: axis).map { sizes[$0] } }

    /// The lengths along x, y (and z), as people read them.
    public var text: String {
        ([.x, .y, .z] as [Axis]).compactMap { length($0).map(String.init) }.joined(separator: " x ")
    }
}

extension Pipeline {
    /// Checks, before any pixel is read, that the pipeline can work on an image and its labels.
    ///
    /// Every transform is checked, also those that chance may leave out.
    ///
    /// - Throws: ``AugmentError`` for an empty image, axes that are no picture or volume, labels of another size, at another
    ///   place or with several channels, and transforms that cannot work on such an image.
    public func check(_ image: SampleShape, labels: SampleShape? = nil) throws(AugmentError) {
        try Self.check(image, "the image")
        if let labels {
            try Self.check(labels, "the mask")
            guard labels.text == image.text else {
                throw .sample("the mask: expected the size of the image, \(image.text), found \(labels.text)")
            }
            guard labels.length(.channel) ?? 1 == 1 else {
                throw .sample("the mask: expected one channel, found \(labels.length(.channel) ?? 1)")
            }
            if let difference = image.placeDifference(from: labels) { throw .sample("the mask: \(difference)") }
        }
        try check(Scene(image, labels: labels))
    }

    /// Checks the transforms one by one.
    func check(_ scene: Scene) throws(AugmentError) {
        if let channelConflict { throw channelConflict }
        var scene = scene
        for placed in allTransforms {
            try scene.check(placed)
            // Its channels are new labels.
            if placed.transform is OneHot { scene.labelKinds = scene.labelKinds.map { _ in .uint8 } }
        }
        try checkRounding(scene)
    }

    private static func check(_ shape: SampleShape, _ name: String) throws(AugmentError) {
        guard shape.axes.isPictureOrVolume else {
            let found = shape.axes.map { "\($0)" }.joined(separator: ", ")
            throw .sample("\(name): expected axes x, y, perhaps z and channel, found \(found)")
        }
        guard !shape.sizes.contains(0) else { throw .sample("\(name) is empty") }
    }
}

extension Scene {
    /// Checks a transform of a pipeline.
    func check(_ placed: PlacedTransform) throws(AugmentError) {
        do throws(AugmentError) {
            try check(placed.transform, path: placed.path)
        } catch {
            throw error.located(at: placed.place)
        }
    }

    /// Checks that a transform can work on the sample, and that its parameters do not contradict each other.
    func check(_ transform: any Transform, path: String) throws(AugmentError) {
        if let conflict = transform.conflict {
            throw .transform(
                path: path, "\(transform.typeName): expected \(conflict.expected), found \(conflict.found)")
        }
        let (name, domain) = (transform.typeName, transform.typeDomain)
        guard isVolume ? domain.volumes : domain.pictures else {
            throw .transform(
                path: path,
                "\(name) works on \(isVolume ? "pictures" : "volumes"), found a \(isVolume ? "volume" : "picture")")
        }
        guard !domain.needsRGB || color == .rgb && channels == 3 else {
            throw .transform(path: path, "\(name) needs RGB, found \(color.rawValue) with \(channels) channels")
        }
        if !isVolume, let excess = transform.excessOnPictures {
            throw .transform(path: path, "\(name): \(excess)")
        }
        for (parameter, value) in transform.labelValues {
            for kind in labelKinds where !kind.holds(label: value) {
                throw .transform(
                    path: path,
                    "\(name): \(parameter): expected a number that labels of \(kind.rawValue) hold, found \(value.shortText)"
                )
            }
        }
    }
}

extension Pipeline {
    /// The first step of a `per_channel` that cannot be applied to one channel, whatever the sample.
    var channelConflict: AugmentError? { Self.channelConflict(steps, "", isChannel: false) }

    static func channelConflict(_ steps: [Step], _ prefix: String, isChannel: Bool) -> AugmentError? {
        for (index, step) in steps.enumerated() {
            let path = prefix + String(index)
            let found: AugmentError?
            switch step.action {
            case .transform(let transform): found = isChannel ? transform.channelConflict(path) : nil
            case .perChannel(let inner): found = channelConflict(inner, path + "/", isChannel: true)
            case .sequence(let inner), .randomOrder(let inner), .oneOf(let inner, _), .someOf(let inner, _),
                .repeated(let inner, _):
                found = channelConflict(inner, path + "/", isChannel: isChannel)
            }
            if let found { return found.located(at: step.place) }
        }
        return nil
    }
}

extension Transform {
    fileprivate func channelConflict(_ path: String) -> AugmentError? {
        guard !typeDomain.needsRGB else {
            return .transform(path: path, "\(typeName) needs RGB and cannot be applied to one channel")
        }
        return changesValuesOnly ? nil : .ofOneChannel(path)
    }

    /// Whether it leaves places and types as they are.
    var changesValuesOnly: Bool { Self.declaration.changesValuesOnly }

    /// The first parameter that says more than pictures have a place for.
    var excessOnPictures: String? {
        Self.declaration.parameters.lazy.compactMap { $0.excessOnPictures(self) }.first
    }

    /// The numbers that it may put into labels, with the names of their parameters.
    var labelValues: [(name: String, value: Double)] {
        Self.declaration.parameters.flatMap { parameter in
            parameter.labelValues(self).map { (name: parameter.name, value: $0) }
        }
    }
}
