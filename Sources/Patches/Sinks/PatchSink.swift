public import Formats
import ImageCore

/// One patch on its way to the output: its plan and the names it goes by.
public struct PatchItem: Sendable {
    /// `<slide>_x<X>_y<Y>`, unique within a run.
    public let name: String
    /// The slide's name.
    public let slide: String
    /// Area, tissue, label and coverage.
    public let patch: PlannedPatch

    /// The folder of the patch below `patches` or `masks`: `[<label>/]<slide>`.
    ///
    /// Characters of a label that no folder can have become `_`.
    var folder: String { patch.label.isEmpty ? slide : "\(FilePaths.folderName(patch.label))/\(slide)" }

    /// An item by its parts.
    public init(slide: String, patch: PlannedPatch) {
        name = "\(slide)_x\(patch.area.x)_y\(patch.area.y)"
        self.slide = slide
        self.patch = patch
    }
}

/// Where a patch was put.
public struct PatchLocation: Sendable, Hashable {
    /// The file, relative to the output folder.
    public let path: String
    /// Where in the file the patch's own bytes start, when the file holds several.
    public let offset: Int?

    /// A location by its parts.
    public init(path: String, offset: Int? = nil) {
        self.path = path
        self.offset = offset
    }
}

/// Takes the patches of one slide into files below a staging folder.
public protocol PatchSink: Sendable {
    /// Compresses a patch; called on many threads.
    func prepare(_ item: PatchItem, _ samples: Span<UInt8>) throws(FormatError) -> [UInt8]
    /// Stores a compressed patch; called on one thread, in the order of extraction.
    func store(_ item: PatchItem, _ bytes: [UInt8]) throws(FormatError) -> PatchLocation
    /// Closes the files; called once, after the last patch.
    func finish() throws(FormatError)
}
