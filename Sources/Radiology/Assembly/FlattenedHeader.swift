import Formats

/// A header, and the functional groups that hold the parameters of multi-frame objects: those of all frames, then those of
/// the first.
struct FlattenedHeader {
    let sets: [DICOMDataSet]

    init(_ dataSet: DICOMDataSet) {
        let groups = [DICOMTag(0x5200, 0x9229), DICOMTag(0x5200, 0x9230)].compactMap { dataSet.items($0).first }
        sets = [dataSet] + groups.flatMap { group in group.elements.flatMap { group.items($0.tag) } }
    }

    func texts(_ tags: [DICOMTag]) -> [String]? { first(tags) { $0.texts($1) } }

    func number(_ tags: [DICOMTag]) -> Double? {
        first(tags) { $0.double($1) }.flatMap { $0.isFinite && abs($0) < 0x1p53 ? $0 : nil }
    }

    private func first<Value>(_ tags: [DICOMTag], _ value: (DICOMDataSet, DICOMTag) -> Value?) -> Value? {
        for tag in tags {
            for set in sets { if let found = value(set, tag) { return found } }
        }
        return nil
    }
}
