extension DICOMDataSet {
    /// The items of a sequence, in their order; none when the attribute is absent or is no sequence.
    ///
    /// Items that cannot be read are left out; see ``checkedItems(_:)``.
    public func items(_ tag: DICOMTag) -> [DICOMDataSet] { (try? checkedItems(tag)) ?? [] }

    /// The items of a sequence, in their order.
    ///
    /// Where a file ends early, the last item has the elements that are whole, and the whole items of its own sequences, at
    /// every depth; it is left out when there are none.
    /// - Throws: ``FormatError`` when the nesting or the number of items or elements is beyond the limits.
    public func checkedItems(_ tag: DICOMTag) throws(FormatError) -> [DICOMDataSet] {
        guard let element = element(tag), element.length >= 8 else { return [] }
        var parser = DICOMParser(try window(over: element), limits: limits)
        let end = element.offset + element.length
        let inner = element.itemEncoding
        let places = try parser.items(at: element.offset, end: end, encoding: inner, depth: depth + 1)
        var sets: [DICOMDataSet] = []
        sets.reserveCapacity(places.count)
        for place in places {
            var offset = place.offset
            var elements: [DICOMElement] = []
            _ = try parser.walk(
                at: &offset, end: place.end, encoding: inner, stopsAtPixelData: false, depth: depth + 1,
                into: &elements)
            if place.isCut && elements.isEmpty { continue }
            sets.append(
                DICOMDataSet(
                    elements: elements, source: source, blocks: parser.window.blocks, encoding: inner, limits: limits,
                    depth: depth + 1, characterSet: characterSet))
        }
        return sets
    }

    /// A window that holds a sequence's bytes: the block where it is in memory, else a new one.
    private func window(over element: DICOMElement) throws(FormatError) -> DICOMWindow {
        for block in blocks where block.contains(element.offset, count: element.length) {
            return DICOMWindow(source, block: block, limit: 0)
        }
        guard element.length <= limits.bytes else {
            throw FormatError(
                .limitExceeded, file: source.name, place: "\(element.tag) at offset \(element.offset)",
                expected: "at most \(limits.bytes) bytes", found: "\(element.length)")
        }
        let bytes = try source.bytes(at: element.offset, count: element.length)
        return DICOMWindow(source, block: DICOMBlock(start: element.offset, bytes: bytes), limit: 0)
    }
}
