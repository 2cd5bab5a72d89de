/// One frame of a series: an instance and the number of the frame in it.
public struct DICOMFrameReference: Sendable, Hashable, Codable {
    /// Index into ``DICOMSeries/instances``.
    public var instance: Int
    /// Number of the frame in its file, from 0.
    public var frame: Int

    /// A reference by its parts.
    public init(instance: Int, frame: Int) {
        self.instance = instance
        self.frame = frame
    }
}

/// A further axis of a stack: time, echo, diffusion.
public struct StackAxis: Sendable, Hashable {
    /// The attribute that varies along the axis and names it.
    public var attribute: StackAttribute
    /// The value of the attribute at every place: milliseconds, seconds, s/mm² or numbers, as the attribute has it; for
    /// an attribute that varies a little within a place, its value at the first slice.
    public var values: [Double]

    /// An axis by its parts.
    public init(attribute: StackAttribute, values: [Double]) {
        self.attribute = attribute
        self.values = values
    }

    /// Number of places.
    public var count: Int { values.count }
}

/// Slices of one series that make one volume: the same orientation, size, spacing, color and frame of reference.
public struct DICOMStack: Sendable, Hashable {
    /// The frames in the order of the grid's cells, cells without a frame left out; see ``frame(cell:)``.
    ///
    /// The slices of the first place of the further axes come first: cell `((a * axes[1].count) + b) * sliceCount + slice`.
    /// Slices rise along the normal.
    public var frames: [DICOMFrameReference]
    /// Cells of the grid that have no frame, rising.
    ///
    /// These are slices that some places of the further axes have and others lack.
    public var holes: [Int] = []
    /// Number of slices of one volume.
    public var sliceCount: Int
    /// Further axes, slowest first; empty for a 3-D stack.
    public var axes: [StackAxis]
    /// How the slices lie.
    public var geometry: StackGeometry
    /// Distance between pixels of the first slice.
    public var spacing: DICOMPixelSpacing?
    /// The layout of the pixels of the first slice.
    public var pixels: DICOMPixelFacts
    /// Frames that lie where another one of `frames` lies already and that no attribute tells apart.
    public var surplus: [DICOMFrameReference]
    /// The attributes by which these slices were split from others of the series.
    public var splitBy: [StackAttribute]
    /// One sentence per split, with the values; empty when the series is one stack.
    public var splitReasons: [String]
    /// What a user has to know.
    public var defects: [SeriesDefect]

    /// The frame of a cell of the grid; `nil` for a hole.
    public func frame(cell: Int) -> DICOMFrameReference? {
        guard !holes.isEmpty else { return frames[cell] }
        var (low, high) = (0, holes.count)
        while low < high {
            let middle = (low + high) / 2
            if holes[middle] < cell { low = middle + 1 } else { high = middle }
        }
        return low < holes.count && holes[low] == cell ? nil : frames[cell - low]
    }

    /// For every slice the frame of the first place that has it.
    public var leadingFrames: [DICOMFrameReference] {
        guard !holes.isEmpty else { return Array(frames.prefix(sliceCount)) }
        let cells = frames.count + holes.count
        return (0..<sliceCount).compactMap { slice in
            stride(from: slice, to: cells, by: sliceCount).lazy.compactMap { frame(cell: $0) }.first
        }
    }

    /// The worst of the defects.
    public var severity: SeriesDefect.Severity? { defects.map(\.severity).max() }
}

/// The files of one series, sorted into stacks.
public struct DICOMSeries: Sendable, Hashable {
    /// Series instance UID (0020,000E).
    public var uid: String
    /// Study instance UID (0020,000D).
    public var studyUID: String
    /// Modality of the first instance.
    public var modality: String
    /// Series number of the first instance that has one.
    public var number: Int?
    /// Series description of the first instance that has one.
    public var seriesDescription: String?
    /// The instances, each SOP instance once, sorted by SOP instance UID, then path.
    public var instances: [DICOMInstance]
    /// The stacks, the largest first.
    public var stacks: [DICOMStack]
    /// What concerns the series as a whole: duplicates, conflicts between files.
    public var defects: [SeriesDefect]

    /// The facts of a frame.
    public func facts(_ reference: DICOMFrameReference) -> DICOMFrameFacts {
        instances[reference.instance].frames[reference.frame]
    }
}
