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
    /// (0020,0011).
    public var seriesNumber: Int?
    /// When the object is made.
    ///
    /// It goes into the identifiers: the same input with the same timestamp gives the same bytes.
    public var timestamp: DICOMTimestamp

    /// Made by this library.
    ///
    /// - Parameters:
    ///   - seriesDescription: What the series is called.
    ///   - seriesNumber: The number of the series in its study.
    ///   - timestamp: When the object is made; give one to get the same bytes again.
    public init(seriesDescription: String? = nil, seriesNumber: Int? = nil, timestamp: DICOMTimestamp = .now) {
        self.seriesDescription = seriesDescription
        self.seriesNumber = seriesNumber
        self.timestamp = timestamp
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
