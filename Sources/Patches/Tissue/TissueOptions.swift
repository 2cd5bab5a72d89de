import Formats

/// Everything that `tessera tissue` is asked for.
public struct TissueOptions: Sendable {
    /// Slides and folders of slides.
    public var slides: [String]
    /// The output folder.
    public var output: String
    /// How tissue is told from glass.
    public var method = TissueMethod.otsu
    /// Whether an overview picture is written for each slide.
    public var writesOverview = false
    /// Resolutions that replace what the slides say.
    public var mppTable: MPPTable?
    /// Number of threads.
    public var jobs = 1
    /// The part of the slides that this process does.
    public var shard = Shard.whole

    /// The defaults for some slides.
    public init(slides: [String], output: String) {
        self.slides = slides
        self.output = output
    }
}

/// What `run.json` holds: every parameter that decides over the outputs.
struct TissueParameters: Encodable {
    let command = "tissue"
    let tessera = tesseraVersion
    let libraries = CodecVersions.all
    let method: String
    let overview: Bool
    let mppTable: [String: Double]

    init(_ options: TissueOptions) {
        (method, overview) = (options.method.name, options.writesOverview)
        mppTable = options.mppTable?.values ?? [:]
    }
}
