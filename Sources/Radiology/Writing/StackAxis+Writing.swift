import Formats

extension [StackAxis] {
    /// Checks that single images can tell the places of the axes apart.
    func checkAreWritable(file: String) throws(FormatError) {
        for axis in self where axis.attribute.writtenTag == nil {
            throw FormatError(
                .unsupported, file: file, place: "volume", expected: "an axis that single images can name",
                found: axis.attribute.rawValue)
        }
        let tags = compactMap(\.attribute.writtenTag)
        guard Set(tags).count == tags.count else {
            throw FormatError(
                .unsupported, file: file, place: "volume", expected: "axes of different attributes",
                found: map(\.attribute.rawValue).joined(separator: ", "))
        }
    }

    /// The attributes of one place along the axes, the last of which varies fastest.
    func attributes(at place: Int) -> DICOMItem {
        var item = DICOMItem()
        var rest = place
        for axis in reversed() {
            let index = rest % Swift.max(1, axis.count)
            rest /= Swift.max(1, axis.count)
            guard let tag = axis.attribute.writtenTag else { continue }
            switch tag {
            case .temporalPositionIdentifier:
                item.put(tag, .is, index + 1)
                item.put(.numberOfTemporalPositions, .is, axis.count)
            case .acquisitionNumber, .echoNumbers: item.put(tag, .is, Int(exactly: axis.values[index].rounded()))
            default: item.put(tag, .ds, [axis.values[index]])
            }
        }
        return item
    }
}

extension StackAttribute {
    /// The attribute by which single images name a place along the axis: its own, or a temporal position for all that
    /// counts time or images; `nil` where neither would be true.
    fileprivate var writtenTag: DICOMTag? {
        switch self {
        case .temporalPosition, .frameReferenceTime, .cineTime, .acquisitionTime, .contentTime, .instanceNumber:
            .temporalPositionIdentifier
        case .acquisitionNumber: .acquisitionNumber
        case .echoNumber: .echoNumbers
        case .echoTime: .echoTime
        case .flipAngle: .flipAngle
        case .triggerTime: .triggerTime
        default: nil
        }
    }
}
