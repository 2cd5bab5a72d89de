/// A window of CT values with a name, in Hounsfield units.
///
/// The values are those in common use; see "Windowing (CT)", Radiopaedia.org. Scanners and sites differ by tens of units, so
/// a data set should say which window it was made with.
public enum WindowPreset: String, Sendable, Hashable, CaseIterable, Codable {
    case lung, mediastinum, abdomen, liver, bone, brain, subdural, stroke
    case temporalBone = "temporal-bone"
    case spine, angiography

    /// The value in the middle, in HU.
    public var center: Double {
        switch self {
        case .lung: -600
        case .mediastinum, .brain, .stroke: 40
        case .abdomen, .spine: 50
        case .liver: 30
        case .bone: 400
        case .subdural: 75
        case .temporalBone: 600
        case .angiography: 300
        }
    }

    /// The distance between black and white, in HU.
    public var width: Double {
        switch self {
        case .lung: 1500
        case .mediastinum, .abdomen: 400
        case .liver: 150
        case .bone: 1800
        case .brain: 80
        case .subdural: 215
        case .stroke: 40
        case .temporalBone: 2800
        case .spine: 250
        case .angiography: 600
        }
    }

    /// The window, with DICOM's function LINEAR.
    public var window: IntensityWindow { IntensityWindow(uncheckedCenter: center, width: width, function: .linear) }
}
