public import Formats

/// An object that marks regions: a segmentation, a structure set or a structured report.
public enum RegionObject: Sendable {
    /// Voxels.
    case segmentation(Segmentation)
    /// Contours.
    case structureSet(StructureSet)
    /// Spatial coordinates of measurements.
    case report(RegionReport)

    /// Reads an object.
    ///
    /// - Throws: ``FormatError`` when the file marks no regions, cannot be read or goes beyond the limits.
    public init(path: String, limits: DecodeLimits = .standard) throws(FormatError) {
        let header = try DICOMHeader(path: path, limits: limits)
        if Segmentation.recognizes(header) {
            self = .segmentation(try Segmentation(header, limits: limits))
        } else if StructureSet.recognizes(header) {
            self = .structureSet(try StructureSet(header, limits: limits))
        } else if RegionReport.recognizes(header) {
            self = .report(try RegionReport(header, limits: limits))
        } else {
            throw FormatError(
                .unsupported, file: path, place: "SOP class", expected: "a segmentation, structure set or report",
                found: header.dataSet.text(.sopClassUID) ?? "none")
        }
    }

    /// Whether an object of this kind can mark regions.
    public static func canMark(_ kind: NonImageObject.Kind) -> Bool {
        [.segmentation, .structureSet, .report].contains(kind)
    }

    /// Whether there is any region.
    public var hasRegions: Bool {
        switch self {
        case .segmentation(let object): object.segments.contains { $0.number > 0 }
        case .structureSet(let object): !object.regions.isEmpty
        case .report(let object): !object.regions.isEmpty
        }
    }

    /// What is wrong with the object, whatever grid it is painted on.
    public var defects: [RegionDefect] {
        switch self {
        case .segmentation(let object): object.defects
        case .structureSet(let object): object.defects
        case .report(let object): object.defects
        }
    }

    /// The images that the regions were drawn on.
    public var referencedInstanceUIDs: Set<String> {
        switch self {
        case .segmentation(let object): Set(object.sources.map(\.sopInstanceUID))
        case .structureSet(let object): object.referencedInstanceUIDs
        case .report(let object): object.referencedInstanceUIDs
        }
    }

    /// The series that the object names.
    public var referencedSeriesUIDs: [String] {
        switch self {
        case .segmentation(let object): object.referencedSeriesUIDs
        case .structureSet(let object): object.referencedSeriesUIDs
        case .report: []
        }
    }

    /// The frame of reference of the regions.
    public var frameOfReferenceUID: String? {
        switch self {
        case .segmentation(let object): object.frameOfReferenceUID
        case .structureSet(let object):
            object.frameOfReferenceUID ?? object.regions.compactMap(\.frameOfReferenceUID).first
        case .report(let object): object.regions.compactMap(\.frameOfReferenceUID).first
        }
    }

    /// Label maps of all regions on a grid.
    ///
    /// - Parameters:
    ///   - grid: The slices of the series; only a segmentation can do without.
    ///   - segmentations: Segmentations that a report may refer to.
    ///   - isCancelled: Asked before each slice or frame.
    /// - Returns: The label maps, and what the labels mean.
    /// - Throws: ``RegionError``.
    public func labels(
        on grid: SliceGrid, segmentations: [Segmentation] = [], isCancelled: @escaping CancellationCheck = { false }
    ) throws(RegionError) -> RegionLabels {
        switch self {
        case .segmentation(let object): try object.regionLabels(on: grid, isCancelled: isCancelled)
        case .structureSet(let object): try object.labels(on: grid, isCancelled: isCancelled)
        case .report(let object):
            try object.labels(on: grid, segmentations: segmentations, isCancelled: isCancelled)
        }
    }

    /// The stack that the regions belong to: the one with most of the images that they were drawn on, else the largest of
    /// a series that the object names, else the largest in its frame of reference.
    ///
    /// - Parameter stacks: Stacks with their series.
    /// - Returns: An index into the stacks; `nil` when none fits.
    public func stack(among stacks: [(series: DICOMSeries, stack: DICOMStack)]) -> Int? {
        let instances = referencedInstanceUIDs
        let series = Set(referencedSeriesUIDs)
        let frame = frameOfReferenceUID
        let ranks = stacks.map { candidate -> (Int, Int, Int) in
            let (own, stack) = candidate
            let shared = Set(stack.frames.map { own.instances[$0.instance].sopInstanceUID }).intersection(instances)
            let hasFrame =
                frame != nil && stack.frames.contains { own.instances[$0.instance].frameOfReferenceUID == frame }
            return (shared.count, series.contains(own.uid) ? 2 : hasFrame ? 1 : 0, stack.frames.count)
        }
        let best = ranks.indices.max { ranks[$0] < ranks[$1] || (ranks[$0] == ranks[$1] && $0 > $1) }
        return best.flatMap { ranks[$0].0 > 0 || ranks[$0].1 > 0 ? $0 : nil }
    }
}

extension RegionObject {
    /// A note where a stack that ``stack(among:)`` found is not what the object refers to: it shares a frame of reference.
    public func note(on stack: DICOMStack, of series: DICOMSeries) -> RegionDefect? {
        let instances = referencedInstanceUIDs
        guard !referencedSeriesUIDs.contains(series.uid),
            !stack.frames.contains(where: { instances.contains(series.instances[$0.instance].sopInstanceUID) })
        else { return nil }
        let named = referencedSeriesUIDs.first.map { "the series \($0)" } ?? "other images"
        return RegionDefect(
            .otherSeries, .note,
            "it refers to \(named), not at hand, and is painted on the series \(series.uid) in the same frame of reference"
        )
    }
}

extension Segmentation {
    /// Label maps of all segments with what the labels mean; see ``labels(on:tolerance:threshold:)``.
    ///
    /// - Throws: as ``labels(on:tolerance:threshold:)``, and when the caller asks to stop, which is looked at before each frame.
    public func regionLabels(
        on grid: SliceGrid? = nil, tolerance: Double = standardTolerance, threshold: Double = 0.5,
        isCancelled: @escaping CancellationCheck = { false }
    ) throws(RegionError) -> RegionLabels {
        let grid = grid ?? ownGrid()
        let placement = try placement(on: grid, tolerance: tolerance)
        let (layers, oddValues) = try painted(on: grid, placement, threshold: threshold, isCancelled: isCancelled)
        let counts = layers.voxelCounts().reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        let (unnamed, undeclared) = undeclared(counts)
        let regions = segments.filter { $0.number > 0 }.map { segment in
            var entry = RegionLabels.Region(label: segment.number, name: segment.label)
            entry.color = segment.color
            entry.concept = segment.propertyType
            entry.type = segment.category?.meaning
            entry.trackingUID = segment.trackingUID
            return entry
        }
        return RegionLabels(
            layers: layers, regions: regions + unnamed,
            defects: defects + (try conflicts(placement, isCancelled)) + oddValues + undeclared + emptySegments(counts))
    }
}
