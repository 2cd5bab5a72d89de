import Formats

extension Segment {
    /// A segment with what a written segmentation needs.
    ///
    /// - Parameters:
    ///   - number: Its number, from 1.
    ///   - label: Its name, at most 64 characters.
    ///   - category: What kind of thing it is.
    ///   - propertyType: What it is.
    ///   - algorithm: The name of the program that found it, at most 64 characters; `nil` for work by hand.
    public init(
        number: Int, label: String, category: CodedConcept, propertyType: CodedConcept, algorithm: String? = nil
    ) {
        self.init(number: number, label: label)
        self.category = category
        self.propertyType = propertyType
        algorithmType = algorithm == nil ? "MANUAL" : "AUTOMATIC"
        algorithmName = algorithm
    }

    /// The segment as an item of the Segment Sequence; PS3.3 C.8.20.4.
    var item: DICOMItem {
        var item = DICOMItem()
        item.put(.segmentNumber, .us, number)
        item.put(.segmentLabel, .lo, label)
        if let details { item.put(.segmentDescription, .st, details) }
        item.put(.segmentAlgorithmType, .cs, algorithmType)
        if let algorithmName { item.put(.segmentAlgorithmName, .lo, algorithmName) }
        if let category { item.put(.segmentedPropertyCategoryCodeSequence, items: [category.item]) }
        if let propertyType {
            var type = propertyType.item
            if !propertyTypeModifiers.isEmpty {
                type.put(.segmentedPropertyTypeModifierCodeSequence, items: propertyTypeModifiers.map(\.item))
            }
            item.put(.segmentedPropertyTypeCodeSequence, items: [type])
        }
        if !anatomicRegions.isEmpty { item.put(.anatomicRegionSequence, items: anatomicRegions.map(\.item)) }
        if let recommendedColor {
            item.put(.recommendedDisplayCIELabValue, .us, .integers(recommendedColor.stored))
        }
        if let trackingID { item.put(.trackingID, .ut, trackingID) }
        if let trackingUID { item.put(.trackingUID, .ui, trackingUID) }
        return item
    }
}

extension CIELabColor {
    /// The three 16-bit values of (0062,000D).
    var stored: [Int] {
        func word(_ value: Double) -> Int { Int(min(65535, max(0, value.rounded()))) }
        return [word(l / 100 * 65535), word((a + 128) * 257), word((b + 128) * 257)]
    }
}

extension CodedConcept {
    /// SNOMED CT: anatomical structure, a category of segments.
    public static let anatomicalStructure = CodedConcept(
        value: "91723000", scheme: "SCT", meaning: "Anatomical Structure")
    /// SNOMED CT: tissue, a category of segments.
    public static let tissue = CodedConcept(value: "85756007", scheme: "SCT", meaning: "Tissue")
    /// SNOMED CT: morphologically abnormal structure, a category of segments.
    public static let morphologicallyAbnormalStructure = CodedConcept(
        value: "49755003", scheme: "SCT", meaning: "Morphologically Abnormal Structure")
    /// SNOMED CT: lung, a type of anatomical structure.
    public static let lung = CodedConcept(value: "39607008", scheme: "SCT", meaning: "Lung")
    /// SNOMED CT: liver, a type of anatomical structure.
    public static let liver = CodedConcept(value: "10200004", scheme: "SCT", meaning: "Liver")
    /// SNOMED CT: mass, a type of abnormal structure.
    public static let mass = CodedConcept(value: "4147007", scheme: "SCT", meaning: "Mass")
}
