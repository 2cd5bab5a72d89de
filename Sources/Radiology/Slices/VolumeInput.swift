import Formats
import ImageCore

/// A file with a volume to be cut.
struct VolumeInput: Sendable {
    let path: String
    let request: SliceRequest

    private static let endings = [".nii.gz", ".nii", ".nrrd", ".nhdr", ".mha", ".mhd"]

    /// Whether a path is taken as a volume: by its ending.
    static func isVolume(_ path: String) -> Bool { endings.contains { path.lowercased().hasSuffix($0) } }

    /// The file's name without the ending.
    var name: String {
        let file = String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
        let ending = Self.endings.first { file.lowercased().hasSuffix($0) } ?? ""
        return String(file.dropLast(ending.count))
    }

    func sliceSeries() throws(FormatError) -> SliceSeries {
        let files = try ContentIdentity(files: [path])
        let mask = try request.mask?.identity() ?? "none"
        return SliceSeries(name: name, identity: "\(files); mask \(mask)") { () throws(FormatError) in try load() }
    }

    private func load() throws(FormatError) -> SliceSource {
        let options = ReadOptions(limits: request.volume.limits)
        var image = try FormatTable.standard.readImage(path: path, options: options)
        guard image.axes == [.z, .y, .x] else {
            throw FormatError(
                .invalidRequest, file: path, expected: "a gray volume with the axes z, y, x",
                found: image.layout.inWords)
        }
        // These formats name no unit: who asks for a window in Hounsfield units says that it is theirs.
        if request.needsHounsfield && image.domain != .labels { image.domain = .hounsfield }
        var source = SliceSource(volume: image)
        source.notes += image.metadata.remarks
        if image.domain == .hounsfield, !image.accept(HasNegativeValue()) {
            source.notes.append("no value is below 0, as air in Hounsfield units is: \(request.hintWithoutHounsfield)")
        }
        try request.complete(&source, name: name)
        return source
    }
}

/// Whether a value is below 0.
private struct HasNegativeValue: ImageVisitor {
    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Bool {
        let contiguous = image.contiguous()
        let samples = contiguous.samples
        return samples.indices.contains { samples[$0].saturated(to: Float.self) < 0 }
    }
}
