import Formats
import ImageCore
import ImageProcessing

/// Where the mask of a series comes from.
public enum MaskSource: Sendable, Hashable {
    /// The lungs, found by ``LungSegmentation``.
    case lung
    /// The body, found by ``BodySegmentation``.
    case body
    /// The voxels of a label volume (NIfTI, NRRD, MetaImage) that are not 0, or those with some labels.
    case file(path: String, labels: Set<Int>)

    /// Whether the mask is worked out from Hounsfield units.
    public var isComputed: Bool { self == .lung || self == .body }
}

extension MaskSource {
    /// What the mask depends on: a run with another one is done anew.
    func identity() throws(FormatError) -> String {
        guard case .file(let path, let labels) = self else { return self == .lung ? "lung" : "body" }
        let numbers = labels.isEmpty ? "all" : labels.sorted().map(String.init).joined(separator: ", ")
        return "labels \(numbers) of \(try ContentIdentity(files: [path]))"
    }

    /// Puts the mask beside a volume.
    func apply(to source: inout SliceSource, name: String) throws(FormatError) {
        do throws(ImageError) {
            switch self {
            case .lung:
                let found = try LungSegmentation().segment(source.volume)
                (source.mask, source.body) = (found.mask, found.body)
                if found.outcome != .twoLungs { source.notes.append("lungs: \(found.outcome.description)") }
            case .body:
                source.mask = try BodySegmentation().mask(of: source.volume)
                source.body = source.mask
            case .file: break
            }
        } catch {
            throw FormatError(.invalidRequest, file: name, found: error.description)
        }
        guard case .file(let path, let labels) = self else { return }
        let image = try FormatTable.standard.readImage(path: path)
        guard image.axes == [.z, .y, .x] else {
            throw FormatError(.invalidRequest, file: path, expected: "a label volume", found: image.layout.inWords)
        }
        let mask = image.accept(LabelTest(labels: labels))
        source.mask = mask
        guard mask.trueCount == 0 else { return }
        let wanted = labels.isEmpty ? "other than 0" : labels.sorted().map(String.init).joined(separator: ", ")
        source.notes.append("the mask is empty: \(path) has no label \(wanted)")
    }
}

/// The voxels with some labels.
private struct LabelTest: ImageVisitor {
    let labels: Set<Int>

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Bool> {
        if labels.isEmpty { return image.map { $0 != .zero } }
        let wanted = Set(labels.map(Double.init))
        return image.map { wanted.contains($0.saturated(to: Double.self)) }
    }
}
