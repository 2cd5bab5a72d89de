import ImageCore

/// Says what the numbers of the images stand for, where their file does not.
///
/// Values stay. NIfTI, NRRD and MetaImage do not tell Hounsfield units from other numbers: with `domain: hounsfield` as the
/// first step of a pipeline for CT, `fill: auto` is air for all later ones.
public struct SetDomain: Transform {
    /// What numbers can stand for.
    public enum Domain: String, Sendable, Hashable, CaseIterable {
        /// Attenuation: water is 0, air −1000.
        case hounsfield
        /// 0 is black, 1 is white.
        case unit
        /// Nothing is known: unsigned integers use their whole range, floats that from 0 to 1.
        case unspecified
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<SetDomain>(
        "set_domain", "Says what the numbers stand for, where the file does not: for CT in NIfTI, hounsfield.",
        group: .preparation,
        parameters: [.choice("domain", \.domain, "What the numbers stand for.")])

    /// What the numbers stand for.
    public var domain = Domain.hounsfield

    /// Hounsfield units.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let domain: ValueDomain =
            switch domain {
            case .hounsfield: .hounsfield
            case .unit: .unit
            case .unspecified: .unspecified
            }
        return [.output(OutputForm(domain: domain))]
    }
}
