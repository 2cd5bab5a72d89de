public import ImageCore
public import ImageProcessing

/// What a transform does to a sample once its numbers are drawn.
public enum Operation: Sendable {
    /// Moves images, labels, boxes, points and polygons.
    case geometry(SpatialMap, Sampling)
    /// Changes each pixel by itself; successive ones become one pass with the resampling before them.
    case pixels([RowOperation])
    /// Changes each pixel by itself, in a way that depends on the mean of each channel of the whole image.
    case averaged(@Sendable (_ means: [Double]) -> [RowOperation])
    /// Changes each pixel by itself, in a way that depends on the values of the whole image.
    case measured(@Sendable (ImageMeasures) -> [RowOperation])
    /// Changes each pixel by itself, in a way that is found from the image as it is then: axes channel, (z,) y, x in C order.
    case observed(@Sendable (_ image: Image<Float>) throws(AugmentError) -> [RowOperation])
    /// Changes an image of floats as a whole: axes channel, (z,) y, x in C order. The number tells the sample's images apart.
    case image(@Sendable (_ image: inout Image<Float>, _ index: Int) throws(AugmentError) -> Void)
    /// Changes labels that are on the grid already, for example holes of dropout.
    case labels(@Sendable (AnyImage) throws(AugmentError) -> AnyImage)
    /// Says what the result is to be made of.
    case output(OutputForm)
    /// Applies operations to one channel.
    indirect case channel(Int, [Operation])
}

extension Operation {
    /// Whether it leaves places and types as they are, so that it can be applied to one channel.
    var changesValuesOnly: Bool {
        switch self {
        case .pixels, .averaged, .measured, .observed, .image: true
        case .geometry, .labels, .output, .channel: false
        }
    }
}

/// How a geometric operation reads the images and labels that it moves.
public struct Sampling: Sendable, Hashable {
    /// How images are interpolated; labels take the nearest pixel.
    public var interpolation: Interpolation
    /// What images have outside.
    public var border: BorderMode
    /// What labels have outside; `nil` lets labels follow the border of the images.
    public var labelFill: Int?
    /// Whether the map puts pixels on pixels, so that interpolation and border never matter.
    public var isExact: Bool
    /// Whether what the map leaves out is gone for the steps behind it; where not, they may see it again.
    public var isCrop: Bool

    /// How to read, by its parts.
    public init(
        interpolation: Interpolation = .linear, border: BorderMode = .constant(0), labelFill: Int? = 0,
        isExact: Bool = false, isCrop: Bool = false
    ) {
        self.interpolation = interpolation
        self.border = border
        self.labelFill = labelFill
        self.isExact = isExact
        self.isCrop = isCrop
    }

    /// For flips and quarter turns.
    public static let exact = Sampling(interpolation: .nearest, isExact: true)
    /// For crops inside the image.
    public static let crop = Sampling(interpolation: .nearest, isExact: true, isCrop: true)
}

/// What the result of a pipeline is made of.
public struct OutputForm: Sendable, Hashable {
    /// The scalar; `nil` keeps that of the input.
    public var kind: ScalarKind?
    /// What the numbers stand for; `nil` keeps that of the input.
    public var domain: ValueDomain?
    /// Whether channels come first (channel, y, x) or last; `nil` keeps the order of the input.
    public var channelsFirst: Bool?

    /// A form by its parts.
    public init(kind: ScalarKind? = nil, domain: ValueDomain? = nil, channelsFirst: Bool? = nil) {
        self.kind = kind
        self.domain = domain
        self.channelsFirst = channelsFirst
    }
}

/// Sums over the pixels of each channel.
public struct ImageMeasures: Sendable, Hashable {
    /// The mean of each channel.
    public var mean: [Double]
    /// The standard deviation of each channel, divided by the count.
    public var deviation: [Double]
    /// The smallest value of each channel.
    public var minimum: [Double]
    /// The largest value of each channel.
    public var maximum: [Double]
}
