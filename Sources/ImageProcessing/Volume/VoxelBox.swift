public import ImageCore

/// A box of whole voxels: half-open ranges along x, y and z.
public struct VoxelBox: Sendable, Hashable {
    /// Columns.
    public var x: Range<Int>
    /// Rows.
    public var y: Range<Int>
    /// Slices.
    public var z: Range<Int>

    /// A box by its ranges.
    public init(x: Range<Int>, y: Range<Int>, z: Range<Int>) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// Number of voxels.
    public var volume: Int { x.count * y.count * z.count }

    /// The box grown on all sides; it may reach outside the image.
    public func grown(x marginX: Int, y marginY: Int, z marginZ: Int) -> VoxelBox {
        VoxelBox(x: x.grown(marginX), y: y.grown(marginY), z: z.grown(marginZ))
    }
}

extension Range<Int> {
    /// The range made longer at both ends, or shorter, at most to nothing.
    fileprivate func grown(_ margin: Int) -> Range<Int> {
        let low = lowerBound - margin
        return low..<Swift.max(low, upperBound + margin)
    }
}

extension Image<Bool> {
    /// The smallest box that holds everything that is `true`; `nil` when nothing is.
    ///
    /// Other axes than x, y, z are joined.
    public var boundingBox: VoxelBox? {
        let source = (try? rearranged(to: VolumeShape.canonicalAxes(axes))) ?? self
        let shape = VolumeShape(source.layout)
        let samples = source.samples
        var ranges = (x: Extent(), y: Extent(), z: Extent())
        for row in 0..<shape.outer * shape.depth * shape.height {
            let start = row * shape.rowLength
            let line = samples.extracting(start..<start + shape.rowLength)
            guard let first = line.indices.first(where: { line[$0] }) else { continue }
            let last = line.indices.last { line[$0] } ?? first
            ranges.x.include(first / shape.channels)
            ranges.x.include(last / shape.channels)
            ranges.y.include(row % shape.height)
            ranges.z.include(row / shape.height % shape.depth)
        }
        guard let x = ranges.x.range, let y = ranges.y.range, let z = ranges.z.range else { return nil }
        return VoxelBox(x: x, y: y, z: z)
    }
}

/// The smallest range that holds some numbers.
private struct Extent {
    var range: Range<Int>?

    mutating func include(_ value: Int) {
        range = range.map { min($0.lowerBound, value)..<max($0.upperBound, value + 1) } ?? value..<value + 1
    }
}
