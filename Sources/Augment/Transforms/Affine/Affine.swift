import ImageCore
import ImageProcessing

/// Turns, scales, shears and shifts about the center of the image.
///
/// The content is scaled first, then sheared, then turned (about x, y, z in this order), then shifted. Volumes whose spacing is
/// known are turned and sheared in millimetres, so that shapes stay what they are. The size of the image stays.
public struct Affine: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Affine>(
        "affine", "Turns, scales, shears and shifts about the center of the image.", group: .affine, domain: .any,
        parameters: [
            .perAxis(
                "rotate", \.rotate, unit: .degrees, in: -360...360, neutral: 0, areTurns: true,
                "Angle; in volumes one for each axis that is turned about, a single one turns about z."),
            .perAxis(
                "scale", \.scale, unit: .factor, in: 0.01...100, neutral: 1,
                "Above 1 enlarges; one for all axes or one for each."),
            .flag("in_plane", \.inPlane, "Whether a single scale leaves z as it is, for volumes of thick slices."),
            .perAxis(
                "shear", \.shear, unit: .degrees, in: -80...80, neutral: 0,
                "Angle by which x leans along y, and y along x."),
            .perAxis(
                "translate", \.translate, unit: .fraction, in: -10...10, neutral: 0, "Shift as a part of the size."),
            .perAxis(
                "translate_pixels", \.translatePixels, unit: .pixels, in: -1e6...1e6, neutral: 0,
                "Shift in pixels, added."),
            .perAxis(
                "translate_millimetres", \.translateMillimetres, unit: .millimetres, in: -1e6...1e6, neutral: 0,
                "Shift in millimetres along the axes of the image, added; needs a known spacing."),
        ] + Parameter.parts(Reading.parameters, \.reading))

    /// Angles in degrees about z, or about x, y, z.
    public var rotate: [Distribution] = [.fixed(0)]
    /// Factors; one for all axes or one for each of x, y (and z).
    public var scale: [Distribution] = [.fixed(1)]
    /// Whether a single factor is that of x and y: slices stay.
    public var inPlane = false
    /// Angles in degrees: x along y, then y along x.
    public var shear: [Distribution] = [.fixed(0)]
    /// Parts of the size along x, y (and z).
    public var translate: [Distribution] = [.fixed(0)]
    /// Pixels along x, y (and z).
    public var translatePixels: [Distribution] = [.fixed(0)]
    /// Millimetres along x, y (and z) of the image; other than 0 only for images of known spacing.
    public var translateMillimetres: [Distribution] = [.fixed(0)]
    /// How pixels are read.
    public var reading = Reading()

    /// Every parameter at its default.
    public init() {}

    /// Numbers of angles that mean nothing.
    public var conflict: (expected: String, found: String)? {
        guard rotate.count != 2 else { return (expected: "one angle about z or three about x, y, z", found: "2") }
        guard shear.count < 3 || shear[2] == .fixed(0) else {
            return (expected: "one angle of shear or two, of x and of y", found: "3")
        }
        return nil
    }

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) throws(AugmentError) -> DrawnValues {
        let axes = scene.isVolume ? 3 : 2
        func all(_ distributions: [Distribution], _ name: String) -> [Double] {
            distributions.enumerated().map { draws.value(of: $0.element, named: name, index: $0.offset) }
        }
        func shifts(_ distributions: [Distribution], _ name: String) -> [Double] {
            // One distribution for all axes is drawn for each: a shift is a vector.
            (0..<axes).map { axis in
                let isShared = distributions.count == 1
                guard isShared || axis < distributions.count else { return 0 }
                return draws.value(of: distributions[isShared ? 0 : axis], named: name, index: axis)
            }
        }
        var factors = all(scale, "scale")
        if inPlane, factors.count == 1 { factors.append(factors[0]) }
        let millimetres = shifts(translateMillimetres, "translate_millimetres")
        guard millimetres.allSatisfy({ $0 == 0 }) || scene.knownSpacing != nil else {
            throw .transform(path: Self.name, "translate_millimetres needs an image with a spacing, found none")
        }
        return DrawnValues([
            "rotate": all(rotate, "rotate"), "scale": factors, "shear": all(shear, "shear"),
            "translate": shifts(translate, "translate"),
            "translate_pixels": shifts(translatePixels, "translate_pixels"),
            "translate_millimetres": millimetres,
        ])
    }

    /// What the drawn numbers do.
    public func operations(
        _ values: DrawnValues, draws: Draws, in scene: Scene
    ) throws(AugmentError) -> [Operation] {
        let map = Self.map(values, in: scene)
        guard map != .identity else { return [] }
        do {
            let moved = try SpatialMap(outputSize: scene.size, pushing: map)
            return [.geometry(moved, reading.sampling(in: scene))]
        } catch {
            throw .transform(path: Self.name, "\(error)")
        }
    }

    /// The map that moves the content.
    static func map(_ values: DrawnValues, in scene: Scene) -> AffineMap {
        let angles = values.list("rotate")
        let rotation = AffineMap.rotation(
            degrees: angles.count == 3 ? SIMD3(angles[0], angles[1], angles[2]) : SIMD3(0, 0, angles.first ?? 0))
        let factors = values.list("scale")
        // Two factors are those of x and y: slices stay.
        let depth = factors.count == 3 ? factors[2] : factors.count == 2 ? 1 : factors[0]
        let scale = AffineMap.scale(
            SIMD3(factors[0], factors.count > 1 ? factors[1] : factors[0], scene.isVolume ? depth : 1))
        let lean = values.list("shear")
        let shear = AffineMap.shear(xDegrees: lean[0], yDegrees: lean.count > 1 ? lean[1] : 0)
        var linear = rotation * shear * scale
        if scene.isVolume, let grid = scene.gridInMillimetres, let back = grid.inverse {
            linear = back * linear * grid
        }
        let move = AffineMap.translation(shift(values, in: scene)) * linear.about(scene.size.center)
        return move.isWholeTranslation ? .translation(move.column(3).rounded(.toNearestOrAwayFromZero)) : move
    }

    private static func shift(_ values: DrawnValues, in scene: Scene) -> SIMD3<Double> {
        let (part, pixels) = (values.list("translate"), values.list("translate_pixels"))
        let (millimetres, spacing) = (values.list("translate_millimetres"), scene.knownSpacing)
        var shift = SIMD3<Double>.zero
        for axis in 0..<part.count {
            shift[axis] = part[axis] * Double(scene.extent(axis)) + pixels[axis]
            if let spacing, axis < millimetres.count { shift[axis] += millimetres[axis] / spacing[axis] }
        }
        return shift
    }
}

extension AffineMap {
    /// Whether it shifts by whole pixels and does nothing else, but for rounding.
    var isWholeTranslation: Bool {
        let shift = column(3)
        let whole = shift.rounded(.toNearestOrAwayFromZero)
        return (0..<3).allSatisfy { axis in
            let rest = column(axis) - AffineMap.identity.column(axis)
            return (rest * rest).max() < 1e-18 && abs(shift[axis] - whole[axis]) < 1e-9
        }
    }
}
