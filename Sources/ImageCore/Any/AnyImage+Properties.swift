/// What an image says about itself apart from its samples.
struct ImageDescription: Sendable {
    var layout: Layout
    var color: ColorModel
    var domain: ValueDomain
    var geometry: Geometry?
    var metadata: Metadata
}

private struct Describe: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> ImageDescription {
        ImageDescription(
            layout: image.layout, color: image.color, domain: image.domain, geometry: image.geometry,
            metadata: image.metadata)
    }
}

// Single properties are read on their own: a whole description shares five things with the image.

private struct ReadLayout: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Layout { image.layout }
}

private struct ReadColor: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> ColorModel { image.color }
}

private struct ReadDomain: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> ValueDomain { image.domain }
}

private struct ReadGeometry: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Geometry? { image.geometry }
}

/// Puts another description in place; the layout stays.
struct Redescribe: ImageMutator {
    let description: ImageDescription

    func mutate<Scalar: ImageScalar>(_ image: inout Image<Scalar>) {
        image.color = description.color
        image.domain = description.domain
        image.geometry = description.geometry
        image.metadata = description.metadata
    }
}

extension AnyImage {
    private var description: ImageDescription {
        get { accept(Describe()) }
        set {
            var redescribe = Redescribe(description: newValue)
            apply(&redescribe)
        }
    }

    /// Axes, sizes and strides.
    public var layout: Layout { accept(ReadLayout()) }
    /// What the channels stand for.
    public var color: ColorModel {
        get { accept(ReadColor()) }
        set { description.color = newValue }
    }
    /// What the numbers stand for.
    public var domain: ValueDomain {
        get { accept(ReadDomain()) }
        set { description.domain = newValue }
    }
    /// Where the pixels lie in physical space.
    public var geometry: Geometry? {
        get { accept(ReadGeometry()) }
        set { description.geometry = newValue }
    }
    /// What the file said beyond the samples.
    public var metadata: Metadata {
        get { description.metadata }
        set { description.metadata = newValue }
    }
    /// The axes, slowest first.
    public var axes: [Axis] { layout.axes }
    /// Number of samples along each axis.
    public var sizes: [Int] { layout.sizes }
    /// Number of samples along x.
    public var width: Int { layout.size(of: .x) }
    /// Number of samples along y.
    public var height: Int { layout.size(of: .y) }
    /// Number of samples along z.
    public var depth: Int { layout.size(of: .z) }
    /// Number of channels.
    public var channels: Int { layout.size(of: .channel) }
}
