/// What the samples of a pixel stand for: Photometric Interpretation, PS3.3 C.7.6.3.1.2.
public enum DICOMPhotometric: Sendable, Hashable {
    /// One sample, the smallest is white.
    case monochrome1
    /// One sample, the smallest is black.
    case monochrome2
    /// One sample, an index into three lookup tables.
    case paletteColor
    /// Red, green, blue.
    case rgb
    /// Luma and two color differences of full range.
    case ybrFull
    /// As ``ybrFull``, with half as many color differences along a row.
    case ybrFull422
    /// Luma of 16 to 235 and color differences of 16 to 240, half as many along a row.
    case ybrPartial422
    /// As ``ybrPartial422``, with half as many color differences along a column too.
    case ybrPartial420
    /// The irreversible color transformation of JPEG 2000.
    case ybrICT
    /// The reversible color transformation of JPEG 2000.
    case ybrRCT
    /// Any other term, or none.
    case other(String)

    /// The interpretation by its defined term; spaces around it and lower case are forgiven.
    public init(term: String) {
        switch term.uppercased() {
        case "MONOCHROME1": self = .monochrome1
        case "MONOCHROME2": self = .monochrome2
        case "PALETTE COLOR": self = .paletteColor
        case "RGB": self = .rgb
        case "YBR_FULL": self = .ybrFull
        case "YBR_FULL_422": self = .ybrFull422
        case "YBR_PARTIAL_422": self = .ybrPartial422
        case "YBR_PARTIAL_420": self = .ybrPartial420
        case "YBR_ICT": self = .ybrICT
        case "YBR_RCT": self = .ybrRCT
        default: self = .other(term)
        }
    }

    /// The defined term.
    public var term: String {
        switch self {
        case .monochrome1: "MONOCHROME1"
        case .monochrome2: "MONOCHROME2"
        case .paletteColor: "PALETTE COLOR"
        case .rgb: "RGB"
        case .ybrFull: "YBR_FULL"
        case .ybrFull422: "YBR_FULL_422"
        case .ybrPartial422: "YBR_PARTIAL_422"
        case .ybrPartial420: "YBR_PARTIAL_420"
        case .ybrICT: "YBR_ICT"
        case .ybrRCT: "YBR_RCT"
        case .other(let term): term
        }
    }

    /// Whether color is stored as luma and color differences, outside of what JPEG 2000 undoes by itself.
    var isYBR: Bool {
        switch self {
        case .ybrFull, .ybrFull422, .ybrPartial422, .ybrPartial420: true
        default: false
        }
    }

    /// Whether luma and color differences leave room at the ends of their range.
    var isPartialRange: Bool { self == .ybrPartial422 || self == .ybrPartial420 }

    /// Whether uncompressed data has one pair of color differences for two pixels of a row.
    var isSubsampledNatively: Bool { self == .ybrFull422 || self == .ybrPartial422 }
}
