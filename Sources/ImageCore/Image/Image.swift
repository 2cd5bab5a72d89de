/// A typed image of any rank: samples, the axes that they lie on, and what they mean.
///
/// An image is a value: a copy costs nothing until one of the two is written (copy-on-write). Crops, slices, flips and
/// rearranged axes are views of the same memory and cost nothing either.
///
/// ```swift
/// var picture = Image<UInt8>(axes: [.y, .x, .channel], sizes: [480, 640, 3], color: .rgb)
/// picture[10, 20, 0] = 255
/// let corner = picture.cropped(to: PixelRect(x: 0, y: 0, width: 64, height: 64))
/// ```
public struct Image<Scalar: ImageScalar>: Sendable {
    @usableFromInline var storage: ImageStorage<Scalar>
    @usableFromInline var storedLayout: Layout
    /// What the channels stand for.
    public var color: ColorModel
    /// What the numbers stand for.
    public var domain: ValueDomain
    /// Where the pixels lie in physical space, if that is known.
    public var geometry: Geometry?
    /// Everything else that a file said about the image.
    public var metadata: Metadata

    /// An image in C order with every sample set to one value.
    ///
    /// - Parameters:
    ///   - axes: The axes, slowest first.
    ///   - sizes: The number of samples along each axis; 0 gives an empty image.
    ///   - value: The value of every sample.
    ///   - color: What the channels stand for.
    ///   - domain: What the numbers stand for.
    @inlinable
    public init(
        axes: [Axis], sizes: [Int], repeating value: Scalar = .zero, color: ColorModel = .unspecified,
        domain: ValueDomain = .unspecified
    ) {
        let layout = Layout(axes: axes, sizes: sizes)
        self.init(
            storage: ImageStorage(repeating: value, count: layout.count), layout: layout, color: color, domain: domain)
    }

    @inlinable
    init(
        storage: ImageStorage<Scalar>, layout: Layout, color: ColorModel, domain: ValueDomain,
        geometry: Geometry? = nil, metadata: Metadata = Metadata()
    ) {
        self.storage = storage
        storedLayout = layout
        self.color = color
        self.domain = domain
        self.geometry = geometry
        self.metadata = metadata
    }
}

extension Image {
    /// Axes, sizes and strides.
    @inlinable public var layout: Layout { storedLayout }
    /// The axes, slowest first.
    @inlinable public var axes: [Axis] { storedLayout.axes }
    /// Number of samples along each axis.
    @inlinable public var sizes: [Int] { storedLayout.sizes }
    /// Number of samples.
    @inlinable public var count: Int { storedLayout.count }
    /// Whether there is no sample at all.
    @inlinable public var isEmpty: Bool { storedLayout.sizes.contains(0) }
    /// Number of samples along x.
    @inlinable public var width: Int { storedLayout.size(of: .x) }
    /// Number of samples along y.
    @inlinable public var height: Int { storedLayout.size(of: .y) }
    /// Number of samples along z.
    @inlinable public var depth: Int { storedLayout.size(of: .z) }
    /// Number of samples along the channel axis; 1 without one.
    @inlinable public var channels: Int { storedLayout.size(of: .channel) }
}
