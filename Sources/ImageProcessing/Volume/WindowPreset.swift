/// A window of CT values with a name, in Hounsfield units.
///
/// The values are the typical ones of "Windowing (CT)", Radiopaedia.org, rID 52108 (of a range the middle), and for
/// ``softTissue`` the default of the OHIF viewer. Scanners and sites differ by tens of units, so a data set should say which
/// window it was made with.
public enum WindowPreset: String, Sendable, Hashable, CaseIterable, Codable {
    case lung, mediastinum, vascular
    case softTissue = "soft-tissue"
    case abdomen, liver, bone, spine, brain, subdural, stroke
    case temporalBone = "temporal-bone"

    /// The value in the middle, in HU.
    public var center: Double {
        switch self {
        case .lung: -600
        case .mediastinum, .abdomen, .spine: 50
        case .vascular: 200
        case .softTissue, .brain, .stroke: 40
        case .liver: 30
        case .bone: 400
        case .subdural: 75
        case .temporalBone: 600
        }
    }

    /// The distance between black and white, in HU.
    public var width: Double {
        switch self {
        case .lung: 1500
        case .mediastinum: 350
        case .vascular: 600
        case .softTissue, .abdomen: 400
        case .liver: 150
        case .bone: 1800
        case .spine: 250
        case .brain: 80
        case .subdural: 215
        case .stroke: 40
        case .temporalBone: 2800
        }
    }

    /// The window, with DICOM's function LINEAR.
    public var window: IntensityWindow { IntensityWindow(uncheckedCenter: center, width: width, function: .linear) }
}
