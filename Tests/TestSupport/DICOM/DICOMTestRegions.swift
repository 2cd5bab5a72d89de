/// Structure sets and reports for tests.
public enum DICOMTestRegions {
    /// A region of interest and its contours.
    public struct Region: Sendable {
        /// Its number.
        public var number: Int
        /// Its name.
        public var name: String
        /// The items of its Contour Sequence.
        public var contours: [DICOMTestDataSet]
        /// Whether it is in the list of regions.
        public var isListed = true

        /// A region by its parts.
        public init(number: Int, name: String, contours: [DICOMTestDataSet]) {
            self.number = number
            self.name = name
            self.contours = contours
        }
    }

    /// A contour with its numbers as text, which need not be right.
    public static func contour(
        _ numbers: String, points: Int, type: String = "CLOSED_PLANAR", image: String? = nil
    ) -> DICOMTestDataSet {
        var item = DICOMTestDataSet()
        item[0x3006_0042] = .text("CS", type)
        item[0x3006_0046] = .text("IS", String(points))
        item[0x3006_0050] = .text("DS", numbers)
        if let image {
            var source = DICOMTestDataSet()
            source[0x0008_1155] = .text("UI", image)
            item[0x3006_0016] = .items([source])
        }
        return item
    }

    /// A structure set.
    public static func structureSet(_ regions: [Region], frameOfReference: String = "2.25.1001") -> DICOMTestDataSet {
        var set = DICOMTestDataSet()
        set[0x0008_0016] = .text("UI", "1.2.840.10008.5.1.4.1.1.481.3")
        set[0x0008_0018] = .text("UI", "2.25.5000")
        set[0x0008_0060] = .text("CS", "RTSTRUCT")
        set[0x0020_000D] = .text("UI", "2.25.1000")
        set[0x0020_000E] = .text("UI", "2.25.5001")
        set[0x0020_0052] = .text("UI", frameOfReference)
        set[0x3006_0002] = .text("SH", "TEST")
        set[0x3006_0020] = .items(
            regions.filter(\.isListed).map { region in
                var item = DICOMTestDataSet()
                item[0x3006_0022] = .text("IS", String(region.number))
                item[0x3006_0024] = .text("UI", frameOfReference)
                item[0x3006_0026] = .text("LO", region.name)
                return item
            })
        set[0x3006_0039] = .items(
            regions.map { region in
                var item = DICOMTestDataSet()
                item[0x3006_002A] = .text("IS", "255\\0\\\(region.number % 256)")
                item[0x3006_0040] = .items(region.contours)
                item[0x3006_0084] = .text("IS", String(region.number))
                return item
            })
        set[0x3006_0080] = .items(
            regions.map { region in
                var item = DICOMTestDataSet()
                item[0x3006_0084] = .text("IS", String(region.number))
                item[0x3006_00A4] = .text("CS", "ORGAN")
                return item
            })
        return set
    }

    /// A term.
    public static func code(_ value: String, _ scheme: String, _ meaning: String) -> DICOMTestDataSet {
        var item = DICOMTestDataSet()
        item[0x0008_0100] = .text("SH", value)
        item[0x0008_0102] = .text("SH", scheme)
        item[0x0008_0104] = .text("LO", meaning)
        return item
    }

    /// A content item.
    public static func content(
        _ type: String, _ name: DICOMTestDataSet, _ children: [DICOMTestDataSet] = []
    ) -> DICOMTestDataSet {
        var item = DICOMTestDataSet()
        item[0x0040_A010] = .text("CS", "CONTAINS")
        item[0x0040_A040] = .text("CS", type)
        item[0x0040_A043] = .items([name])
        if !children.isEmpty { item[0x0040_A730] = .items(children) }
        return item
    }

    /// Spatial coordinates of an image, or of the patient where no image is given.
    public static func coordinates(
        _ type: String, _ numbers: [Float], image: String? = nil, frameOfReference: String = "2.25.1001"
    ) -> DICOMTestDataSet {
        var children: [DICOMTestDataSet] = []
        if let image {
            var reference = DICOMTestDataSet()
            reference[0x0008_1150] = .text("UI", "1.2.840.10008.5.1.4.1.1.2")
            reference[0x0008_1155] = .text("UI", image)
            var source = content("IMAGE", code("260753009", "SCT", "Source"))
            source[0x0008_1199] = .items([reference])
            children = [source]
        }
        var item = content(
            image == nil ? "SCOORD3D" : "SCOORD", code("111030", "DCM", "Image Region"), children)
        item[0x0070_0022] = .floats("FL", numbers)
        item[0x0070_0023] = .text("CS", type)
        if image == nil { item[0x3006_0024] = .text("UI", frameOfReference) }
        return item
    }

    /// A measurement group with a tracking identifier, a finding and other items.
    public static func group(_ tracking: String, _ items: [DICOMTestDataSet]) -> DICOMTestDataSet {
        var identifier = content("TEXT", code("112039", "DCM", "Tracking Identifier"))
        identifier[0x0040_A160] = .text("UT", tracking)
        var finding = content("CODE", code("121071", "DCM", "Finding"))
        finding[0x0040_A168] = .items([code("27925004", "SCT", "Nodule")])
        return content("CONTAINER", code("125007", "DCM", "Measurement Group"), [identifier, finding] + items)
    }

    /// A report of measurement groups.
    public static func report(_ groups: [DICOMTestDataSet]) -> DICOMTestDataSet {
        var set = content(
            "CONTAINER", code("126000", "DCM", "Imaging Measurement Report"),
            [content("CONTAINER", code("126010", "DCM", "Imaging Measurements"), groups)])
        set[0x0008_0016] = .text("UI", "1.2.840.10008.5.1.4.1.1.88.34")
        set[0x0008_0018] = .text("UI", "2.25.6000")
        set[0x0008_0060] = .text("CS", "SR")
        set[0x0020_000D] = .text("UI", "2.25.1000")
        set[0x0020_000E] = .text("UI", "2.25.6001")
        return set
    }
}
