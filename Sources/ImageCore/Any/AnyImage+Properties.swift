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

extension AnyImage {
    /// Axes, sizes and strides.
    public var layout: Layout { accept(Describe()).layout }
    /// What the channels stand for.
    public var color: ColorModel { accept(Describe()).color }
    /// What the numbers stand for.
    public var domain: ValueDomain { accept(Describe()).domain }
    /// Where the pixels lie in physical space.
    public var geometry: Geometry? { accept(Describe()).geometry }
    /// What the file said beyond the samples.
    public var metadata: Metadata { accept(Describe()).metadata }
    /// Number of samples along x.
    public var width: Int { layout.size(of: .x) }
    /// Number of samples along y.
    public var height: Int { layout.size(of: .y) }
    /// Number of channels.
    public var channels: Int { layout.size(of: .channel) }
}
