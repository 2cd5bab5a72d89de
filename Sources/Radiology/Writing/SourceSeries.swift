public import Formats

/// What written objects take over from the series that they were made of, and how they refer to it.
public struct SourceSeries: Sendable {
    /// Patient and study.
    public let study: StudyFacts
    /// Series Instance UID (0020,000E).
    public let seriesInstanceUID: String
    /// Modality (0008,0060).
    public let modality: String
    /// Frame of Reference UID (0020,0052); derived from the series' UID where the files have none.
    public let frameOfReferenceUID: String
    /// The file whose header counts for the whole series.
    public let path: String
    /// Image Type of that file.
    let imageType: [String]
    /// Attributes of that file that every object made of it keeps.
    let common: DICOMItem
    /// Attributes of that file that a derived series keeps besides.
    let acquisition: DICOMItem
    /// Every instance by its SOP Instance UID.
    let instances: [String: Instance]

    /// What a reference to an instance says.
    struct Instance: Sendable, Hashable {
        var sopClassUID: String
        var isMultiFrame: Bool
    }

    /// The facts of a series, from the header of the first file of a stack, the largest unless one is given.
    ///
    /// - Throws: what reading the header throws, and ``FormatError/Code-swift.struct/invalidRequest`` when the series has no
    ///   files, or its files name no study or series.
    public init(_ series: DICOMSeries, stack: DICOMStack? = nil) throws(FormatError) {
        guard
            let first = (stack ?? series.stacks.first)?.frames.first.map({ series.instances[$0.instance] })
                ?? series.instances.first
        else {
            throw FormatError(.invalidRequest, file: "series \(series.uid)", expected: "files", found: "none")
        }
        let instances = series.instances.map { instance in
            let isMultiFrame = instance.pixels.frames > 1
            return (instance.sopInstanceUID, Instance(sopClassUID: instance.sopClassUID, isMultiFrame: isMultiFrame))
        }
        try self.init(try DICOMHeader(path: first.path), instances: Dictionary(instances) { first, _ in first })
    }

    /// The facts of a volume, from the headers of the files that its slices come from.
    ///
    /// - Throws: what reading the headers throws, and ``FormatError/Code-swift.struct/invalidRequest`` when no slice names a
    ///   file, as after resampling: then the series has to be given.
    public init(_ volume: Volume) throws(FormatError) {
        var instances: [String: Instance] = [:]
        var first: DICOMHeader?
        for source in volume.slices.lazy.flatMap(\.sources).compactMap({ $0 })
        where instances[source.sopInstanceUID] == nil {
            let header = try DICOMHeader(path: source.path)
            instances[source.sopInstanceUID] = Instance(
                sopClassUID: header.dataSet.text(.sopClassUID) ?? "",
                isMultiFrame: header.dataSet.integer(.numberOfFrames) ?? 1 > 1)
            if first == nil { first = header }
        }
        guard let first else {
            throw FormatError(
                .invalidRequest, file: "volume", expected: "slices that name the files they come from, or a series",
                found: "none")
        }
        try self.init(first, instances: instances)
    }

    private init(_ header: DICOMHeader, instances: [String: Instance]) throws(FormatError) {
        let data = header.dataSet
        guard let series = data.text(.seriesInstanceUID) else {
            throw FormatError(
                .invalidRequest, file: header.name, place: "\(DICOMTag.seriesInstanceUID)",
                expected: "a Series Instance UID", found: "none")
        }
        study = try StudyFacts(header)
        seriesInstanceUID = series
        modality = data.text(.modality) ?? ""
        frameOfReferenceUID =
            data.text(.frameOfReferenceUID) ?? DICOMUIDHash("frame of reference", series).uid
        path = header.name
        imageType = data.texts(.imageType) ?? []
        self.instances = instances
        common = Self.common(data)
        acquisition = Self.acquisition(data)
    }

    private static func common(_ data: DICOMDataSet) -> DICOMItem {
        var item = DICOMItem()
        item.put(.positionReferenceIndicator, .lo, .empty)
        item.takeOver(
            [(.positionReferenceIndicator, .lo), (.laterality, .cs), (.bodyPartExamined, .cs)], from: data)
        item.putContributingEquipment(data)
        return item
    }

    private static func acquisition(_ data: DICOMDataSet) -> DICOMItem {
        var item = DICOMItem()
        let header = FlattenedHeader(data)
        item.takeOver(general, from: header)
        switch data.text(.modality) {
        case "CT": item.takeOver(computedTomography, from: header)
        case "MR":
            item.takeOver(magneticResonance, from: header)
            if item.attribute(.echoTime) == nil, let time = header.number([.effectiveEchoTime]) {
                item.put(.echoTime, .ds, [time])
            }
            // Only inversion recovery has an inversion time (PS3.3 C.8.3.1).
            if item.texts(.scanningSequence).contains("IR") { item.takeOver([(.inversionTime, .ds)], from: header) }
        default: break
        }
        return item
    }

    /// Whether the body part is one of two, or not known: then series say of which side it is, or that they do not know.
    var mayHaveSide: Bool {
        guard let part = common.text(.bodyPartExamined) else { return true }
        return Self.pairedParts.contains(part)
    }

    private static let pairedParts: Set = [
        "ANKLE", "ARM", "BREAST", "CALF", "CLAVICLE", "EAR", "ELBOW", "EXTREMITY", "EYE", "FINGER", "FOOT", "FOREARM",
        "HAND", "HIP", "HUMERUS", "KIDNEY", "KNEE", "LEG", "ORBIT", "SCAPULA", "SHOULDER", "THIGH", "THUMB", "TOE",
        "WRIST",
    ]

    private static let general: [(DICOMTag, DICOMVR)] = [
        (.patientPosition, .cs), (.protocolName, .lo), (.contrastBolusAgent, .lo), (.acquisitionNumber, .is),
        (.acquisitionDate, .da),
        (.burnedInAnnotation, .cs), (.lossyImageCompression, .cs), (.lossyImageCompressionRatio, .ds),
        (.lossyImageCompressionMethod, .cs), (.recognizableVisualFeatures, .cs), (.sliceThickness, .ds),
    ]

    private static let computedTomography: [(DICOMTag, DICOMVR)] = [(.kvp, .ds), (.convolutionKernel, .sh)]

    private static let magneticResonance: [(DICOMTag, DICOMVR)] = [
        (.scanningSequence, .cs), (.sequenceVariant, .cs), (.scanOptions, .cs), (.mrAcquisitionType, .cs),
        (.sequenceName, .sh), (.repetitionTime, .ds), (.echoTime, .ds), (.echoNumbers, .is),
        (.magneticFieldStrength, .ds), (.echoTrainLength, .is), (.flipAngle, .ds),
    ]

    /// A reference to one image of the series; with a frame only where the image has several.
    func reference(to instance: String, frame: Int? = nil) -> DICOMItem {
        var item = DICOMItem()
        item.put(.referencedSOPClassUID, .ui, instances[instance]?.sopClassUID)
        item.put(.referencedSOPInstanceUID, .ui, instance)
        if let frame, instances[instance]?.isMultiFrame ?? false { item.put(.referencedFrameNumber, .is, frame + 1) }
        return item
    }

    /// A reference to one frame that something was computed from; PS3.3 C.7.6.16.2.6.
    func sourceReference(to instance: String, frame: Int) -> DICOMItem {
        var item = reference(to: instance, frame: frame)
        let purpose = CodedConcept(
            value: "121322", scheme: "DCM", meaning: "Source image for image processing operation")
        item.put(.purposeOfReferenceCodeSequence, items: [purpose.item])
        return item
    }

    /// The reference to the series with the images of it that are referred to; PS3.3 C.12.2.
    func commonReference(to instances: [String]) -> DICOMItem {
        var item = DICOMItem()
        item.put(.seriesInstanceUID, .ui, seriesInstanceUID)
        item.put(.referencedInstanceSequence, items: instances.map { reference(to: $0) })
        return item
    }
}

extension DICOMItem {
    /// Names the scanner, whose place as the equipment the deriving program takes; PS3.3 C.12.1.
    fileprivate mutating func putContributingEquipment(_ data: DICOMDataSet) {
        var item = DICOMItem()
        item.takeOver(
            [
                (.manufacturer, .lo), (.institutionName, .lo), (.manufacturerModelName, .lo),
                (.deviceSerialNumber, .lo), (.softwareVersions, .lo),
            ], from: data)
        guard item.text(.manufacturer) != nil else { return }
        let purpose = CodedConcept(value: "109101", scheme: "DCM", meaning: "Acquisition Equipment")
        item.put(.purposeOfReferenceCodeSequence, items: [purpose.item])
        put(.contributingEquipmentSequence, items: [item])
    }
}
