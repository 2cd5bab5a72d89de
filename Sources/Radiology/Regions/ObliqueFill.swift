import Annotations
import ImageCore

/// Finds the voxels whose centers lie inside contours of oblique planes: the nearest plane's contours, seen along its normal.
///
/// Voxels are tested line by line. In a plane's coordinates the centers of a line are equally spaced on a straight line;
/// with axes along and across it, where the line crosses the contours is a matter of their corners' second coordinate.
struct ObliqueFill {
    private let grid: SliceGrid
    private let places: SliceGrid.Places
    private let planes: [(reach: Range<Double>, rings: [Ring])]
    private let normal: SIMD3<Double>
    /// Whether lines are rows of the slices; otherwise columns.
    private let alongRows: Bool
    /// From one voxel of a line to the next.
    private let step: SIMD3<Double>
    /// What gives the coordinate along a line, 1 per voxel, and the one across.
    private let (along, across): (SIMD3<Double>, SIMD3<Double>)

    init(_ oblique: ObliquePlanes, grid: SliceGrid, places: SliceGrid.Places) {
        self.grid = grid
        self.places = places
        normal = oblique.normal
        let (x, y) = (
            places.orientation.x * places.spacing.xMillimetres, places.orientation.y * places.spacing.yMillimetres
        )
        func inPlane(_ vector: SIMD3<Double>) -> SIMD3<Double> {
            vector - oblique.normal * vector.dot(oblique.normal)
        }
        // The axis that lies flatter on the planes, so that lines never stand upright on them.
        alongRows = inPlane(x).length / x.length >= inPlane(y).length / y.length
        step = alongRows ? x : y
        let flat = inPlane(step)
        let (along, across) = (flat / flat.dot(flat), oblique.normal.cross(flat / flat.length))
        (self.along, self.across) = (along, across)
        planes = oblique.planes.map { plane in
            let rings = plane.contours.map { contour in
                Ring(contour.map { Point(x: $0.dot(along), y: $0.dot(across)) })
            }
            return (plane.reach, rings)
        }
    }

    /// How often lines of voxels meet planes and sides of contours, at most.
    var work: Double {
        let lines = Double(alongRows ? grid.rows : grid.columns)
        let lineStep = abs(lineVector.dot(across))
        var perSlice = lines * Double(planes.count)
        for ring in planes.lazy.flatMap(\.rings) {
            ring.forEachSide { start, end in perSlice += 1 + min(lines, abs(end.y - start.y) / max(lineStep, 1e-9)) }
        }
        return perSlice * Double(grid.slices.count)
    }

    /// From one line of a slice to the next.
    private var lineVector: SIMD3<Double> {
        alongRows
            ? places.orientation.y * places.spacing.yMillimetres : places.orientation.x * places.spacing.xMillimetres
    }

    /// Marks the voxels of a slice.
    func mark(slice: Int, in mask: inout SliceMask) {
        for line in 0..<(alongRows ? grid.rows : grid.columns) {
            mark(line: line, start: places.origins[slice] + lineVector * Double(line), in: &mask)
        }
    }

    private func mark(line: Int, start: SIMD3<Double>, in mask: inout SliceMask) {
        let count = alongRows ? grid.columns : grid.rows
        let (depth, rise) = (start.dot(normal), step.dot(normal))
        let end = depth + rise * Double(count - 1)
        let (offset, level) = (start.dot(along), start.dot(across))
        var plane = firstPlane(reaching: min(depth, end))
        while plane < planes.count, planes[plane].reach.lowerBound <= max(depth, end) {
            let reach = planes[plane].reach
            let crossings = crossings(planes[plane].rings, level: level)
            for i in stride(from: 0, to: crossings.count - 1, by: 2) {
                let first = Self.index(crossings[i] - offset, count)
                let last = Self.index(crossings[i + 1] - offset, count)
                for voxel in first..<max(first, last) where reach.contains(depth + rise * Double(voxel)) {
                    mask.set(row: alongRows ? line : voxel, column: alongRows ? voxel : line)
                }
            }
            plane += 1
        }
    }

    /// The first voxel at or right of a place.
    private static func index(_ place: Double, _ count: Int) -> Int {
        Int(min(Double(count), max(0, place.rounded(.up))))
    }

    private func firstPlane(reaching depth: Double) -> Int {
        var (low, high) = (0, planes.count)
        while low < high {
            let middle = (low + high) / 2
            if planes[middle].reach.upperBound <= depth { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where a line crosses the sides of all rings of a plane, sorted: from one to the next it is inside, then outside.
    private func crossings(_ rings: [Ring], level: Double) -> [Double] {
        var found: [Double] = []
        let line = Box(minX: -.infinity, minY: level, maxX: .infinity, maxY: level)
        for ring in rings {
            ring.visit(line) { _, _ in
            } side: { start, end in
                guard (start.y <= level) != (end.y <= level) else { return }
                // The same corners give the same number whichever way the ring runs.
                let (top, bottom) = start.y < end.y ? (start, end) : (end, start)
                found.append(top.x + (level - top.y) * ((bottom.x - top.x) / (bottom.y - top.y)))
            }
        }
        return found.sorted()
    }
}

/// The voxels of one slice that are inside.
struct SliceMask {
    private let columns: Int
    private var cells: [Bool]

    init(rows: Int, columns: Int) {
        self.columns = columns
        cells = [Bool](repeating: false, count: rows * columns)
    }

    mutating func set(row: Int, column: Int) { cells[row * columns + column] = true }

    /// The runs of marked voxels, counted from a slice's first; the mask is empty afterwards.
    mutating func takeSpans(from start: Int) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var i = 0
        while i < cells.count {
            guard cells[i] else {
                i += 1
                continue
            }
            let first = i
            while i < cells.count, cells[i] {
                cells[i] = false
                i += 1
            }
            spans.append(start + first..<start + i)
        }
        return spans
    }
}
