import Formats

/// Who makes an object, when, and what its series is called.
public struct ObjectOrigin: Sendable, Hashable {
    /// (0008,0070).
    public var manufacturer = "Tessera"
    /// (0008,1090).
    public var modelName = "Tessera"
    /// (0018,1000).
    public var deviceSerialNumber = "0"
    /// (0018,1020).
    public var softwareVersions = "Tessera"
    /// (0008,103E); at most 64 characters.
    public var seriesDescription: String?
    /// (0020,0011); `nil` stands for 1000 more than that of the series or file that the object is made from, and for 1
    /// where that has none.
    public var seriesNumber: Int?
    /// When the object is made.
    ///
    /// It goes into the identifiers: the same input with the same timestamp gives the same bytes.
    public var timestamp: DICOMTimestamp

    /// Made by this library.
    ///
    /// - Parameters:
    ///   - seriesDescription: What the series is called.
    ///   - seriesNumber: The number of the series in its study; `nil` lets it follow from the source's.
    ///   - timestamp: When the object is made; give one to get the same bytes again.
    public init(seriesDescription: String? = nil, seriesNumber: Int? = nil, timestamp: DICOMTimestamp = .now) {
        self.seriesDescription = seriesDescription
        self.seriesNumber = seriesNumber
        self.timestamp = timestamp
    }

    /// The origin with a number that the series of a study most likely do not have yet: 1000 more than that of the source.
    func numbered(after source: Int?) -> ObjectOrigin {
        guard seriesNumber == nil, let source else { return self }
        var origin = self
        let (number, overflow) = source.addingReportingOverflow(1000)
        // Integer strings hold 32 bits.
        origin.seriesNumber = !overflow && (1...Int(Int32.max)).contains(number) ? number : 1000
        return origin
    }

    /// Attributes of the series, the equipment and the moment.
    func attributes(modality: String) -> DICOMItem {
        var item = DICOMItem()
        item.put(.modality, .cs, modality)
        item.put(.seriesNumber, .is, seriesNumber ?? 1)
        item.put(.seriesDate, .da, timestamp.date)
        item.put(.seriesTime, .tm, timestamp.time)
        item.put(.contentDate, .da, timestamp.date)
        item.put(.contentTime, .tm, timestamp.time)
        item.put(.instanceCreationDate, .da, timestamp.date)
        item.put(.instanceCreationTime, .tm, timestamp.time)
        if let seriesDescription { item.put(.seriesDescription, .lo, seriesDescription) }
        item.put(.manufacturer, .lo, manufacturer)
        item.put(.manufacturerModelName, .lo, modelName)
        item.put(.deviceSerialNumber, .lo, deviceSerialNumber)
        item.put(.softwareVersions, .lo, softwareVersions)
        return item
    }

    /// What of the origin distinguishes an object.
    func combine(into hash: inout DICOMUIDHash) {
        for text in [
            manufacturer, modelName, deviceSerialNumber, softwareVersions, seriesDescription ?? "", timestamp.date,
            timestamp.time,
        ] {
            hash.combine(text)
        }
        hash.combine(seriesNumber ?? 1)
    }
}
