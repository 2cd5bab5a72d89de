import Formats

/// An attribute of a frame that should hold certain numbers and holds something else: `nan`, `inf`, letters, a direction
/// without length, a distance of 0.
///
/// Such a value never takes part in geometry or rescaling.
public struct DICOMInvalidNumber: Sendable, Hashable, Codable {
    /// The attributes that are looked at.
    public enum Attribute: String, Sendable, Hashable, Codable, CaseIterable {
        /// Image Position (Patient) (0020,0032).
        case imagePosition
        /// Image Orientation (Patient) (0020,0037).
        case imageOrientation
        /// Pixel Spacing (0028,0030).
        case pixelSpacing
        /// Rescale Slope (0028,1053).
        case rescaleSlope
        /// Rescale Intercept (0028,1052).
        case rescaleIntercept

        /// Whether the attribute says what stored values mean; the others say where the slice lies.
        public var isRescale: Bool { self == .rescaleSlope || self == .rescaleIntercept }

        /// The attribute's name with its tag.
        public var words: String {
            switch self {
            case .imagePosition: "Image Position (Patient) (0020,0032)"
            case .imageOrientation: "Image Orientation (Patient) (0020,0037)"
            case .pixelSpacing: "Pixel Spacing (0028,0030)"
            case .rescaleSlope: "Rescale Slope (0028,1053)"
            case .rescaleIntercept: "Rescale Intercept (0028,1052)"
            }
        }

        /// What the attribute should hold.
        public var expectation: String {
            switch self {
            case .imagePosition: "three numbers"
            case .imageOrientation: "two unit vectors at right angles"
            case .pixelSpacing: "two distances above 0"
            case .rescaleSlope: "a number other than 0"
            case .rescaleIntercept: "a number"
            }
        }

        /// Whether numbers are what the attribute should hold.
        func accepts(_ numbers: [Double]) -> Bool {
            switch self {
            case .imagePosition: numbers.count == 3
            case .imageOrientation: SliceOrientation(cosines: numbers) != nil
            case .pixelSpacing: DICOMPixelSpacing(rowThenColumn: numbers, kind: .patient) != nil
            case .rescaleSlope, .rescaleIntercept: !numbers.isEmpty
            }
        }

        var tag: DICOMTag {
            switch self {
            case .imagePosition: .imagePositionPatient
            case .imageOrientation: .imageOrientationPatient
            case .pixelSpacing: .pixelSpacing
            case .rescaleSlope: .rescaleSlope
            case .rescaleIntercept: .rescaleIntercept
            }
        }
    }

    /// The attribute.
    public var attribute: Attribute
    /// What the file has, at most 64 characters.
    public var text: String

    /// A value by its parts.
    public init(attribute: Attribute, text: String) {
        self.attribute = attribute
        self.text = text
    }
}

extension DICOMFrameFacts {
    /// Whether slope or intercept are there and no numbers, and nothing takes their place: what the stored values mean
    /// is unknown.
    public var hasUnknownValues: Bool {
        modalityTableBits == nil && invalidNumbers.contains { $0.attribute.isRescale }
    }

    /// Looks whether attributes of a data set, or of an item of a functional group, are what they should be; those of an item count
    /// before those of the data set.
    mutating func readInvalidNumbers(of data: DICOMDataSet?, _ attributes: [DICOMInvalidNumber.Attribute]) {
        guard let data else { return }
        for attribute in attributes where data.element(attribute.tag) != nil {
            invalidNumbers.removeAll { $0.attribute == attribute }
            if let text = data.invalidNumbers(attribute.tag, unless: attribute.accepts) {
                invalidNumbers.append(DICOMInvalidNumber(attribute: attribute, text: text))
            }
        }
    }

    /// Notes what makes no Hounsfield units of a data set's, or a functional group's, values: a slope without an intercept
    /// or the other way round (PS3.3 C.8.2.1 and C.8.15.3.10, type 1), a slope of 0.
    mutating func readUselessRescale(of data: DICOMDataSet) {
        let halves: [DICOMInvalidNumber.Attribute] = [.rescaleSlope, .rescaleIntercept]
        let missing = halves.filter { data.double($0.tag) == nil }
        guard missing.count < 2 else { return }
        // A group takes the place of what the data set says of both.
        invalidNumbers.removeAll { halves.contains($0.attribute) && ["", "0"].contains($0.text) }
        if data.double(.rescaleSlope) == 0 { note(.rescaleSlope, "0") }
        if let half = missing.first { note(half, "") }
    }

    private mutating func note(_ attribute: DICOMInvalidNumber.Attribute, _ text: String) {
        guard !invalidNumbers.contains(where: { $0.attribute == attribute }) else { return }
        invalidNumbers.append(DICOMInvalidNumber(attribute: attribute, text: text))
    }

    /// Takes back what other places of the file gave for the same attributes.
    ///
    /// The spacing of another attribute stays.
    mutating func dropInvalidNumbers() {
        for number in invalidNumbers {
            switch number.attribute {
            case .imagePosition: positionMillimetres = nil
            case .imageOrientation: orientation = nil
            case .pixelSpacing:
                if let kind = spacing?.kind, [.patient, .calibrated, .unspecified].contains(kind) { spacing = nil }
            case .rescaleSlope, .rescaleIntercept: rescale = nil
            }
        }
    }
}
