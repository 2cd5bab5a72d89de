import ImageProcessing

/// Brightness, contrast, saturation and hue in an order drawn anew for each sample, as torchvision's ColorJitter.
///
/// RGB only. Brightness multiplies; contrast moves values away from the mean luma; saturation moves them away from their own
/// luma; hue turns about the gray axis of HSV. Unlike torchvision nothing is cut off between the four; brightness, contrast and
/// saturation are matrices that become one. Luma is 0.2989 R + 0.587 G + 0.114 B.
public struct ColorJitter: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<ColorJitter>(
        "color_jitter", "Changes brightness, contrast, saturation and hue in random order.", group: .color,
        domain: .rgb,
        parameters: [
            .distribution("brightness", \.brightness, unit: .factor, in: 0...100, "What values are multiplied by."),
            .distribution(
                "contrast", \.contrast, unit: .factor, in: 0...100,
                "What distances from the mean luma are multiplied by."),
            .distribution(
                "saturation", \.saturation, unit: .factor, in: 0...100, "0 is gray, 1 keeps, more is more colorful."),
            .distribution("hue", \.hue, unit: .degrees, in: -360...360, "Angle from red towards green."),
            .flag("random_order", \.randomOrder, "Whether the order is drawn; otherwise it is that of this list."),
        ])

    /// What values are multiplied by.
    public var brightness = Distribution.fixed(1)
    /// What distances from the mean luma are multiplied by.
    public var contrast = Distribution.fixed(1)
    /// What distances from a pixel's luma are multiplied by.
    public var saturation = Distribution.fixed(1)
    /// Degrees.
    public var hue = Distribution.fixed(0)
    /// Whether the order is drawn.
    public var randomOrder = true

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        let order = randomOrder ? draws.permutation(of: 4, named: "order") : [0, 1, 2, 3]
        return DrawnValues([
            "brightness": [draws.value(of: brightness, named: "brightness")],
            "contrast": [draws.value(of: contrast, named: "contrast")],
            "saturation": [draws.value(of: saturation, named: "saturation")],
            "hue": [draws.value(of: hue, named: "hue")], "order": order.map(Double.init),
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let white = scene.blackAndWhite?.upperBound ?? 1
        return values.list("order").compactMap { part -> Operation? in
            switch part {
            case 0:
                let factor = values["brightness"]
                return factor == 1 ? nil : .pixels([.linear(scale: [factor], bias: [0])])
            case 1: return Self.contrast(values["contrast"])
            case 2:
                let amount = values["saturation"]
                return amount == 1 ? nil : .pixels([ColorMatrix.saturation(amount)])
            default:
                let degrees = values["hue"].truncatingRemainder(dividingBy: 360)
                return degrees == 0
                    ? nil : .pixels([.hsv(hueDegrees: degrees, saturation: 1, value: 1, white: white)])
            }
        }
    }

    private static func contrast(_ factor: Double) -> Operation? {
        guard factor != 1 else { return nil }
        return .averaged { means in
            let luma = (ColorMatrix.luma * SIMD3(means[0], means[1], means[2])).sum()
            return [.linear(scale: [factor], bias: [luma * (1 - factor)])]
        }
    }
}
