import ImageCore

/// The stretches of `true` in the rows of a volume of `Bool`, row by row: compact, and quick to join and to grow.
struct MaskRuns: Sendable {
    /// One stretch of a row.
    struct Run: Sendable, Hashable {
        /// The first column.
        var start: Int32
        /// The column past the last.
        var end: Int32
    }

    let depth: Int
    let height: Int
    let width: Int
    /// Where the runs of each row begin, and where the last ends; row y of slice z is row z · height + y.
    var offsets: [Int]
    var runs: [Run]

    /// Number of rows in all slices.
    var rowCount: Int { depth * height }

    /// The runs of a mask with the axes `[.z, .y, .x]`, or of its opposite.
    ///
    /// - Throws: `ImageError` for other axes or rows of more than 2³¹ − 1 voxels.
    init(_ mask: Image<Bool>, inverted: Bool = false) throws(ImageError) {
        try mask.checkVolumeAxes()
        guard mask.width < Int(Int32.max) else { throw .invalidArgument("rows of \(mask.width) voxels are too long") }
        (depth, height, width) = (mask.depth, mask.height, mask.width)
        (offsets, runs) = ([0], [])
        let source = mask.contiguous()
        let samples = source.samples
        offsets.reserveCapacity(depth * height + 1)
        for row in 0..<depth * height {
            appendRuns(of: samples.extracting(row * width..<(row + 1) * width), where: !inverted)
            offsets.append(runs.count)
        }
    }

    private mutating func appendRuns(of row: Span<Bool>, where value: Bool) {
        var x = 0
        let count = row.count
        while x < count {
            while x < count && row[x] != value { x &+= 1 }
            let start = x
            while x < count && row[x] == value { x &+= 1 }
            if x > start { runs.append(Run(start: Int32(start), end: Int32(x))) }
        }
    }

    /// The positions of a row's runs; none outside the volume.
    func positions(z: Int, y: Int) -> Range<Int> {
        guard z >= 0, z < depth, y >= 0, y < height else { return 0..<0 }
        let row = z * height + y
        return offsets[row]..<offsets[row + 1]
    }
}

extension Image<Bool> {
    /// A mask with the meaning of another, its rows written by a closure, on several threads slice by slice.
    static func likeVolume(
        _ other: Image<Bool>, workers: Int, fillingSlice body: @Sendable (Int, inout MutableSpan<Bool>) -> Void
    ) -> Image<Bool> {
        var result = Image<Bool>(
            axes: other.axes, sizes: other.sizes, repeating: false, color: other.color, domain: other.domain)
        var samples = result.mutableSamples
        fillPiecesInParallel(&samples, count: other.depth, workers: workers, body: body)
        result.geometry = other.geometry
        result.metadata = other.metadata
        return result
    }
}
