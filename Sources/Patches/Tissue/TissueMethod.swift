/// How tissue is told from glass.
public enum TissueMethod: Sendable, Hashable {
    /// Darker than Otsu's threshold on the luma of a low level.
    case otsu
    /// More colorful than a fixed saturation of a low level.
    case saturation
    /// Everything is tissue.
    case none
    /// A mask picture (anything above 0 is tissue) or polygons; or a folder that holds one per slide, under its name.
    case file(String)

    /// The method that a word on the command line stands for; anything else is a path.
    public init(_ text: String) {
        switch text {
        case "otsu": self = .otsu
        case "saturation": self = .saturation
        case "none": self = .none
        default: self = .file(text)
        }
    }

    /// The word or path that ``init(_:)`` reads.
    public var name: String {
        switch self {
        case .otsu: "otsu"
        case .saturation: "saturation"
        case .none: "none"
        case .file(let path): path
        }
    }
}
