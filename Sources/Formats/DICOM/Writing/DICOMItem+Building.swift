extension DICOMItem {
    /// Puts an attribute into its place among the others, which stand in rising order; an older value is replaced.
    public mutating func put(_ tag: DICOMTag, _ vr: DICOMVR, _ value: DICOMValue) {
        let attribute = DICOMAttribute(tag, vr, value)
        let place = attributes.firstIndex { $0.tag >= tag } ?? attributes.count
        if place < attributes.count, attributes[place].tag == tag {
            attributes[place] = attribute
        } else {
            attributes.insert(attribute, at: place)
        }
    }

    /// Puts a text; `nil` makes the attribute empty, as attributes of type 2 are when nothing is known.
    public mutating func put(_ tag: DICOMTag, _ vr: DICOMVR, _ text: String?) {
        put(tag, vr, text.map { $0.isEmpty ? .empty : .text([$0]) } ?? .empty)
    }

    /// Puts several texts.
    public mutating func put(_ tag: DICOMTag, _ vr: DICOMVR, _ texts: [String]) {
        put(tag, vr, texts.isEmpty ? .empty : .text(texts))
    }

    /// Puts a whole number, binary or as text (IS); `nil` makes the attribute empty.
    public mutating func put(_ tag: DICOMTag, _ vr: DICOMVR, _ number: Int?) {
        put(tag, vr, number.map { .integers([$0]) } ?? .empty)
    }

    /// Puts decimal numbers, binary or as text (DS).
    public mutating func put(_ tag: DICOMTag, _ vr: DICOMVR, _ numbers: [Double]) {
        put(tag, vr, numbers.isEmpty ? .empty : .decimals(numbers))
    }

    /// Puts a sequence.
    public mutating func put(_ tag: DICOMTag, items: [DICOMItem]) { put(tag, .sq, .items(items)) }

    /// Takes over the attributes of another item; its values win.
    public mutating func merge(_ other: DICOMItem) {
        for attribute in other.attributes { put(attribute.tag, attribute.vr, attribute.value) }
    }
}
