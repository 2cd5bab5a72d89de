import Formats

/// A private attribute: the block of a creator, and the place in it.
///
/// Blocks are assigned file by file: the creator's name in (gggg,00bb) reserves (gggg,bb00) to (gggg,bbFF), PS3.5 7.8.1. An
/// attribute whose block has no creator, or another one, means something else.
struct PrivateAttribute: Sendable, Hashable {
    let creator: String
    let group: UInt16
    let element: UInt8

    init(_ creator: String, _ group: UInt16, _ element: UInt8) {
        self.creator = creator
        self.group = group
        self.element = element
    }
}

extension PrivateAttribute {
    /// Siemens: NumberOfImagesInMosaic.
    static let siemensImagesInMosaic = PrivateAttribute("SIEMENS MR HEADER", 0x0019, 0x0A)
    /// Siemens: B_value.
    static let siemensBValue = PrivateAttribute("SIEMENS MR HEADER", 0x0019, 0x0C)
    /// Siemens: DiffusionGradientDirection.
    static let siemensDiffusionDirection = PrivateAttribute("SIEMENS MR HEADER", 0x0019, 0x0E)
    /// Siemens: MosaicRefAcqTimes, milliseconds per slice.
    static let siemensMosaicTimes = PrivateAttribute("SIEMENS MR HEADER", 0x0019, 0x29)
    /// Siemens: CSA image header.
    static let siemensCSAImageHeader = PrivateAttribute("SIEMENS CSA HEADER", 0x0029, 0x10)
    /// GE: date and time of a PET scan.
    static let geScanDateTime = PrivateAttribute("GEMS_PETD_01", 0x0009, 0x0D)
    /// GE: diffusion direction, x.
    static let geDirectionX = PrivateAttribute("GEMS_ACQU_01", 0x0019, 0xBB)
    /// GE: diffusion direction, y.
    static let geDirectionY = PrivateAttribute("GEMS_ACQU_01", 0x0019, 0xBC)
    /// GE: diffusion direction, z.
    static let geDirectionZ = PrivateAttribute("GEMS_ACQU_01", 0x0019, 0xBD)
    /// GE: four numbers, the first of which is the b-value.
    static let geBValue = PrivateAttribute("GEMS_PARM_01", 0x0043, 0x39)
    /// United Imaging: b-value.
    static let uihBValue = PrivateAttribute("Image Private Header", 0x0065, 0x09)
    /// United Imaging: diffusion direction.
    static let uihDiffusionDirection = PrivateAttribute("Image Private Header", 0x0065, 0x37)
    /// Philips: diffusion b-factor.
    static let philipsBValue = PrivateAttribute("Philips Imaging DD 001", 0x2001, 0x03)
    /// Philips: scale intercept.
    static let philipsScaleIntercept = PrivateAttribute("Philips MR Imaging DD 001", 0x2005, 0x0D)
    /// Philips: scale slope.
    static let philipsScaleSlope = PrivateAttribute("Philips MR Imaging DD 001", 0x2005, 0x0E)
    /// Philips: diffusion direction, x.
    static let philipsDirectionX = PrivateAttribute("Philips MR Imaging DD 001", 0x2005, 0xB0)
    /// Philips: diffusion direction, y.
    static let philipsDirectionY = PrivateAttribute("Philips MR Imaging DD 001", 0x2005, 0xB1)
    /// Philips: diffusion direction, z.
    static let philipsDirectionZ = PrivateAttribute("Philips MR Imaging DD 001", 0x2005, 0xB2)
    /// Philips: the attributes of a single frame, per frame.
    static let philipsPerFrameSequence = PrivateAttribute("Philips MR Imaging DD 005", 0x2005, 0x0F)
    /// Philips: factor from counts to SUV by body weight.
    static let philipsSUVFactor = PrivateAttribute("Philips PET Private Group", 0x7053, 0x00)
    /// Philips: factor from counts to activity concentration.
    static let philipsActivityFactor = PrivateAttribute("Philips PET Private Group", 0x7053, 0x09)
}

extension DICOMDataSet {
    /// Where a private attribute stands here; `nil` when its creator has no block.
    func tag(_ attribute: PrivateAttribute) -> DICOMTag? {
        for candidate in elements where candidate.tag.group == attribute.group {
            let block = candidate.tag.element
            guard block < 0x100 else { return nil }
            if block >= 0x10, text(candidate.tag) == attribute.creator {
                return DICOMTag(attribute.group, block << 8 | UInt16(attribute.element))
            }
        }
        return nil
    }

    /// The numbers of a private attribute; none where it is absent.
    func numbers(_ attribute: PrivateAttribute, bytes size: Int) -> [Double] {
        tag(attribute).map { privateNumbers($0, bytes: size) } ?? []
    }
}
