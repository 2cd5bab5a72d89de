/// The steps from a file's first byte to its pixel data.
struct DICOMFileScan {
    let limits: DecodeLimits
    private(set) var source: ByteSource
    private(set) var transferSyntax = DICOMTransferSyntax.implicitLittleEndian
    private(set) var fileMeta: DICOMDataSet
    private(set) var dataSet: DICOMDataSet
    private(set) var pixelData: DICOMPixelDataPlace?
    private(set) var problems: [String] = []
    private(set) var isDamaged = false
    private var parser: DICOMParser
    private var offset: Int

    /// No header is larger than this, whatever the limits say: an index of a million frames takes less.
    private static let largestHeader = 1 << 30

    /// As many elements as most headers have, or fewer.
    private static let usualElements = 128

    init(_ source: ByteSource, limits: DecodeLimits) throws(FormatError) {
        self.source = source
        self.limits = limits
        let window = try DICOMWindow(source, at: 0, limit: min(limits.bytes, Self.largestHeader))
        guard let start = DICOMRecognition.start(window.block.bytes) else {
            throw FormatError(
                .notRecognized, file: source.name, expected: "DICOM",
                found: source.count == 0 ? "an empty file" : "neither a preamble nor a data set")
        }
        offset = start
        parser = DICOMParser(window, limits: limits)
        fileMeta = Self.empty(source, limits)
        dataSet = fileMeta
        if start == 0 { problems.append("there is no preamble") }
    }

    private static func empty(_ source: ByteSource, _ limits: DecodeLimits) -> DICOMDataSet {
        DICOMDataSet(
            elements: [], source: source, blocks: [], encoding: .explicitLittle, limits: limits, depth: 0,
            characterSet: .standard)
    }

    /// Group 0002, always explicit and little endian; its end is where another group begins (the group length may lie).
    mutating func readFileMeta() throws(FormatError) {
        var elements: [DICOMElement] = []
        let looksImplicit = try DICOMRecognition.guess(&parser, at: offset, end: source.count) == .implicitLittle
        let encoding = looksImplicit ? DICOMEncoding.implicitLittle : .explicitLittle
        _ = try parser.walk(
            at: &offset, end: source.count, encoding: encoding, group: 2, stopsAtPixelData: true, depth: 0,
            into: &elements)
        fileMeta = DICOMDataSet(
            elements: elements, source: source, blocks: parser.window.blocks, encoding: encoding, limits: limits,
            depth: 0, characterSet: .standard)
    }

    /// The data set up to the pixel data.
    mutating func readDataSet() throws(FormatError) {
        let encoding = try chooseEncoding()
        if transferSyntax.isDeflated { try inflate() }
        var elements: [DICOMElement] = []
        elements.reserveCapacity(Self.usualElements)
        let stop = try parser.walk(
            at: &offset, end: source.count, encoding: encoding, stopsAtPixelData: true, depth: 0, into: &elements)
        if case .pixelData(let head) = stop {
            let isNamed = [.ob, .ow, .of, .od].contains(head.vr)
            pixelData = DICOMPixelDataPlace(
                tag: head.tag, vr: isNamed ? head.vr : .ow, offset: head.offset, length: head.length,
                isCut: head.length.map { $0 > source.count - head.offset } ?? isFirstFragmentCut(from: head.offset))
        }
        dataSet = DICOMDataSet(
            elements: elements, source: source, blocks: parser.window.blocks, encoding: encoding, limits: limits,
            depth: 0, characterSet: .standard)
        if let tag = dataSet.repeatedTags.first {
            problems.append("\(tag) is there more than once; the first counts")
        }
        if let tag = parser.repeatedInItem {
            problems.append("\(tag) is there more than once in an item; the first counts")
        }
        problems += parser.problems
        isDamaged = !parser.problems.isEmpty
    }

    /// Whether the offset table or the fragment behind it goes beyond the end of the file, as far as what is in memory tells.
    private func isFirstFragmentCut(from start: Int) -> Bool {
        let block = parser.window.block
        var place = start
        for _ in 0..<2 {
            guard place <= source.count - 8 else { return true }
            guard block.contains(place, count: 8), block.tag(place, bigEndian: false) == .item else { return false }
            place += 8 + Int(block.uint32(place + 4, bigEndian: false))
        }
        return place > source.count
    }

    /// The encoding that the transfer syntax names, or that the bytes show where it is absent or wrong.
    private mutating func chooseEncoding() throws(FormatError) -> DICOMEncoding {
        let named = fileMeta.text(.transferSyntaxUID).map { DICOMTransferSyntax(uid: $0) }
        if let named { transferSyntax = named }
        if named?.isDeflated ?? false { return .explicitLittle }
        let seen = try DICOMRecognition.guess(&parser, at: offset, end: source.count)
        guard let named else {
            problems.append("there is no transfer syntax; the encoding is guessed")
            transferSyntax =
                seen == .implicitLittle
                ? .implicitLittleEndian : seen?.isBigEndian ?? false ? .explicitBigEndian : .explicitLittleEndian
            return seen ?? .implicitLittle
        }
        let expected = DICOMEncoding(isExplicitVR: named.isExplicitVR, isBigEndian: named.isBigEndian)
        guard let seen, seen != expected else { return expected }
        problems.append("the data set is not encoded as its transfer syntax \(named.name) says")
        if !named.isEncapsulated {
            transferSyntax =
                seen.isBigEndian
                ? .explicitBigEndian : seen.isExplicitVR ? .explicitLittleEndian : .implicitLittleEndian
        }
        return seen
    }

    /// Goes on in the inflated data set (PS3.5, annex A.5).
    private mutating func inflate() throws(FormatError) {
        let packed = try source.bytes(at: offset, count: source.count - offset)
        let bytes = try DICOMInflate.raw(packed, file: source.name, offset: offset, limit: limits.bytes)
        source = ByteSource(bytes: bytes, name: source.name)
        let window = try DICOMWindow(source, at: 0, limit: min(limits.bytes, Self.largestHeader))
        let earlier = parser.problems
        parser = DICOMParser(window, limits: limits)
        parser.problems = earlier
        offset = 0
    }
}
