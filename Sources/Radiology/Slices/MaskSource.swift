import Formats
import ImageCore
import ImageProcessing

/// Where the mask of a series comes from.
public enum MaskSource: Sendable, Hashable {
    /// The lungs, found by ``LungSegmentation``.
    case lung
    /// The body, found by ``BodySegmentation``.
    case body
    /// The voxels of a label volume (NIfTI, NRRD, MetaImage; whole numbers from 0 up) that are not 0, or those with some labels.
    case file(path: String, labels: Set<Int>)

    /// Whether the mask is worked out from Hounsfield units.
    public var isComputed: Bool { self == .lung || self == .body }
}

extension MaskSource {
    /// What the mask depends on: a run with another one is done anew.
    func identity() throws(FormatError) -> String {
        switch self {
        case .lung: "lung"
        case .body: "body"
        case .file(let path, let labels): try MaskFile(path: path, labels: labels).identity()
        }
    }

    /// Puts the mask beside a volume.
    func apply(to source: inout SliceSource, name: String) throws(FormatError) {
        switch self {
        case .lung:
            let found = try named(name) { () throws(ImageError) in
                try LungSegmentation().segment(source.volume, validity: source.validity)
            }
            (source.mask, source.body) = (found.mask, found.body)
            if found.outcome != .twoLungs { source.notes.append("lungs: \(found.outcome.description)") }
        case .body:
            source.mask = try named(name) { () throws(ImageError) in
                try BodySegmentation().mask(of: source.volume, validity: source.validity)
            }
            source.body = source.mask
        case .file(let path, let labels):
            let (mask, notes) = try MaskFile(path: path, labels: labels).read()
            source.mask = try named(path) { () throws(ImageError) in try source.placed(mask) }
            source.notes += notes
        }
    }

    /// Names the file or series that an error is about.
    private func named<Result>(
        _ name: String, _ body: () throws(ImageError) -> Result
    ) throws(FormatError) -> Result {
        do throws(ImageError) {
            return try body()
        } catch {
            throw FormatError(.invalidRequest, file: name, found: error.description)
        }
    }
}
