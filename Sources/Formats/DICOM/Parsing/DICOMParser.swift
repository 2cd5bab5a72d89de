/// Walks the elements of a data set: records where each stands, steps over sequences, stops at the pixel data.
///
/// Nothing is believed: a value that reaches beyond its surroundings ends the walk with a remark and is no element (a part of
/// a number is another number), nesting and the number of elements are bounded.
struct DICOMParser {
    var window: DICOMWindow
    let limits: DecodeLimits
    var problems: [String] = []
    /// An attribute that an item of open length has twice, the first that was met; items of known length are stepped over.
    var repeatedInItem: DICOMTag?
    /// The tags of the open items that the walk is in, one item's behind the other's.
    var seenTags: [DICOMTag] = []

    init(_ window: DICOMWindow, limits: DecodeLimits) {
        self.window = window
        self.limits = limits
    }

    /// One element's tag, VR, value offset and stated length.
    struct Head {
        var tag: DICOMTag
        var vr: DICOMVR
        var offset: Int
        /// `nil` for a length that is left open.
        var length: Int?
    }

    /// What ends a walk.
    enum Stop {
        /// The surroundings' end, or a delimiter.
        case end
        /// The pixel data, whose head is given.
        case pixelData(Head)
        /// A group that does not belong to the walk.
        case group
        /// The file ends, or what follows is no element.
        case broken
    }

    /// Walks elements from an offset on, until the surroundings end.
    ///
    /// `offset` is then where the walk ended. With a `group` it stops in front of any other, for the file meta
    /// information; on request it stops at (7FE0,0008), (7FE0,0009) and (7FE0,0010).
    mutating func walk(
        at offset: inout Int, end: Int, encoding: DICOMEncoding, group: UInt16? = nil, stopsAtPixelData: Bool,
        depth: Int, into elements: inout [DICOMElement]
    ) throws(FormatError) -> Stop {
        while offset < end {
            guard let head = try head(at: offset, end: end, encoding: encoding) else {
                return remark("the data set ends within an element at offset \(offset)")
            }
            if head.tag == .itemDelimiter || head.tag == .sequenceDelimiter {
                offset = head.offset
                if depth > 0 { return .end }
                continue
            }
            if let group, head.tag.group != group { return .group }
            if stopsAtPixelData, head.tag.isPixelData {
                return .pixelData(head)
            }
            guard elements.count < limits.entries else { throw tooMany(at: offset) }
            if try !record(head, at: &offset, end: end, encoding: encoding, depth: depth, into: &elements) {
                return .broken
            }
        }
        return .end
    }

    /// Adds one element and moves behind it; a value that is cut is left out, a sequence keeps its items.
    private mutating func record(
        _ head: Head, at offset: inout Int, end: Int, encoding: DICOMEncoding, depth: Int,
        into elements: inout [DICOMElement]
    ) throws(FormatError) -> Bool {
        let inner = head.vr == .un ? DICOMEncoding.implicitLittle : encoding
        var next = head.offset
        var length = 0
        if let stated = head.length {
            length = stated
            if stated > end - head.offset {
                _ = remark("\(head.tag) at offset \(offset) has \(stated) bytes where \(end - head.offset) remain")
                guard head.vr == .sq else { return false }
                length = end - head.offset
            }
            next += length
            if length >= DICOMWindow.farValue, next > window.block.end { try window.skip(from: head.offset, to: next) }
        } else {
            let isWhole = try skipItems(at: &next, end: end, encoding: inner, depth: depth + 1, length: &length)
            if !isWhole { _ = remark("\(head.tag) at offset \(offset) has no sequence delimiter") }
        }
        elements.append(
            DICOMElement(
                tag: head.tag, vr: head.vr, offset: head.offset, length: length,
                isUndefinedLength: head.length == nil, itemEncoding: inner))
        offset = next
        return head.length.map { $0 == length } ?? true
    }

    /// Reads an element's head; `nil` where fewer bytes remain.
    @inline(__always)
    mutating func head(at offset: Int, end: Int, encoding: DICOMEncoding) throws(FormatError) -> Head? {
        guard end - offset >= 8, try window.holds(offset, count: 8) else { return nil }
        let big = encoding.isBigEndian
        let tag = window.block.tag(offset, bigEndian: big)
        if encoding.isExplicitVR && tag.group != 0xFFFE {
            let vr = DICOMVR(rawValue: window.block.uint16(offset + 4, bigEndian: true))
            if vr.hasLongLength {
                guard end - offset >= 12, try window.holds(offset, count: 12) else { return nil }
                return Head(
                    tag: tag, vr: vr, offset: offset + 12, length: length(at: offset + 8, bigEndian: big))
            }
            if vr.isPlausible {
                let length = Int(window.block.uint16(offset + 6, bigEndian: big))
                return Head(tag: tag, vr: vr, offset: offset + 8, length: length)
            }
        }
        let stated = length(at: offset + 4, bigEndian: big)
        let vr = DICOMVR.standard(for: tag) ?? (stated == nil ? .sq : .un)
        return Head(
            tag: tag, vr: stated == nil && !encoding.isExplicitVR ? .sq : vr, offset: offset + 8, length: stated)
    }

    @inline(__always)
    private func length(at offset: Int, bigEndian: Bool) -> Int? {
        let length = window.block.uint32(offset, bigEndian: bigEndian)
        return length == .max ? nil : Int(length)
    }

    mutating func remark(_ text: String) -> Stop {
        if problems.count < 100 { problems.append(text) }
        return .broken
    }

    func tooMany(at offset: Int) -> FormatError {
        FormatError(
            .limitExceeded, file: window.source.name, place: "offset \(offset)",
            expected: "at most \(limits.entries) elements", found: "more")
    }
}

extension DICOMTag {
    /// Whether the attribute is pixel data of any kind.
    var isPixelData: Bool { self == .pixelData || self == .floatPixelData || self == .doubleFloatPixelData }
}
