import Formats
public import ImageCore

/// What one segment of a segmentation stands for; PS3.3 C.8.20.4.
public struct Segment: Sendable, Hashable {
    /// Its number, from 1; in a label map also the value of its pixels, where 0 may be the background; (0062,0004).
    public var number: Int
    /// Its name; (0062,0005).
    public var label: String
    /// What the label leaves open; (0062,0006).
    public var details: String?
    /// What kind of thing it is: tissue, anatomical structure …; (0062,0003).
    public var category: CodedConcept?
    /// What it is: liver, tumor …; (0062,000F).
    public var propertyType: CodedConcept?
    /// What the type leaves open: left, right …; (0062,0011).
    public var propertyTypeModifiers: [CodedConcept]
    /// Where in the body it is; (0008,2218).
    public var anatomicRegions: [CodedConcept]
    /// `AUTOMATIC`, `SEMIAUTOMATIC` or `MANUAL`; (0062,0008).
    public var algorithmType: String?
    /// Who made it; (0062,0009).
    public var algorithmName: String?
    /// The color to show it in; (0062,000D).
    public var recommendedColor: CIELabColor?
    /// A name that follows the thing through several objects; (0062,0020).
    public var trackingID: String?
    /// An identifier that follows the thing through several objects; (0062,0021).
    public var trackingUID: String?

    /// A segment by number and name.
    public init(number: Int, label: String) {
        self.number = number
        self.label = label
        propertyTypeModifiers = []
        anatomicRegions = []
    }

    /// The recommended color in sRGB.
    public var color: RGBColor? { recommendedColor?.rgb }

    /// The segment of an item of the Segment Sequence; `nil` without a number.
    init?(_ item: DICOMDataSet) {
        guard let number = item.integer(.segmentNumber), (0...65535).contains(number) else { return nil }
        self.init(number: number, label: item.text(.segmentLabel) ?? "")
        details = item.text(.segmentDescription)
        category = item.concept(.segmentedPropertyCategoryCodeSequence)
        propertyType = item.concept(.segmentedPropertyTypeCodeSequence)
        if let type = item.items(.segmentedPropertyTypeCodeSequence).first {
            propertyTypeModifiers = type.concepts(.segmentedPropertyTypeModifierCodeSequence)
        }
        anatomicRegions = item.concepts(.anatomicRegionSequence)
        algorithmType = item.text(.segmentAlgorithmType)
        algorithmName = item.text(.segmentAlgorithmName)
        recommendedColor = CIELabColor(stored: item.integers(.recommendedDisplayCIELabValue))
        trackingID = item.text(.trackingID)
        trackingUID = item.text(.trackingUID)
    }
}
