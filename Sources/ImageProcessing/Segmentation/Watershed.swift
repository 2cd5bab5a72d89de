public import ImageCore

extension Image where Scalar: NumericScalar {
    /// The basins of markers in an image of elevations: marker-based watershed, in the plane or in space.
    ///
    /// Samples are flooded in rising order of elevation, of equal ones those first that were reached first (F. Meyer, 1991);
    /// there are no lines between basins. NaN floods last.
    /// - Parameters:
    ///   - markers: Numbers above 0 where basins begin, with the axes and sizes of the image.
    ///   - mask: Where the flood may go; `nil` is everywhere. Markers outside are passed over.
    ///   - connectivity: Which samples are neighbors; in the plane six stands for four and twenty-six for eight.
    /// - Returns: The number of the basin of each sample; 0 where no flood came.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for axes other than `[.y, .x]` and `[.z, .y, .x]`,
    ///   ``ImageError/shapeMismatch(expected:found:)``.
    public func watershed(
        markers: Image<Int32>, mask: Image<Bool>? = nil, connectivity: VolumeConnectivity = .six
    ) throws(ImageError) -> Image<Int32> {
        guard axes == [.y, .x] || axes == [.z, .y, .x] else {
            throw .invalidArgument("expected the axes y, x or z, y, x, found \(axes)")
        }
        for sizes in [markers.sizes, mask?.sizes ?? self.sizes] where sizes != self.sizes {
            throw .shapeMismatch(expected: self.sizes, found: sizes)
        }
        let elevation = AnyImage(self).converted(to: Double.self).contiguous()
        let neighbors = Neighborhood(layout, connectivity)
        var result = markers.copied()
        (result.color, result.domain, result.geometry, result.metadata) = (.labels, .labels, geometry, metadata)
        let allowed = mask?.contiguous()
        var samples = result.mutableSamples
        if let allowed { clear(&samples, outside: allowed.samples) }
        flood(&samples, elevation.samples, allowed, neighbors)
        return result
    }
}

private func clear(_ labels: inout MutableSpan<Int32>, outside mask: Span<Bool>) {
    for i in 0..<labels.count where !mask[i] || labels[i] < 0 { labels[i] = 0 }
}

private func flood(
    _ labels: inout MutableSpan<Int32>, _ elevation: Span<Double>, _ mask: Image<Bool>?, _ neighbors: Neighborhood
) {
    var queue = FloodQueue()
    for i in 0..<labels.count where labels[i] > 0 { queue.push(i, elevation[i]) }
    while let place = queue.pop() {
        let label = labels[place]
        neighbors.forEach(of: place) { neighbor in
            guard labels[neighbor] == 0, mask?.samples[neighbor] ?? true else { return }
            labels[neighbor] = label
            queue.push(neighbor, elevation[neighbor])
        }
    }
}

/// The neighbors of the samples of a contiguous plane or volume.
struct Neighborhood {
    private let width: Int
    private let height: Int
    private let depth: Int
    private let steps: [(x: Int, y: Int, z: Int)]

    init(_ layout: Layout, _ connectivity: VolumeConnectivity) {
        (width, height, depth) = (layout.size(of: .x), layout.size(of: .y), layout.size(of: .z))
        let isFlat = connectivity == .sliceFour || connectivity == .sliceEight || depth == 1
        let reach =
            switch connectivity {
            case .six, .sliceFour: 1
            case .eighteen, .sliceEight: 2
            case .twentySix: 3
            }
        steps = (isFlat ? 0...0 : -1...1).flatMap { z in
            (-1...1).flatMap { y in
                (-1...1).compactMap { x in
                    let distance = abs(x) + abs(y) + abs(z)
                    return distance > 0 && distance <= reach ? (x, y, z) : nil
                }
            }
        }
    }

    func forEach(of place: Int, _ body: (Int) -> Void) {
        let (row, x) = place.quotientAndRemainder(dividingBy: width)
        let (z, y) = row.quotientAndRemainder(dividingBy: height)
        for step in steps {
            let (x, y, z) = (x + step.x, y + step.y, z + step.z)
            guard x >= 0, x < width, y >= 0, y < height, z >= 0, z < depth else { continue }
            body((z * height + y) * width + x)
        }
    }
}

/// Samples in rising order of elevation, of equal ones in the order in which they came.
private struct FloodQueue {
    private struct Entry {
        let elevation: Double
        let age: Int
        let place: Int

        func comesBefore(_ other: Entry) -> Bool {
            elevation < other.elevation || (elevation == other.elevation && age < other.age)
        }
    }

    private var entries: [Entry] = []
    private var age = 0

    mutating func push(_ place: Int, _ elevation: Double) {
        entries.append(Entry(elevation: elevation.isNaN ? .infinity : elevation, age: age, place: place))
        age += 1
        var i = entries.count - 1
        while i > 0, entries[i].comesBefore(entries[(i - 1) / 2]) {
            entries.swapAt(i, (i - 1) / 2)
            i = (i - 1) / 2
        }
    }

    mutating func pop() -> Int? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first.place }
        entries[0] = last
        var i = 0
        while true {
            var next = i
            for child in [2 * i + 1, 2 * i + 2]
            where child < entries.count && entries[child].comesBefore(entries[next]) { next = child }
            guard next != i else { return first.place }
            entries.swapAt(i, next)
            i = next
        }
    }
}

extension Image<Bool> {
    /// Numbers of objects, those that touch split where they are narrow.
    ///
    /// The maxima of the distance to the background, none larger within a radius, are the markers of a watershed on the
    /// negative distance. Maxima of equal height that touch are one marker.
    /// - Parameters:
    ///   - radius: Half the width of the square or box in which a maximum must be the largest, in pixels: about the radius of
    ///     the smallest object, 1 to 2,000.
    ///   - spacing: Distance between neighbors along x, y and z.
    /// - Returns: Numbers from 1 in the order of the markers' first pixels; 0 is background.
    /// - Throws: ``ImageError/invalidArgument(_:)`` for axes other than `[.y, .x]` and `[.z, .y, .x]` or another radius,
    ///   ``ImageError/emptyImage``.
    public func splittingTouchingObjects(
        radius: Int, spacing: SIMD3<Double> = SIMD3(1, 1, 1)
    ) throws(ImageError) -> Image<Int32> {
        guard axes == [.y, .x] || axes == [.z, .y, .x] else {
            throw .invalidArgument("expected the axes y, x or z, y, x, found \(axes)")
        }
        guard (1...2000).contains(radius) else {
            throw .invalidArgument("expected a radius from 1 to 2000, found \(radius)")
        }
        let distance = try distanceTransform(spacing: spacing)
        let size = 2 * radius + 1
        var largest = try distance.morphology(.dilate, by: .rectangle(width: size, height: 1))
        largest = try largest.morphology(.dilate, by: .rectangle(width: 1, height: size))
        if axes.contains(.z) { largest = try largest.morphology(.dilate, by: .box(width: 1, height: 1, depth: size)) }
        let peaks = try distance.combined(with: largest) { $0 == $1 && $0 > 0 }
        let markers =
            axes.contains(.z)
            ? try VolumeComponents(of: peaks).labels : try Components(of: peaks).labels
        var result = try (-distance).watershed(markers: markers, mask: self, connectivity: .twentySix)
        (result.geometry, result.metadata) = (geometry, metadata)
        return result
    }
}
