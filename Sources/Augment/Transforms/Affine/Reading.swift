import ImageCore
import ImageProcessing

/// How a transform that moves pixels reads them; the parameters that all such transforms share.
public struct Reading: Sendable, Hashable {
    /// How images are interpolated.
    public enum Filter: String, Sendable, Hashable, CaseIterable {
        case nearest, linear, cubic, lanczos4
    }

    /// What images have outside.
    public enum Outside: String, Sendable, Hashable, CaseIterable {
        case constant, replicate, reflect, reflect101, wrap
    }

    /// How images are interpolated; labels always take the nearest pixel.
    public var filter: Filter
    /// What images have outside.
    public var outside: Outside
    /// The value outside for ``Outside/constant``; `nil` takes black, or −1000 in Hounsfield units.
    public var fill: Double?
    /// What labels have outside for ``Outside/constant``; otherwise they follow the images.
    public var labelFill = 0

    /// Linear, and a constant outside unless stated.
    public init(filter: Filter = .linear, outside: Outside = .constant) {
        self.filter = filter
        self.outside = outside
    }

    /// The declarations of the parameters.
    public static let parameters: [Parameter<Reading>] = [
        .choice("interpolation", \.filter, "How images are interpolated; labels take the nearest pixel."),
        .choice("border", \.outside, "What images have beyond their edge."),
        .automatic(
            "fill", \.fill, unit: .value, in: -1e9...1e9,
            "The value beyond the edge for border constant; auto is black, or -1000 in Hounsfield units."),
        .integer(
            "label_fill", \.labelFill, unit: .value, in: -32768...65535,
            "What labels have beyond the edge for border constant; for other borders they follow the images."
        ).writingLabels { $0.outside == .constant ? [Double($0.labelFill)] : [] },
    ]

    /// The way to read the images of a scene.
    public func sampling(in scene: Scene) -> Sampling {
        let interpolation: Interpolation =
            switch filter {
            case .nearest: .nearest
            case .linear: .linear
            case .cubic: .cubic
            case .lanczos4: .lanczos4
            }
        let border: BorderMode =
            switch outside {
            case .constant: .constant(fill ?? Self.emptiness(scene))
            case .replicate: .replicate
            case .reflect: .reflect
            case .reflect101: .reflect101
            case .wrap: .wrap
            }
        return Sampling(
            interpolation: interpolation, border: border, labelFill: outside == .constant ? labelFill : nil)
    }

    static func emptiness(_ scene: Scene) -> Double {
        scene.domain == .hounsfield ? -1000 : scene.blackAndWhite?.lowerBound ?? 0
    }
}
