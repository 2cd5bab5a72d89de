import Formats

/// What became of one slide: `slides/<slide>.json`.
///
/// All but ``timings`` depends on the inputs and parameters alone.
public struct SlideRecord: Codable, Sendable {
    /// Whether the slide's outputs are whole.
    public enum Status: String, Codable, Sendable {
        /// They are.
        case done
        /// There are none, and ``SlideRecord/failures`` says why.
        case failed
        /// They are being moved to their places, or removed; left by a run that was killed in that moment.
        case unfinished
    }

    /// The slide's name.
    public var slide: String
    /// The path it was opened from.
    public var path: String
    /// Size and modification time of the file, to notice that it was replaced.
    public var input: InputIdentity
    /// The same of the other files that the outputs were made from, by path: annotations, a tissue mask.
    public var companions: [String: InputIdentity] = [:]
    /// Whether the outputs are whole.
    public var status: Status
    /// One line for each thing that could not be done.
    public var failures: [String] = []
    /// One line for each thing that is odd and was accepted.
    public var warnings: [String] = []
    /// The format's name.
    public var format: String?
    /// Who decoded the slide.
    public var engine: String?
    /// Width and height of level 0.
    public var width: Int?
    /// Height of level 0.
    public var height: Int?
    /// The level that was read.
    public var level: Int?
    /// Pixels of level 0 per pixel of the result.
    public var downsample: Double?
    /// Pixels of the level per pixel of the result; 1 means native pixels.
    public var scale: Double?
    /// Micrometres per pixel of the result.
    public var mpp: Double?
    /// Where the resolution comes from.
    public var mppSource: String?
    /// The annotation file.
    public var annotation: String?
    /// The fraction of the slide that is tissue.
    public var tissueFraction: Double?
    /// Places on the grid.
    public var gridPatches: Int?
    /// Patches that were written.
    public var patches: Int?
    /// Patches that were left out because a tile could not be decoded.
    public var skippedPatches: Int?
    /// Tiles that the file does not store; their pixels are background.
    public var missingTiles: Int?
    /// Number of patches by label.
    public var labels: [String: Int]?
    /// Files and folders that belong to the slide, relative to the output folder.
    public var outputs: [String] = []
    /// Seconds of wall time by stage; the only part that differs between runs.
    public var timings: [String: Double]?

    /// A record of a slide that nothing was done with yet.
    public init(slide: String, path: String, input: InputIdentity, status: Status) {
        self.slide = slide
        self.path = path
        self.input = input
        self.status = status
    }

    /// The warnings with the file that they are about.
    var locatedWarnings: [String] { warnings.map { "\(annotation ?? path): \($0)" } }

    /// Adds what could not be done, each thing once.
    mutating func add(failures new: [FormatError]) {
        for line in new.map(\.description) where !failures.contains(line) { failures.append(line) }
    }
}

/// By what a file is recognized as unchanged.
public struct InputIdentity: Codable, Sendable, Hashable {
    /// Size in bytes.
    public var bytes: Int
    /// Modification time in nanoseconds since 1970.
    public var modified: Int
}
