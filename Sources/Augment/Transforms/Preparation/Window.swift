import ImageCore
import ImageProcessing

/// Spreads a window of values from black to white and cuts the rest off.
///
/// Any image; center and width are in its own numbers, Hounsfield units for CT. The result has 8 bits (0 to 255), or floats (0
/// to 1). The functions are DICOM's LINEAR and LINEAR_EXACT (PS3.3 C.11.2.1.2).
public struct Window: Transform {
    /// What the result is made of.
    public enum Output: String, Sendable, Hashable, CaseIterable {
        case uint8, float32
    }

    /// What lies between the ends of the window.
    public enum Function: String, Sendable, Hashable, CaseIterable {
        case linear
        case linearExact = "linear_exact"
    }

    /// A window by name, or none.
    public enum Preset: String, Sendable, Hashable, CaseIterable {
        case none, lung, mediastinum, vascular
        case softTissue = "soft-tissue"
        case abdomen, liver, bone, spine, brain, subdural, stroke
        case temporalBone = "temporal-bone"
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<Window>(
        "window", "Spreads a window of values from black to white and cuts the rest off.", group: .preparation,
        domain: .any,
        parameters: [
            .distribution("center", \.center, unit: .value, in: -1e9...1e9, "What becomes medium gray."),
            .distribution("width", \.width, unit: .value, in: 1...1e9, "The distance between black and white."),
            .choice("preset", \.preset, "A window by name, in Hounsfield units, instead of center and width."),
            .choice("function", \.function, "What lies between black and white, as DICOM names it."),
            .choice("output", \.output, "What the result is made of: 0 to 255, or 0 to 1."),
        ])

    /// What becomes medium gray.
    public var center = Distribution.fixed(40)
    /// The distance between black and white.
    public var width = Distribution.fixed(400)
    /// A window by name, instead of center and width.
    public var preset = Preset.none
    /// What lies between black and white.
    public var function = Function.linear
    /// What the result is made of.
    public var output = Output.uint8

    /// Every parameter at its default.
    public init() {}

    /// Draws the parameters.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues {
        if let named = WindowPreset(rawValue: preset.rawValue) {
            return DrawnValues(["center": [named.center], "width": [named.width]])
        }
        return DrawnValues([
            "center": [draws.value(of: center, named: "center")], "width": [draws.value(of: width, named: "width")],
        ])
    }

    /// What the drawn numbers do.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let white = output == .uint8 ? 255.0 : 1
        let middle = function == .linear ? values["center"] - 0.5 : values["center"]
        // LINEAR of width 1 is a step.
        let length = max(1e-3, function == .linear ? values["width"] - 1 : values["width"])
        let spread = RowOperation.linear(scale: [white / length], bias: [white * (0.5 - middle / length)])
        let form =
            output == .uint8
            ? OutputForm(kind: .uint8, domain: .integer(bits: 8)) : OutputForm(kind: .float32, domain: .unit)
        return [.pixels([spread, .limits(lower: [0], upper: [white])]), .output(form)]
    }
}
