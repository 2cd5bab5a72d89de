public import Formats

/// Patient and study of a written object.
public struct StudyFacts: Sendable, Hashable {
    /// Study Instance UID (0020,000D).
    public let studyInstanceUID: String
    /// The attributes of patient and study, with those of type 2 empty where nothing is known.
    let attributes: DICOMItem
    /// What the file says of having been de-identified: true of what is made of its own pixels, unknown of other ones.
    let deidentification: DICOMItem
    /// Series Number (0020,0011) of the file.
    let seriesNumber: Int?

    /// A patient and a study by their names.
    ///
    /// - Parameters:
    ///   - patientName: Groups and components as in VR PN: `Family^Given`.
    ///   - patientID: The patient's identifier.
    ///   - studyID: The study's name.
    ///   - studyInstanceUID: `nil` derives one from patient and study ID.
    public init(
        patientName: String? = nil, patientID: String? = nil, studyID: String? = nil, studyInstanceUID: String? = nil
    ) {
        let hash = DICOMUIDHash("study", patientName ?? "", patientID ?? "", studyID ?? "")
        var item = DICOMItem()
        for (tag, vr) in Self.required { item.put(tag, vr, String?.none) }
        item.put(.patientName, .pn, patientName)
        item.put(.patientID, .lo, patientID)
        item.put(.studyID, .sh, studyID)
        item.put(.studyInstanceUID, .ui, studyInstanceUID ?? hash.uid)
        attributes = item
        deidentification = DICOMItem()
        self.studyInstanceUID = studyInstanceUID ?? hash.uid
        seriesNumber = nil
    }

    /// The patient and study of a file; texts come over in Unicode, those too long for their VR are cut.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` when the file names no study.
    public init(_ header: DICOMHeader) throws(FormatError) {
        guard let uid = header.dataSet.text(.studyInstanceUID) else {
            throw FormatError(
                .invalidRequest, file: header.name, place: "\(DICOMTag.studyInstanceUID)",
                expected: "a Study Instance UID", found: "none")
        }
        var item = DICOMItem()
        for (tag, vr) in Self.required { item.put(tag, vr, .empty) }
        item.takeOver(Self.required + Self.optional, from: header.dataSet)
        item.put(.studyInstanceUID, .ui, uid)
        attributes = item
        var claims = DICOMItem()
        claims.takeOver(Self.deidentification, from: header.dataSet)
        let method = header.dataSet.concepts(.deidentificationMethodCodeSequence)
        if !method.isEmpty { claims.put(.deidentificationMethodCodeSequence, items: method.map { $0.item }) }
        deidentification = claims
        studyInstanceUID = uid
        seriesNumber = header.dataSet.integer(.seriesNumber)
    }

    /// Whether neither the patient's name nor an identifier is known.
    public var isAnonymous: Bool {
        [DICOMTag.patientName, .patientID].allSatisfy { attributes.text($0)?.isEmpty ?? true }
    }

    /// Type 2.
    private static let required: [(DICOMTag, DICOMVR)] = [
        (.patientName, .pn), (.patientID, .lo), (.patientBirthDate, .da), (.patientSex, .cs), (.studyDate, .da),
        (.studyTime, .tm), (.accessionNumber, .sh), (.referringPhysicianName, .pn), (.studyID, .sh),
    ]

    private static let optional: [(DICOMTag, DICOMVR)] = [
        (.issuerOfPatientID, .lo), (.patientAge, .as), (.patientSize, .ds), (.patientWeight, .ds),
        (.studyDescription, .lo), (.timezoneOffsetFromUTC, .sh),
    ]

    private static let deidentification: [(DICOMTag, DICOMVR)] = [
        (.patientIdentityRemoved, .cs), (.deidentificationMethod, .lo),
        (.longitudinalTemporalInformationModified, .cs),
    ]
}

extension DICOMItem {
    /// Takes over attributes that another data set has a value of, as far as their VR allows the value.
    mutating func takeOver(_ tags: [(DICOMTag, DICOMVR)], from data: DICOMDataSet) {
        for (tag, vr) in tags {
            guard let texts = vr.hasSeveralTexts ? data.texts(tag) : data.text(tag).map({ [$0] }) else { continue }
            let mended = texts.compactMap { vr.mended($0) }
            if mended.count == texts.count, mended.contains(where: { !$0.isEmpty }) { put(tag, vr, mended) }
        }
    }

    /// Takes over attributes of a header or, where it lacks them, of the functional groups of its first frame.
    mutating func takeOver(_ tags: [(DICOMTag, DICOMVR)], from header: FlattenedHeader) {
        for set in header.sets { takeOver(tags.filter { attribute($0.0) == nil }, from: set) }
    }
}

extension CodedConcept {
    /// The term as an item of a code sequence.
    var item: DICOMItem {
        var item = DICOMItem()
        if value.hasPrefix("urn:") || value.contains("://") {
            item.put(.urnCodeValue, .ur, value)
        } else if value.unicodeScalars.count > 16 {
            item.put(.longCodeValue, .uc, value)
        } else {
            item.put(.codeValue, .sh, value)
        }
        if !scheme.isEmpty { item.put(.codingSchemeDesignator, .sh, scheme) }
        item.put(.codeMeaning, .lo, meaning)
        return item
    }
}
