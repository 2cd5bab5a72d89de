/// Where one item of a sequence stands.
struct DICOMItemPlace {
    /// Offset of the first element.
    var offset: Int
    /// Offset behind the last element.
    var end: Int
    /// Offset behind the item and its delimiter.
    var next: Int
    /// Whether the item's surroundings end before it does, as in a file that was cut.
    var isCut = false
}

/// Items that reach beyond the end of what holds them are kept: a structure set that was cut is one such item around all of
/// its whole contours. What is whole in such an item is in it, at every depth; values that are cut are not, and an item
/// without a whole element is none. Which attributes follow nobody knows: readers find them absent, and the file damaged.
extension DICOMParser {
    /// What stands at a place of a sequence.
    private enum Step {
        case item(DICOMItemPlace)
        /// The end of the sequence, and the offset behind it.
        case delimiter(next: Int)
        case neither
    }

    /// Steps over the items of a sequence whose length is left open.
    ///
    /// `offset` is first where the first item stands, then behind the delimiter; `length` becomes the number of bytes before
    /// the delimiter. Gives whether there was one.
    mutating func skipItems(
        at offset: inout Int, end: Int, encoding: DICOMEncoding, depth: Int, length: inout Int
    ) throws(FormatError) -> Bool {
        let start = offset
        while true {
            length = offset - start
            switch try step(at: offset, end: end, encoding: encoding, depth: depth) {
            case .item(let item): offset = item.next
            case .delimiter(let next):
                offset = next
                return true
            case .neither: return false
            }
        }
    }

    /// The items of a sequence, at most as many as the limits allow.
    ///
    /// Items of unknown length are walked to find their ends.
    mutating func items(at start: Int, end: Int, encoding: DICOMEncoding, depth: Int) throws(FormatError)
        -> [DICOMItemPlace]
    {
        var places: [DICOMItemPlace] = []
        var offset = start
        while case .item(let item) = try step(at: offset, end: end, encoding: encoding, depth: depth) {
            guard places.count < limits.entries else { throw tooMany(at: item.next) }
            places.append(item)
            offset = item.next
        }
        return places
    }

    /// Looks at what stands at an offset of a sequence; an item takes at least 8 bytes.
    private mutating func step(
        at offset: Int, end: Int, encoding: DICOMEncoding, depth: Int
    ) throws(FormatError) -> Step {
        guard depth <= limits.nesting else {
            throw FormatError(
                .limitExceeded, file: window.source.name, place: "offset \(offset)",
                expected: "at most \(limits.nesting) sequences inside each other", found: "more")
        }
        guard let head = try head(at: offset, end: end, encoding: encoding) else { return .neither }
        if head.tag == .sequenceDelimiter { return .delimiter(next: head.offset) }
        guard head.tag == .item else { return .neither }
        guard let length = head.length else {
            return .item(try openItem(at: head.offset, end: end, encoding: encoding, depth: depth))
        }
        let remaining = end - head.offset
        guard length <= remaining else {
            _ = remark("the item at offset \(offset) has \(length) bytes where \(remaining) remain")
            return .item(DICOMItemPlace(offset: head.offset, end: end, next: end, isCut: true))
        }
        return .item(DICOMItemPlace(offset: head.offset, end: head.offset + length, next: head.offset + length))
    }

    /// Looks whether the item whose tags begin at a place of the list has one twice.
    private mutating func noteRepeats(from first: Int) {
        guard repeatedInItem == nil,
            zip(seenTags[first...], seenTags[first...].dropFirst()).contains(where: { $0 >= $1 })
        else { return }
        let sorted = seenTags[first...].sorted()
        repeatedInItem = zip(sorted, sorted.dropFirst()).first { $0 == $1 }?.0
    }

    /// Walks an item whose length is left open.
    private mutating func openItem(
        at start: Int, end: Int, encoding: DICOMEncoding, depth: Int
    ) throws(FormatError) -> DICOMItemPlace {
        var offset = start
        let first = seenTags.count
        defer { seenTags.removeSubrange(first...) }
        while let head = try head(at: offset, end: end, encoding: encoding) {
            if head.tag == .itemDelimiter {
                noteRepeats(from: first)
                return DICOMItemPlace(offset: start, end: offset, next: head.offset)
            }
            seenTags.append(head.tag)
            offset = head.offset
            if let length = head.length {
                guard length <= end - offset else { break }
                offset += length
                continue
            }
            var ignored = 0
            let inner = head.vr == .un ? DICOMEncoding.implicitLittle : encoding
            // Without a delimiter the sequence ends where no further item stands.
            _ = try skipItems(at: &offset, end: end, encoding: inner, depth: depth + 1, length: &ignored)
        }
        return DICOMItemPlace(offset: start, end: end, next: end, isCut: true)
    }
}
