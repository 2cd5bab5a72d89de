import Formats
public import Annotations
public import ImageCore

/// Everything that `tessera masks` is asked for.
public struct MaskOptions: Sendable {
    /// The file format of masks.
    public enum Format: String, Sendable, Hashable, CaseIterable, Codable {
        /// Tiled pyramid, deflate; BigTIFF when needed.
        case tiff
        /// PNG of the one resolution.
        case png
    }

    /// Slides and folders of slides; empty with ``canvas``.
    public var slides: [String]
    /// Annotation files and folders.
    public var annotations: [String]
    /// The output folder.
    public var output: String
    /// The size of the canvas in pixels of level 0 when there are no slides: one mask for each annotation file.
    public var canvas: PixelSize?
    /// The resolution of the masks.
    public var scale = TargetScale.level(0)
    /// Names, numbers and order of the classes; `nil` takes them from the annotation files.
    public var classes: ClassMap?
    /// Which pixels belong to a region.
    public var rule = Rasterizer.Rule.center
    /// The file format.
    public var format = Format.tiff
    /// Whether a mask of the tissue that no annotation covers is written as well.
    public var writesNormalTissue = false
    /// How tissue is told from glass for that mask.
    public var tissue = TissueMethod.otsu
    /// Whether an overview picture is written for each slide.
    public var writesOverview = false
    /// Resolutions that replace what the slides say.
    public var mppTable: MPPTable?
    /// How coordinates in annotation files are meant where the files do not say it.
    public var reading = AnnotationReading()
    /// Number of threads.
    public var jobs = 1
    /// The part of the inputs that this process does.
    public var shard = Shard.whole

    /// The defaults for some slides and annotations.
    public init(slides: [String], annotations: [String], output: String) {
        self.slides = slides
        self.annotations = annotations
        self.output = output
    }
}

/// What `run.json` holds: every parameter that decides over the outputs.
struct MaskParameters: Encodable {
    let command = "masks"
    let tessera = tesseraVersion
    let libraries = CodecVersions.all
    let resolution: String
    let canvas: PixelSize?
    let annotations: [String]
    let classes: ClassMap
    let rule: Rasterizer.Rule
    let format: MaskOptions.Format
    let normalTissue: Bool
    let tissue: String
    let overview: Bool
    let annotationUnit: AnnotationReading.Unit?
    let annotationOrder: String?
    let annotationRows: String?
    let mppTable: [String: Double]

    init(_ options: MaskOptions, classes: ClassMap) {
        (resolution, canvas, annotations) = ("\(options.scale)", options.canvas, options.annotations)
        (self.classes, rule, format) = (classes, options.rule, options.format)
        (normalTissue, tissue) = (options.writesNormalTissue, options.tissue.name)
        annotationUnit = options.reading.unit
        annotationOrder = options.reading.order?.rawValue
        annotationRows = options.reading.rows?.rawValue
        (overview, mppTable) = (options.writesOverview, options.mppTable?.values ?? [:])
    }
}
