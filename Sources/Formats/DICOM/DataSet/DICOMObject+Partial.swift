extension DICOMObject {
    /// What the header scanner makes of a file that DCMTK refuses.
    init(partial source: ByteSource, reason: String, valueBytes: Int, limits: DecodeLimits) throws(FormatError) {
        let header = try DICOMHeader(source: source, limits: limits)
        var walk = DICOMHeaderWalk(
            valueBytes: valueBytes, left: limits.entries, bytesLeft: limits.bytes, file: source.name)
        name = source.name
        transferSyntaxUID = header.transferSyntax.uid
        fileMeta = try walk.item(header.fileMeta)
        dataSet = try walk.item(header.dataSet)
        if let place = header.pixelData {
            dataSet.attributes.append(DICOMAttribute(place.tag, place.vr, .notLoaded, length: place.length))
        }
        self.source = .partial(reason: reason)
        problems = header.problems
    }
}

/// Reads the values of a header at every level, at most as many as the limits allow.
private struct DICOMHeaderWalk {
    let valueBytes: Int
    var left: Int
    var bytesLeft: Int
    let file: String

    mutating func item(_ set: DICOMDataSet) throws(FormatError) -> DICOMItem {
        var item = DICOMItem()
        for element in set.elements {
            left -= 1
            bytesLeft -= element.vr == .sq ? 0 : min(element.length, valueBytes)
            guard left >= 0, bytesLeft >= 0 else {
                throw FormatError(
                    .limitExceeded, file: file, place: "\(element.tag) at offset \(element.offset)",
                    expected: "a data set within the limits", found: "more entries")
            }
            item.attributes.append(
                DICOMAttribute(
                    element.tag, element.vr, try value(element, in: set),
                    length: element.isUndefinedLength ? nil : element.length))
        }
        return item
    }

    private mutating func value(_ element: DICOMElement, in set: DICOMDataSet) throws(FormatError) -> DICOMValue {
        if element.vr == .sq || element.isUndefinedLength {
            var items: [DICOMItem] = []
            for inner in try set.checkedItems(element.tag) { items.append(try item(inner)) }
            return .items(items)
        }
        guard element.length > 0 else { return .empty }
        guard element.length <= valueBytes else { return .notLoaded }
        switch element.vr {
        case .us, .ss, .ul, .sl, .sv, .ow, .ol: return .integers(set.integers(element.tag))
        case .uv, .ov: return .unsigned(set.integers(element.tag).map { UInt64(clamping: $0) })
        case .fl, .fd, .of, .od: return .decimals(set.doubles(element.tag))
        case .at: return .tags(set.integers(element.tag).map { DICOMTag(rawValue: UInt32(clamping: $0)) })
        case .ob, .un: return .bytes(set.bytes(element.tag) ?? [])
        default: return .text(set.texts(element.tag) ?? [])
        }
    }
}
