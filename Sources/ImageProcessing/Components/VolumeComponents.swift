public import ImageCore

/// One connected component of a mask in space.
public struct VolumeComponent: Sendable, Hashable {
    /// Number of voxels.
    public var volume: Int
    /// The smallest box that holds all voxels.
    public var bounds: VoxelBox

    /// A component by its parts.
    public init(volume: Int, bounds: VoxelBox) {
        self.volume = volume
        self.bounds = bounds
    }
}

/// The connected components of a mask in space, numbered from 1 in the order of their first voxels: slice by slice, row by
/// row.
///
/// Runs of voxels are joined by union-find (Rosenfeld and Pfaltz, 1966, with runs for pixels), in time that grows with the number of
/// voxels; the numbers are those of SciPy's `ndimage.label`. Labels are written only when asked for.
public struct VolumeComponents: Sendable {
    /// Volume and bounds of each component: component n is at index n − 1.
    public let components: [VolumeComponent]
    private let runs: MaskRuns
    /// The number of the component of each run.
    private let numbers: [Int32]
    private let mask: Image<Bool>

    /// Finds the components of a mask.
    ///
    /// - Parameters:
    ///   - mask: A mask with the axes `[.z, .y, .x]`.
    ///   - connectivity: Which voxels are neighbors.
    ///   - inverted: Whether the components of what the mask does not hold are wanted.
    /// - Throws: ``ImageError`` for other axes, or more than 2³¹ − 1 runs.
    public init(
        of mask: Image<Bool>, connectivity: VolumeConnectivity = .twentySix, inverted: Bool = false
    ) throws(ImageError) {
        runs = try MaskRuns(mask, inverted: inverted)
        guard runs.runs.count < Int(Int32.max) else { throw .invalidArgument("the mask has too many parts") }
        var forest = RunForest(count: runs.runs.count)
        for z in 0..<runs.depth {
            for y in 0..<runs.height {
                for row in connectivity.earlierRows {
                    forest.join(
                        runs, runs.positions(z: z, y: y), runs.positions(z: z + row.dz, y: y + row.dy), row.reach)
                }
            }
        }
        numbers = forest.numbered()
        components = measured(runs, numbers)
        self.mask = mask
    }

    /// The number of the component that each voxel belongs to, axes `[.z, .y, .x]`; 0 where there is none.
    public var labels: Image<Int32> {
        var labels = Image<Int32>(axes: mask.axes, sizes: mask.sizes, color: .labels, domain: .labels)
        labels.geometry = mask.geometry
        labels.metadata = mask.metadata
        var samples = labels.mutableSamples
        let (runs, numbers) = (runs, numbers)
        fillPiecesInParallel(&samples, count: runs.depth, workers: processorCount) { z, slice in
            for y in 0..<runs.height {
                for i in runs.positions(z: z, y: y) {
                    let (run, start) = (runs.runs[i], y * runs.width)
                    for x in Int(run.start)..<Int(run.end) { slice[start + x] = numbers[i] }
                }
            }
        }
        return labels
    }

    /// The mask of the components that a test accepts.
    public func mask(where isIncluded: (VolumeComponent) -> Bool) -> Image<Bool> {
        mask(included: [false] + components.map(isIncluded))
    }

    /// The mask of the components with some numbers, which count from 1.
    public func mask(of numbers: some Sequence<Int>) -> Image<Bool> {
        var included = [Bool](repeating: false, count: components.count + 1)
        for number in numbers where number > 0 && number <= components.count { included[number] = true }
        return mask(included: included)
    }

    /// The numbers of the components in falling order of their volume; of equally large ones the first comes first.
    public var numbersByVolume: [Int] {
        components.indices.sorted { (components[$0].volume, $1) > (components[$1].volume, $0) }.map { $0 + 1 }
    }

    /// The sum of what a volume holds in each component, in the order of ``components``.
    ///
    /// - Throws: ``ImageError/shapeMismatch(expected:found:)``.
    public func sums<Scalar: NumericScalar>(of image: Image<Scalar>) throws(ImageError) -> [Double] {
        guard image.axes == mask.axes, image.sizes == mask.sizes else {
            throw .shapeMismatch(expected: mask.sizes, found: image.sizes)
        }
        var sums = [Double](repeating: 0, count: components.count)
        AnyImage(image).accept(SumRuns(runs: runs, numbers: numbers)).enumerated().forEach { sums[$0] = $1 }
        return sums
    }

    private func mask(included: [Bool]) -> Image<Bool> {
        let (runs, numbers) = (runs, numbers)
        var result = Image<Bool>.likeVolume(mask, workers: processorCount) { z, slice in
            for y in 0..<runs.height {
                for i in runs.positions(z: z, y: y) where included[Int(numbers[i])] {
                    let (run, start) = (runs.runs[i], y * runs.width)
                    for x in Int(run.start)..<Int(run.end) { slice[start + x] = true }
                }
            }
        }
        (result.color, result.domain) = (.labels, .labels)
        return result
    }
}

private struct SumRuns: ImageVisitor {
    let runs: MaskRuns
    let numbers: [Int32]

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> [Double] {
        let source = image.contiguous()
        let samples = source.samples
        var sums = [Double](repeating: 0, count: Int(numbers.max() ?? 0))
        for row in 0..<runs.rowCount {
            for i in runs.offsets[row]..<runs.offsets[row + 1] {
                let (run, start) = (runs.runs[i], row * runs.width)
                var sum = 0.0
                for x in Int(run.start)..<Int(run.end) { sum += samples[start + x].saturated(to: Double.self) }
                sums[Int(numbers[i]) - 1] += sum
            }
        }
        return sums
    }
}

private func measured(_ runs: MaskRuns, _ numbers: [Int32]) -> [VolumeComponent] {
    let none = VolumeComponent(volume: 0, bounds: VoxelBox(x: 0..<0, y: 0..<0, z: 0..<0))
    var components = [VolumeComponent](repeating: none, count: Int(numbers.max() ?? 0))
    for row in 0..<runs.rowCount {
        let (z, y) = row.quotientAndRemainder(dividingBy: max(1, runs.height))
        for i in runs.offsets[row]..<runs.offsets[row + 1] {
            let (run, index) = (runs.runs[i], Int(numbers[i]) - 1)
            let part = VoxelBox(x: Int(run.start)..<Int(run.end), y: y..<y + 1, z: z..<z + 1)
            let old = components[index]
            components[index].volume += part.x.count
            components[index].bounds = old.volume == 0 ? part : old.bounds.joined(with: part)
        }
    }
    return components
}

extension VoxelBox {
    /// The smallest box that holds both.
    fileprivate func joined(with other: VoxelBox) -> VoxelBox {
        func join(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
            min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
        }
        return VoxelBox(x: join(x, other.x), y: join(y, other.y), z: join(z, other.z))
    }
}
