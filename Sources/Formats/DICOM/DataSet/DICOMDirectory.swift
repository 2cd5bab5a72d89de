/// The tree of a DICOMDIR: patients, studies, series and files (PS3.3, annex F).
public struct DICOMDirectory: Sendable, Hashable {
    /// One record of the directory.
    public struct Record: Sendable, Hashable {
        /// `PATIENT`, `STUDY`, `SERIES`, `IMAGE` and others.
        public var type: String
        /// The parts of the path of the file that the record stands for, relative to the folder of the DICOMDIR; empty for
        /// none.
        public var file: [String]
        /// The attributes of the record.
        public var attributes: DICOMItem
        /// The records below.
        public var records: [Record]
    }

    /// The records that have none above.
    public var records: [Record]
    /// What contradicts itself, one sentence each: links that lead nowhere or in a circle.
    public var problems: [String]

    /// Follows the links between the records of a DICOMDIR; a record is visited once, wherever links lead.
    ///
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` for an object without directory records;
    ///   ``FormatError/Code-swift.struct/limitExceeded`` for records nested beyond the limits.
    public init(_ object: DICOMObject, limits: DecodeLimits = .standard) throws(FormatError) {
        guard object.dataSet.attribute(.directoryRecordSequence) != nil else {
            throw FormatError(
                .invalidRequest, file: object.name, expected: "a DICOMDIR", found: "no sequence of directory records")
        }
        var links = DirectoryLinks(object, limits: limits)
        let first = object.dataSet.integers(DICOMTag(0x0004, 0x1200)).first ?? 0
        records = try links.chain(from: first, depth: 0)
        problems = links.problems
    }
}

/// The records of a directory by their offsets.
private struct DirectoryLinks {
    private let file: String
    private let limits: DecodeLimits
    private var byOffset: [Int: DICOMItem] = [:]
    private(set) var problems: [String] = []

    init(_ object: DICOMObject, limits: DecodeLimits) {
        file = object.name
        self.limits = limits
        for item in object.dataSet.items(.directoryRecordSequence) {
            if let offset = item.offset { byOffset[offset] = item }
        }
    }

    /// A record, the ones beside it that follow, and what is below each.
    mutating func chain(from first: Int, depth: Int) throws(FormatError) -> [DICOMDirectory.Record] {
        guard depth <= limits.nesting else {
            throw FormatError(
                .limitExceeded, file: file, expected: "at most \(limits.nesting) levels of directory records",
                found: "more")
        }
        var records: [DICOMDirectory.Record] = []
        var offset = first
        while offset != 0 {
            guard let item = byOffset.removeValue(forKey: offset) else {
                if problems.count < 100 { problems.append("a link leads to offset \(offset), where no new record is") }
                break
            }
            let lower = item.integers(DICOMTag(0x0004, 0x1420)).first ?? 0
            records.append(
                DICOMDirectory.Record(
                    type: item.text(.directoryRecordType) ?? "", file: item.texts(.referencedFileID), attributes: item,
                    records: try chain(from: lower, depth: depth + 1)))
            offset = item.integers(DICOMTag(0x0004, 0x1400)).first ?? 0
        }
        return records
    }
}
