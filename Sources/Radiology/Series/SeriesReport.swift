import Formats

/// What `tessera info` says about the DICOM files of a folder: series, stacks, geometry and defects.
public struct SeriesReport: Sendable, Encodable {
    /// A series.
    public struct Series: Sendable, Encodable {
        /// Always `series`: tells the entry from others in a list.
        public let kind = "series"
        /// Series instance UID.
        public var uid: String
        /// Study instance UID.
        public var studyUID: String
        /// Modality.
        public var modality: String
        /// Series number.
        public var number: Int?
        /// Series description.
        public var description: String?
        /// Number of instances, each object once.
        public var instances: Int
        /// The stacks, the largest first.
        public var stacks: [Stack]
        /// What concerns the series as a whole.
        public var defects: [SeriesDefect]
    }

    /// A stack: what makes one volume.
    public struct Stack: Sendable, Encodable {
        /// Columns.
        public var width: Int
        /// Rows.
        public var height: Int
        /// Slices of one volume.
        public var depth: Int
        /// Further axes, slowest first.
        public var axes: [Axis]
        /// `uniform`, `uniformWithGaps`, `irregular`, `sheared`, `notParallel`, `singleSlice` or `unknown`.
        public var geometry: String
        /// Distance between pixel centers along x and y in millimetres, and what it was measured on.
        public var spacing: DICOMPixelSpacing?
        /// Distance of neighboring slices along the normal in millimetres, where there is one.
        public var sliceSpacingMillimetres: Double?
        /// Distance of neighboring slices along the tilt in millimetres, which a volume has along z; sheared stacks only.
        public var stepMillimetres: Double?
        /// Largest distance of a slice from its place of the regular grid in millimetres.
        public var maximumDeviationMillimetres: Double?
        /// Angle between step and normal of a sheared stack in degrees.
        public var tiltDegrees: Double?
        /// Empty places of the grid, from 0.
        public var missing: [Int]
        /// Cells of the grid of further axes and slices that no file fills, from 0, slices fastest.
        public var holes: [Int]
        /// Center of the first pixel of the first slice, LPS, in millimetres.
        public var originMillimetres: [Double]?
        /// `axial`, `coronal` or `sagittal`, with `oblique` before it; absent without an orientation.
        public var plane: String?
        /// Directions of x and y: six cosines, LPS.
        public var orientation: [Double]?
        /// The file of the first frame.
        public var firstFile: String
        /// Number of files.
        public var files: Int
        /// Samples per pixel.
        public var channels: Int
        /// Photometric interpretation.
        public var photometric: String
        /// Bits of a sample.
        public var bitsStored: Int
        /// The attributes by which the slices were split from others of the series.
        public var splitBy: [StackAttribute]
        /// Why, in words.
        public var splitReasons: [String]
        /// What a user has to know.
        public var defects: [SeriesDefect]
        /// What a volume of the stack is by default, and why; `nil` where it is refused.
        public var choices: VolumeChoices?
        /// Why the default policy makes no volume of the stack.
        public var refusal: String?
    }

    /// A further axis of a stack.
    public struct Axis: Sendable, Encodable {
        /// The attribute that varies.
        public var attribute: StackAttribute
        /// Its value at every place.
        public var values: [Double]
    }

    /// The series.
    public var series: [Series]
    /// Objects that are no images of a volume.
    public var objects: [NonImageObject]
    /// What could not be read, one line each.
    public var failures: [String]
    /// Number of other files.
    public var otherFiles: Int

    /// The report of a scan.
    public init(_ scan: DICOMFolderScan, tolerance: StackTolerance = .standard) {
        series = scan.series(tolerance: tolerance).map(Series.init)
        objects = scan.objects
        failures = scan.failures.map(\.description)
        otherFiles = scan.otherCount
    }
}

extension SeriesReport.Series {
    init(_ series: DICOMSeries) {
        uid = series.uid
        studyUID = series.studyUID
        modality = series.modality
        number = series.number
        description = series.seriesDescription
        instances = series.instances.count
        stacks = series.stacks.map { SeriesReport.Stack($0, of: series) }
        defects = series.defects
    }
}

extension SeriesReport.Stack {
    init(_ stack: DICOMStack, of series: DICOMSeries) {
        (width, height, depth) = (stack.pixels.columns, stack.pixels.rows, stack.sliceCount)
        axes = stack.axes.map { SeriesReport.Axis(attribute: $0.attribute, values: $0.values) }
        geometry = stack.geometry.kind.name
        spacing = stack.spacing
        sliceSpacingMillimetres = stack.geometry.spacingMillimetres
        maximumDeviationMillimetres = stack.geometry.maximumDeviationMillimetres
        if case .sheared(let degrees, _, _, _) = stack.geometry.kind {
            (tiltDegrees, stepMillimetres) = (degrees, stack.geometry.stepMillimetres?.length)
        }
        missing = stack.geometry.missing
        holes = stack.holes
        plane = stack.geometry.orientation?.plane
        originMillimetres = stack.geometry.positionsMillimetres.first?.map { [$0.x, $0.y, $0.z] }
        orientation = stack.geometry.orientation.map { [$0.x.x, $0.x.y, $0.x.z, $0.y.x, $0.y.y, $0.y.z] }
        firstFile = series.instances[stack.frames[0].instance].path
        files = Set((stack.frames + stack.surplus).map(\.instance)).count
        channels = stack.pixels.samplesPerPixel
        photometric = stack.pixels.photometric
        bitsStored = stack.pixels.bitsStored
        (splitBy, splitReasons, defects) = (stack.splitBy, stack.splitReasons, stack.defects)
        do throws(FormatError) {
            choices = try VolumeChoices(stack, of: series)
        } catch {
            refusal = error.description
        }
    }
}

extension StackGeometry {
    /// Largest distance of a slice along the normal from its place of the regular grid, where there is one.
    public var maximumDeviationMillimetres: Double? {
        switch kind {
        case .uniform(_, let deviation), .uniformWithGaps(_, let deviation, _), .sheared(_, _, let deviation, _):
            deviation
        default: nil
        }
    }
}

extension StackGeometry.Kind {
    /// The kind's name in reports.
    public var name: String {
        switch self {
        case .uniform: "uniform"
        case .uniformWithGaps: "uniformWithGaps"
        case .irregular: "irregular"
        case .sheared: "sheared"
        case .notParallel: "notParallel"
        case .singleSlice: "singleSlice"
        case .unknown: "unknown"
        }
    }
}
