/// The distance between neighboring pixels of a slice, and what it was measured on.
public struct DICOMPixelSpacing: Sendable, Hashable, Codable {
    /// What a spacing was measured on.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// In the patient: Pixel Spacing (0028,0030) of a modality that images slices.
        case patient
        /// In the patient by calibration: Pixel Spacing with a Pixel Spacing Calibration Type (0028,0A02), or different
        /// from the Imager Pixel Spacing; PS3.3 10.7.1.3.
        case calibrated
        /// On the detector's face, without correction for magnification: Imager Pixel Spacing (0018,1164).
        case detector
        /// Pixel Spacing of a projection that does not say whether it was calibrated.
        case unspecified
        /// Of a scanned or printed page: Nominal Scanned Pixel Spacing (0018,2010).
        case scanned
        /// In the one spatial region of an ultrasound image: Sequence of Ultrasound Regions (0018,6011).
        case ultrasound
    }

    /// Distance between neighboring columns, along a row: the second value of the attribute.
    public var xMillimetres: Double
    /// Distance between neighboring rows, down a column: the first value of the attribute.
    public var yMillimetres: Double
    /// What it was measured on.
    public var kind: Kind

    /// A spacing by its parts.
    public init(xMillimetres: Double, yMillimetres: Double, kind: Kind = .patient) {
        self.xMillimetres = xMillimetres
        self.yMillimetres = yMillimetres
        self.kind = kind
    }

    /// The values of an attribute of DICOM, which gives the row spacing (y) first; PS3.3 10.7.1.1.
    ///
    /// This is the only place where the order is turned.
    /// - Returns: `nil` when there are not two values, or one of them is not a finite number above 0.
    public init?(rowThenColumn values: [Double], kind: Kind) {
        guard values.count >= 2, values[0].isFinite, values[1].isFinite, values[0] > 0, values[1] > 0 else {
            return nil
        }
        self.init(xMillimetres: values[1], yMillimetres: values[0], kind: kind)
    }
}
