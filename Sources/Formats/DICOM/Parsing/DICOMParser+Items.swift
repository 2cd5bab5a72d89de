/// Where one item of a sequence stands.
struct DICOMItemPlace {
    /// Offset of the first element.
    var offset: Int
    /// Offset behind the last element.
    var end: Int
}

extension DICOMParser {
    /// Steps over the items of a sequence whose length is left open.
    ///
    /// `offset` is first where the first item stands, then behind the delimiter; `length` becomes the number of bytes before
    /// the delimiter. Gives whether there was one.
    mutating func skipItems(
        at offset: inout Int, end: Int, encoding: DICOMEncoding, depth: Int, length: inout Int
    ) throws(FormatError) -> Bool {
        let start = offset
        while let item = try nextItem(at: &offset, end: end, encoding: encoding, depth: depth) {
            guard let item else {
                length = offset - 8 - start
                return true
            }
            offset = item
        }
        length = offset - start
        return false
    }

    /// The items of a sequence, at most as many as the limits allow.
    ///
    /// Items of unknown length are walked to find their ends.
    mutating func items(at start: Int, end: Int, encoding: DICOMEncoding, depth: Int) throws(FormatError)
        -> [DICOMItemPlace]
    {
        var places: [DICOMItemPlace] = []
        var offset = start
        while offset < end {
            let first = offset + 8
            guard let item = try nextItem(at: &offset, end: end, encoding: encoding, depth: depth), let next = item
            else { break }
            guard places.count < limits.entries else { throw tooMany(at: offset) }
            places.append(DICOMItemPlace(offset: first, end: itemEnd(first: first, next: next, encoding: encoding)))
            offset = next
        }
        return places
    }

    /// Where an item's elements end: before its delimiter if it has one.
    private func itemEnd(first: Int, next: Int, encoding: DICOMEncoding) -> Int {
        let isOpen = window.block.uint32(first - 4, bigEndian: encoding.isBigEndian) == .max
        return isOpen ? max(first, next - 8) : next
    }

    /// Looks at what stands at an offset of a sequence.
    ///
    /// - Returns: where the next item begins; `.some(nil)` at the sequence's delimiter (`offset` is then behind it);
    ///   `nil` where there is neither.
    private mutating func nextItem(
        at offset: inout Int, end: Int, encoding: DICOMEncoding, depth: Int
    ) throws(FormatError) -> Int?? {
        guard depth <= limits.nesting else {
            throw FormatError(
                .limitExceeded, file: window.source.name, place: "offset \(offset)",
                expected: "at most \(limits.nesting) sequences inside each other", found: "more")
        }
        guard let head = try head(at: offset, end: end, encoding: encoding) else { return nil }
        if head.tag == .sequenceDelimiter {
            offset = head.offset
            return .some(nil)
        }
        guard head.tag == .item else { return nil }
        if let length = head.length {
            if length <= end - head.offset { return head.offset + length }
            _ = remark("the item at offset \(offset) has \(length) bytes where \(end - head.offset) remain")
            return end
        }
        // Not returned as it is: its nil would become "delimiter".
        guard let next = try endOfOpenItem(at: head.offset, end: end, encoding: encoding, depth: depth) else {
            return nil
        }
        return next
    }

    /// Walks an item whose length is left open.
    private mutating func endOfOpenItem(
        at start: Int, end: Int, encoding: DICOMEncoding, depth: Int
    ) throws(FormatError) -> Int? {
        var offset = start
        while offset < end {
            guard let head = try head(at: offset, end: end, encoding: encoding) else { return nil }
            if head.tag == .itemDelimiter { return head.offset }
            if let length = head.length {
                guard length <= end - head.offset else { return nil }
                offset = head.offset + length
                continue
            }
            var ignored = 0
            let inner = head.vr == .un ? DICOMEncoding.implicitLittle : encoding
            offset = head.offset
            guard try skipItems(at: &offset, end: end, encoding: inner, depth: depth + 1, length: &ignored) else {
                return nil
            }
        }
        return nil
    }
}
