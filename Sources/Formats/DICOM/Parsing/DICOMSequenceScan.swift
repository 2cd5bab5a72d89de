/// Walks a long sequence in place, without making a data set of every item.
///
/// The functional groups of a multi-frame object have a handful of sequences for each of thousands of frames, of which a
/// reader needs a few numbers: a scan steps over the rest and takes no memory for it. Places are offsets into the scan's
/// copy of the sequence; what breaks the rules ends the walk of its item.
package struct DICOMSequenceScan: Sendable {
    let bytes: [UInt8]
    let encoding: DICOMEncoding
    let nesting: Int

    /// One attribute: its tag and where its value stands.
    package struct Element {
        /// The attribute.
        package let tag: DICOMTag
        /// The place of the value, or of the items of a sequence.
        package let value: Range<Int>
    }

    /// Takes a copy of a sequence's bytes; `nil` when the attribute is absent or empty.
    package init?(_ dataSet: DICOMDataSet, _ tag: DICOMTag) {
        guard let element = dataSet.element(tag), element.length >= 8, element.length <= dataSet.limits.bytes,
            let bytes = dataSet.bytes(tag)
        else { return nil }
        self.bytes = bytes
        encoding = element.itemEncoding
        nesting = dataSet.limits.nesting
    }

    /// The place of all items.
    package var whole: Range<Int> { 0..<bytes.count }

    /// Calls a closure with the place of every item of a sequence until it returns `false`.
    package func forEachItem<Failure: Error>(
        in sequence: Range<Int>, _ body: (Range<Int>) throws(Failure) -> Bool
    ) throws(Failure) {
        var offset = sequence.lowerBound
        while let item = item(at: offset, end: sequence.upperBound, depth: 0) {
            guard try body(item.content) else { return }
            offset = item.next
        }
    }

    /// The place of the first item of a sequence.
    package func firstItem(in sequence: Range<Int>) -> Range<Int>? {
        item(at: sequence.lowerBound, end: sequence.upperBound, depth: 0)?.content
    }

    /// Calls a closure with every attribute of an item.
    @inline(__always)
    package func forEachElement<Failure: Error>(
        in item: Range<Int>, _ body: (Element) throws(Failure) -> Void
    ) throws(Failure) {
        var offset = item.lowerBound
        while let (element, next) = element(at: offset, end: item.upperBound, depth: 0) {
            try body(element)
            offset = next
        }
    }
}

extension DICOMSequenceScan {
    private func element(at offset: Int, end: Int, depth: Int) -> (Element, next: Int)? {
        guard end - offset >= 8 else { return nil }
        let tag = DICOMTag(uint16(offset), uint16(offset + 2))
        guard tag.group != 0xFFFE else { return nil }
        var value = offset + 8
        var length = UInt32.max
        if encoding.isExplicitVR {
            let vr = DICOMVR(rawValue: UInt16(bytes[offset + 4]) << 8 | UInt16(bytes[offset + 5]))
            if vr.hasLongLength {
                guard end - offset >= 12 else { return nil }
                value = offset + 12
                length = uint32(offset + 8)
            } else {
                length = UInt32(uint16(offset + 6))
            }
        } else {
            length = uint32(offset + 4)
        }
        if length == .max {
            guard let (contentEnd, next) = openSequence(at: value, end: end, depth: depth + 1) else { return nil }
            return (Element(tag: tag, value: value..<contentEnd), next)
        }
        guard Int(length) <= end - value else { return nil }
        return (Element(tag: tag, value: value..<value + Int(length)), value + Int(length))
    }

    private func item(at offset: Int, end: Int, depth: Int) -> (content: Range<Int>, next: Int)? {
        guard end - offset >= 8, uint16(offset) == 0xFFFE, uint16(offset + 2) == 0xE000 else { return nil }
        let length = uint32(offset + 4)
        let start = offset + 8
        guard length == .max else {
            return Int(length) <= end - start ? (start..<start + Int(length), start + Int(length)) : nil
        }
        guard depth <= nesting else { return nil }
        var place = start
        while let (_, next) = element(at: place, end: end, depth: depth) { place = next }
        guard end - place >= 8, uint16(place) == 0xFFFE, uint16(place + 2) == 0xE00D else { return nil }
        return (start..<place, place + 8)
    }

    /// Finds the end of a sequence whose length is left open.
    private func openSequence(at start: Int, end: Int, depth: Int) -> (contentEnd: Int, next: Int)? {
        guard depth <= nesting else { return nil }
        var offset = start
        while let item = item(at: offset, end: end, depth: depth) { offset = item.next }
        guard end - offset >= 8, uint16(offset) == 0xFFFE, uint16(offset + 2) == 0xE0DD else { return nil }
        return (offset, offset + 8)
    }
}

extension DICOMSequenceScan {
    /// The 16 bits at a place.
    @inline(__always)
    package func uint16(_ offset: Int) -> UInt16 {
        let (first, second) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
        return encoding.isBigEndian ? first << 8 | second : second << 8 | first
    }

    /// The 32 bits at a place.
    @inline(__always)
    package func uint32(_ offset: Int) -> UInt32 {
        let (first, second) = (UInt32(uint16(offset)), UInt32(uint16(offset + 2)))
        return encoding.isBigEndian ? first << 16 | second : second << 16 | first
    }

    /// A text without its padding.
    package func text(_ value: Range<Int>) -> String {
        String(decoding: DICOMText.trimmed(bytes[value]), as: UTF8.self)
    }

    /// Numbers in decimal, split at backslashes; none when one is no finite number.
    package func decimals(_ value: Range<Int>) -> [Double] {
        let numbers = DICOMText.split(bytes[value], at: true).map { DICOMNumber(DICOMText.trimmed($0).span).double }
        return numbers.allSatisfy(\.isFinite) ? numbers : []
    }

    /// Whether two values have the same bytes.
    package func isEqual(_ value: Range<Int>, _ other: Range<Int>) -> Bool {
        value.count == other.count && bytes[value].elementsEqual(bytes[other])
    }
}
