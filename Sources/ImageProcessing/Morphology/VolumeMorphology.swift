public import ImageCore

/// The neighborhood in space that a morphological operation looks at; it is symmetric about its center.
public enum VolumeStructuringElement: Sendable, Hashable {
    /// All voxels at most so many columns, rows and slices away.
    case box(x: Int, y: Int, z: Int)
    /// All voxels whose centers are at most a radius away, in millimetres, for a spacing along x, y and z.
    case ball(radiusMillimetres: Double, spacingMillimetres: SIMD3<Double>)

    /// All voxels at most `radius` voxels away.
    public static func ball(radius: Double) -> VolumeStructuringElement {
        .ball(radiusMillimetres: radius, spacingMillimetres: SIMD3(1, 1, 1))
    }

    /// The rows of the element and half their lengths.
    ///
    /// - Throws: `ImageError` for a negative or endless element, or one that reaches further than 2,000 voxels.
    func rows() throws(ImageError) -> [(dz: Int, dy: Int, half: Int)] {
        switch self {
        case .box(let x, let y, let z):
            guard (0...2000).contains(min(x, y, z)), max(x, y, z) <= 2000 else {
                throw .invalidArgument("expected a box that reaches 0 to 2000 voxels, found \(x), \(y), \(z)")
            }
            return (-z...z).flatMap { dz in (-y...y).map { (dz, $0, x) } }
        case .ball(let radius, let spacing):
            guard radius >= 0, spacing.min() > 0, radius / spacing.min() <= 2000 else {
                throw .invalidArgument(
                    "expected a ball that reaches 0 to 2000 voxels, found \(radius) mm of \(spacing.placeText()) mm")
            }
            return Self.ballRows(radius, spacing)
        }
    }

    private static func ballRows(_ radius: Double, _ spacing: SIMD3<Double>) -> [(dz: Int, dy: Int, half: Int)] {
        // A little more, so that 3 steps of 0.1 mm are within 0.3 mm.
        let squared = radius * radius * (1 + 1e-9)
        let reach = (y: Int(radius * (1 + 1e-9) / spacing.y), z: Int(radius * (1 + 1e-9) / spacing.z))
        return (-reach.z...reach.z).flatMap { dz in
            (-reach.y...reach.y).compactMap { dy in
                let (z, y) = (Double(dz) * spacing.z, Double(dy) * spacing.y)
                let rest = squared - z * z - y * y
                return rest < 0 ? nil : (dz, dy, Int(rest.squareRoot() / spacing.x))
            }
        }
    }
}

extension Image<Bool> {
    /// The mask in space grown: a voxel holds where any voxel of the element around it does; nothing holds outside.
    ///
    /// - Throws: ``ImageError`` for axes other than `[.z, .y, .x]`, or an element that is negative or too large.
    public func dilated(by element: VolumeStructuringElement) throws(ImageError) -> Image<Bool> {
        try grown(MaskRuns(self), element, grownValue: true)
    }

    /// The mask in space shrunk: a voxel holds where all voxels of the element around it do; those outside do not count.
    ///
    /// - Throws: what `dilated(by:)` throws.
    public func eroded(by element: VolumeStructuringElement) throws(ImageError) -> Image<Bool> {
        try grown(MaskRuns(self, inverted: true), element, grownValue: false)
    }

    /// The mask in space eroded, then dilated: parts that the element does not fit into vanish.
    ///
    /// - Throws: what `dilated(by:)` throws.
    public func opened(by element: VolumeStructuringElement) throws(ImageError) -> Image<Bool> {
        try eroded(by: element).dilated(by: element)
    }

    /// The mask in space dilated, then eroded: gaps that the element does not fit into are filled.
    ///
    /// - Throws: what `dilated(by:)` throws.
    public func closed(by element: VolumeStructuringElement) throws(ImageError) -> Image<Bool> {
        try dilated(by: element).eroded(by: element)
    }

    /// Grows runs by an element; where they are, the result has one value, elsewhere the other.
    private func grown(
        _ runs: MaskRuns, _ element: VolumeStructuringElement, grownValue: Bool
    ) throws(ImageError) -> Image<Bool> {
        let rows = try element.rows()
        return Image<Bool>.likeVolume(self, workers: processorCount) { z, slice in
            // How many grown runs begin (+) and end (−) at each column.
            var steps = [Int32](repeating: 0, count: runs.width + 1)
            for y in 0..<runs.height {
                for row in rows {
                    for i in runs.positions(z: z + row.dz, y: y + row.dy) {
                        let run = runs.runs[i]
                        steps[max(0, Int(run.start) - row.half)] += 1
                        steps[min(runs.width, Int(run.end) + row.half)] -= 1
                    }
                }
                var depth: Int32 = 0
                for x in 0..<runs.width {
                    depth += steps[x]
                    steps[x] = 0
                    slice[y * runs.width + x] = (depth > 0) == grownValue
                }
                steps[runs.width] = 0
            }
        }
    }
}
