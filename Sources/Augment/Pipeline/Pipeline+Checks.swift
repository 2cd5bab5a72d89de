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
    /// - Throws: ``AugmentError`` for an empty image, axes that are no picture or volume, labels of another size or with
    ///   several channels, and transforms that cannot work on such an image.
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
        }
        let scene = Scene(image)
        for transform in allTransforms { try scene.check(transform) }
    }

    private static func check(_ shape: SampleShape, _ name: String) throws(AugmentError) {
        guard shape.axes.isPictureOrVolume else {
            let found = shape.axes.map { "\($0)" }.joined(separator: ", ")
            throw .sample("\(name): expected axes x, y, perhaps z and channel, found \(found)")
        }
        guard !shape.sizes.contains(0) else { throw .sample("\(name) is empty") }
    }
}
