import Formats
public import Annotations

/// Everything that `tessera patches` is asked for.
public struct PatchOptions: Sendable {
    /// What is written for each patch.
    public enum Format: String, Sendable, Hashable, CaseIterable, Codable {
        /// One JPEG file each.
        case jpeg
        /// One PNG file each.
        case png
        /// Tar shards for WebDataset, with JPEG inside.
        case webdataset
        /// Only the rows of the manifest.
        case coordinates
    }

    /// Slides and folders of slides.
    public var slides: [String]
    /// The output folder.
    public var output: String
    /// Size, stride, resolution, edges, quotas.
    public var request = PatchRequest()
    /// How tissue is told from glass.
    public var tissue = TissueMethod.otsu
    /// Annotation files and folders.
    public var annotations: [String] = []
    /// Names, numbers and order of the classes; `nil` takes them from the annotation files.
    public var classes: ClassMap?
    /// How coordinates in annotation files are meant where the files do not say it.
    public var reading = AnnotationReading()
    /// What is written for each patch.
    public var format = Format.jpeg
    /// Quality of JPEG, 1 to 100.
    public var quality = 90
    /// Whether a mask of the classes is written for each patch.
    public var writesMasks = false
    /// Whether an overview picture is written for each slide.
    public var writesOverview = false
    /// Resolutions that replace what the slides say.
    public var mppTable: MPPTable?
    /// What becomes of patches whose tiles cannot be decoded.
    public var corruptTiles = CorruptTilePolicy.skip
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
struct PatchParameters: Encodable {
    let command = "patches"
    let tessera = tesseraVersion
    let libraries = CodecVersions.all
    let size: Int
    let stride: Int
    let resolution: String
    let edge: EdgePolicy
    let tissue: String
    let minTissue: Double
    let annotations: [String]
    let annotationUnit: AnnotationReading.Unit?
    let annotationOrder: String?
    let annotationRows: String?
    let classes: ClassMap
    let minCoverage: [String: Double]
    let perClass: Int?
    let perSlide: Int?
    let seed: UInt64
    let format: PatchOptions.Format
    let quality: Int
    let writeMasks: Bool
    let overview: Bool
    let mppTable: [String: Double]
    let corruptTiles: CorruptTilePolicy

    init(_ options: PatchOptions, classes: ClassMap) {
        let request = options.request
        (size, stride, resolution, edge) = (request.size, request.stride, "\(request.scale)", request.edge)
        (tissue, minTissue) = (options.tissue.name, request.minTissue)
        (annotations, self.classes) = (options.annotations, classes)
        annotationUnit = options.reading.unit
        annotationOrder = options.reading.order?.rawValue
        annotationRows = options.reading.rows?.rawValue
        minCoverage = request.labels.minimum
        (perClass, perSlide, seed) = (request.quota.perClass, request.quota.perSlide, request.quota.seed)
        (format, quality) = (options.format, options.quality)
        (writeMasks, overview) = (options.writesMasks, options.writesOverview)
        mppTable = options.mppTable?.values ?? [:]
        corruptTiles = options.corruptTiles
    }
}
