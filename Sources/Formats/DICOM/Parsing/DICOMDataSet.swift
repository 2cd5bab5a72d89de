/// The attributes of a DICOM object, or of one item of a sequence: where each stands, and its value when asked for.
///
/// A data set is a view of the header's bytes: copies are cheap, values and the items of sequences are decoded at every
/// call. Values that the header scanner stepped over are read from the source.
public struct DICOMDataSet: Sendable {
    /// The attributes in the order of the file.
    public let elements: [DICOMElement]
    let source: ByteSource
    let blocks: [DICOMBlock]
    let encoding: DICOMEncoding
    let limits: DecodeLimits
    let depth: Int
    /// What the attribute Specific Character Set says here, or around.
    let characterSet: DICOMCharacterSet
    private let isSorted: Bool

    init(
        elements: [DICOMElement], source: ByteSource, blocks: [DICOMBlock], encoding: DICOMEncoding,
        limits: DecodeLimits, depth: Int, characterSet: DICOMCharacterSet
    ) {
        self.elements = elements
        self.source = source
        self.blocks = blocks
        self.encoding = encoding
        self.limits = limits
        self.depth = depth
        isSorted = zip(elements, elements.dropFirst()).allSatisfy { $0.tag < $1.tag }
        var set = characterSet
        if let own = Self.find(.specificCharacterSet, in: elements, isSorted: isSorted),
            let bytes = Self.value(of: own, blocks: blocks, source: source)
        {
            set = DICOMCharacterSet(names: String(decoding: bytes, as: UTF8.self))
        }
        self.characterSet = set
    }

    /// The element of an attribute, the first where a file holds several.
    ///
    /// - Complexity: logarithmic for elements in rising order, which is the standard's.
    public func element(_ tag: DICOMTag) -> DICOMElement? { Self.find(tag, in: elements, isSorted: isSorted) }

    /// The attributes that a file holds several times.
    package var repeatedTags: [DICOMTag] {
        guard !isSorted else { return [] }
        let tags = elements.map(\.tag).sorted()
        return zip(tags, tags.dropFirst()).filter { $0 == $1 }.map(\.0)
    }

    /// Whether the attribute is there with a value.
    public func hasValue(_ tag: DICOMTag) -> Bool { element(tag).map { $0.length > 0 } ?? false }

    /// The bytes of a value as they stand in the file; `nil` when the attribute is absent or cannot be read.
    public func bytes(_ tag: DICOMTag) -> [UInt8]? {
        element(tag).flatMap { value(of: $0) }.map { Array($0) }
    }

    /// The bytes of a value: a view of the header where they are in memory, else read from the source.
    func value(of element: DICOMElement) -> ArraySlice<UInt8>? {
        Self.value(of: element, blocks: blocks, source: source)
    }

    private static func value(
        of element: DICOMElement, blocks: [DICOMBlock], source: ByteSource
    ) -> ArraySlice<UInt8>? {
        for block in blocks where block.contains(element.offset, count: element.length) {
            let start = element.offset - block.start
            return block.bytes[start..<start + element.length]
        }
        return (try? source.bytes(at: element.offset, count: element.length))?[...]
    }

    private static func find(_ tag: DICOMTag, in elements: [DICOMElement], isSorted: Bool) -> DICOMElement? {
        guard isSorted else { return elements.first { $0.tag == tag } }
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return low < elements.count && elements[low].tag == tag ? elements[low] : nil
    }
}
