public import ImageCore

/// A volume and what is known about how it came about.
public struct Volume: Sendable {
    /// The samples, axes slowest first: `[.z, .y, .x]`, with `.time` or another axis before and `.channel` behind where
    /// the series has them.
    public var image: AnyImage

    /// A volume by its samples.
    public init(image: AnyImage) { self.image = image }
}
