import Formats
import ImageCore

/// A label volume that is taken as a mask.
struct MaskFile {
    let path: String
    /// The labels that count; empty for all but 0.
    let labels: Set<Int>

    /// The formats of label volumes.
    private static let formats = FormatTable([NIfTIFormat.format, NRRDFormat.format, MetaImageFormat.format])

    /// What the mask depends on.
    func identity() throws(FormatError) -> String {
        try checkKind()
        return "labels \(labels.isEmpty ? "all" : labels.inWords) of \(try ContentIdentity(files: [path]))"
    }

    /// The mask, and what a user has to know of it.
    func read() throws(FormatError) -> (mask: Image<Bool>, notes: [String]) {
        try checkKind()
        let image = try image()
        guard image.axes == [.z, .y, .x] else { throw refuse("a label volume", image.layout.inWords) }
        try checkValues(image)
        let found = image.accept(LabelTest(labels: labels))
        let absent = labels.subtracting(found.labels)
        guard found.mask.trueCount > 0 else {
            return (
                found.mask, ["the mask is empty: it has no label \(labels.isEmpty ? "other than 0" : absent.inWords)"]
            )
        }
        return (found.mask, absent.isEmpty ? [] : ["the mask has no label \(absent.inWords)"])
    }

    private func image() throws(FormatError) -> AnyImage {
        do throws(FormatError) {
            return try Self.formats.readImage(path: path)
        } catch {
            throw error.code == .notRecognized ? refuse(Self.kinds, error.found) : error
        }
    }

    /// Refuses what is no label volume by its kind, and says what makes one of it.
    private func checkKind() throws(FormatError) {
        let hint = "; tessera regions makes label volumes of DICOM segmentations, structure sets and reports"
        guard !FilePaths.isFolder(path) else { throw refuse(Self.kinds, "a folder" + hint) }
        let source = try ByteSource(path: path)
        let header = try source.prefix(FormatTable.headerLength)
        let kind = FormatTable.standard.formats.first { $0.matches(header) }?.name
        guard let kind, !Self.formats.formats.contains(where: { $0.name == kind }) else { return }
        throw refuse(Self.kinds, kind + (kind == DICOMFormat.format.name ? hint : ""))
    }

    private static let kinds = "a label volume (NIfTI, NRRD, MetaImage)"

    /// Refuses what are no labels: probabilities, the values of a scan.
    private func checkValues(_ image: AnyImage) throws(FormatError) {
        let span = image.accept(FindValueSpan())
        guard !(span.isWhole && span.low >= 0) else { return }
        let range = "\(short(span.low)) to \(short(span.high))"
        let found =
            !span.isFinite
            ? "values that are not finite" : span.low < 0 ? "values from \(range)" : "fractions in \(range)"
        throw refuse("labels, whole numbers from 0 up", found)
    }

    private func refuse(_ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: path, place: "mask", expected: expected, found: found)
    }
}

extension Set<Int> {
    fileprivate var inWords: String { sorted().map { String($0) }.joined(separator: ", ") }
}

/// The voxels with some labels, and which of these there are.
private struct LabelTest: ImageVisitor {
    let labels: Set<Int>

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> (mask: Image<Bool>, labels: Set<Int>) {
        if labels.isEmpty { return (image.map { $0 != .zero }, []) }
        let wanted = Set(labels.map(Double.init))
        var found: Set<Double> = []
        let mask = image.map {
            let value = $0.saturated(to: Double.self)
            guard wanted.contains(value) else { return false }
            found.insert(value)
            return true
        }
        return (mask, Set(found.map { Int($0) }))
    }
}
