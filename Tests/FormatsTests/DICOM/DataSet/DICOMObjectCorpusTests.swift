import Formats
import TestSupport
import Testing

struct `The data set through DCMTK` {
    static let files = (TestData.files(below: "dicom") + TestData.files(below: "series")).filter { file in
        guard let path = try? TestData.path(file), let source = try? ByteSource(path: path) else { return false }
        return (try? DICOMHeader.recognizes(source.prefix(256))) ?? false
    }

    /// Files that end early, which DCMTK 3.6.7 refuses.
    static let refused: Set<String> = [
        "dicom/pydicom/MR_truncated.dcm", "dicom/pydicom/SC_rgb_jpeg.dcm", "dicom/pydicom/rtplan_truncated.dcm",
    ]

    @Test(.needsTestData, arguments: files)
    func `is that of the own parser`(file: String) throws {
        let path = try TestData.path(file)
        let object = try DICOMObject(path: path)
        #expect((object.source != .dcmtk) == Self.refused.contains(file))
        let header = try DICOMHeader(path: path)
        var comparison = DataSetComparison()
        comparison.compare(object.fileMeta, header.fileMeta, path: "", isImplicit: false)
        comparison.compare(
            object.dataSet, header.dataSet, path: "", isImplicit: !header.transferSyntax.isExplicitVR,
            before: header.pixelData?.tag)
        #expect(comparison.differences.isEmpty)
        #expect(comparison.compared > 0)
    }
}

/// Compares DCMTK's tree with the own parser's, element by element.
struct DataSetComparison {
    var differences: [String] = []
    var compared = 0

    mutating func compare(
        _ object: DICOMItem, _ own: DICOMDataSet, path: String, isImplicit: Bool, before tail: DICOMTag? = nil
    ) {
        var theirs = object.attributes.filter { !$0.tag.isGroupLengthOrPadding }
        if let tail { theirs = theirs.filter { $0.tag < tail } }
        let ours = own.elements.filter { !$0.tag.isGroupLengthOrPadding }
        guard theirs.map(\.tag) == ours.map(\.tag) else {
            let missing = Set(theirs.map(\.tag)).symmetricDifference(ours.map(\.tag)).sorted().prefix(4)
            differences.append("\(path): tags differ: \(missing) \(theirs.count) \(ours.count)")
            return
        }
        for (attribute, element) in zip(theirs, ours) {
            compare(attribute, element, own, place: "\(path)\(attribute.tag)", isImplicit: isImplicit)
        }
    }

    private mutating func compare(
        _ attribute: DICOMAttribute, _ element: DICOMElement, _ own: DICOMDataSet, place: String, isImplicit: Bool
    ) {
        compared += 1
        let isKnown = !(isImplicit && element.vr == .un)
        // Implicit data sets do not say US or SS: the own parser decides when it reads the value.
        let isChosenLater = isImplicit && attribute.vr == .ss && element.vr == .us
        // DCMTK calls an unknown value of open length, which must hold items, a sequence.
        let isOpen = element.vr == .un && element.isUndefinedLength
        if isKnown, !isChosenLater, !isOpen, attribute.vr != element.vr {
            differences.append("\(place): VR \(attribute.vr) \(element.vr)")
        }
        let length = element.isUndefinedLength ? nil : element.length
        // DCMTK rounds odd lengths, which are not allowed, up.
        if attribute.length != length, attribute.length != length.map({ $0 + $0 % 2 }) {
            differences.append("\(place) \(attribute.vr): length \(attribute.length ?? -1) \(length ?? -1)")
        }
        guard isKnown || element.isUndefinedLength else { return }
        switch attribute.value {
        case .items(let items):
            let inner = own.items(element.tag)
            guard items.count == inner.count else {
                differences.append("\(place): items \(items.count) \(inner.count)")
                return
            }
            for (item, set) in zip(items, inner) {
                compare(item, set, path: place + "/", isImplicit: isImplicit || element.vr == .un)
            }
        case .text(let texts):
            if texts != own.texts(element.tag) {
                differences.append("\(place): text \(texts) \(own.texts(element.tag) ?? [])")
            }
        case .integers(let numbers):
            if numbers != own.integers(element.tag) { differences.append("\(place): integers \(numbers.prefix(9))") }
        case .decimals(let numbers):
            if numbers.allSatisfy(\.isFinite), numbers != own.doubles(element.tag) {
                differences.append("\(place): decimals \(numbers.prefix(9))")
            }
        case .bytes(let bytes):
            if bytes.prefix(element.length) != own.bytes(element.tag)?[...] { differences.append("\(place): bytes") }
        case .tags(let tags):
            if tags.map({ Int($0.rawValue) }) != own.integers(element.tag) { differences.append("\(place): tags") }
        case .empty, .unsigned, .notLoaded: break
        }
    }
}

extension DICOMTag {
    /// Group lengths and padding, which DCMTK may leave out.
    fileprivate var isGroupLengthOrPadding: Bool { element == 0 || self == DICOMTag(0xFFFC, 0xFFFC) }
}
