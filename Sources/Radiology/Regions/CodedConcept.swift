import Formats

/// A term of a vocabulary; PS3.3 section 8.
public struct CodedConcept: Sendable, Hashable, Codable {
    /// The code: (0008,0100), or the long or URN form.
    public var value: String
    /// The vocabulary: `SCT`, `DCM` …; (0008,0102).
    public var scheme: String
    /// The term in words; (0008,0104).
    public var meaning: String

    /// A term by its parts.
    public init(value: String, scheme: String, meaning: String = "") {
        self.value = value
        self.scheme = scheme
        self.meaning = meaning
    }

    /// The term of an item of a code sequence; `nil` when it has no code.
    init?(_ item: DICOMDataSet) {
        guard let value = item.text(.codeValue) ?? item.text(.longCodeValue) ?? item.text(.urnCodeValue) else {
            return nil
        }
        self.init(
            value: value, scheme: item.text(.codingSchemeDesignator) ?? "", meaning: item.text(.codeMeaning) ?? "")
    }

    /// Whether two terms have the same code of the same vocabulary, whatever the words.
    public func isSame(as other: CodedConcept) -> Bool { value == other.value && scheme == other.scheme }
}

extension DICOMDataSet {
    /// The first term of a code sequence.
    func concept(_ tag: DICOMTag) -> CodedConcept? { items(tag).first.flatMap { CodedConcept($0) } }

    /// All terms of a code sequence.
    func concepts(_ tag: DICOMTag) -> [CodedConcept] { items(tag).compactMap { CodedConcept($0) } }
}
