public import ImageCore

/// Which neighbors of a pixel belong together with it.
public enum Connectivity: Sendable, Hashable {
    /// The pixels that share an edge.
    case four
    /// The pixels that share an edge or a corner.
    case eight
}

/// One connected component of a mask.
public struct Component: Sendable, Hashable {
    /// Number of pixels.
    public var area: Int
    /// The smallest rectangle that holds all pixels.
    public var bounds: PixelRect

    /// A component by its parts.
    public init(area: Int, bounds: PixelRect) {
        self.area = area
        self.bounds = bounds
    }
}

/// The connected components of a mask, numbered from 1 in the order of their first pixels, row by row.
public struct Components: Sendable {
    /// The number of the component that each pixel belongs to, axes `[.y, .x]`; 0 where the mask does not hold.
    public let labels: Image<Int32>
    /// Area and bounds of each component: component n is at index n − 1.
    public let components: [Component]

    /// Finds the components of a mask.
    ///
    /// Two passes with union-find after Rosenfeld and Pfaltz (1966); the labels carry the mask's geometry and metadata.
    ///
    /// - Parameters:
    ///   - mask: A mask with the axes `[.y, .x]`, at most 2³¹ − 1 pixels.
    ///   - connectivity: Which pixels are neighbors.
    /// - Throws: ``ImageError`` for other axes or a larger mask.
    public init(of mask: Image<Bool>, connectivity: Connectivity = .eight) throws(ImageError) {
        let shape = try mask.planeShape()
        guard mask.count < Int(Int32.max) else { throw .invalidArgument("a mask of \(mask.count) pixels is too large") }
        var parents: [Int32] = [0]
        let source = mask.contiguous()
        var labels = Image<Int32>(
            axes: [.y, .x], sizes: [shape.height, shape.width], color: .labels, domain: .labels)
        var samples = labels.mutableSamples
        labelProvisionally(source.samples, width: shape.width, connectivity, &samples, &parents)
        components = renumber(&samples, width: shape.width, flatten(&parents))
        labels.geometry = mask.geometry
        labels.metadata = mask.metadata
        self.labels = labels
    }

    /// The mask of the components that a test accepts.
    public func mask(where isIncluded: (Component) -> Bool) -> Image<Bool> {
        let included = [false] + components.map(isIncluded)
        var mask = Image<Bool>(axes: labels.axes, sizes: labels.sizes, color: .labels, domain: .labels) {
            let samples = labels.samples
            for i in 0..<samples.count { $0[i] = included[Int(samples[i])] }
        }
        mask.geometry = labels.geometry
        mask.metadata = labels.metadata
        return mask
    }
}

/// The root of a provisional label, halving the path on the way.
private func root(of label: Int32, _ parents: inout [Int32]) -> Int32 {
    var label = label
    while parents[Int(label)] != label {
        parents[Int(label)] = parents[Int(parents[Int(label)])]
        label = parents[Int(label)]
    }
    return label
}

/// Gives every pixel the smallest label among its upper and left neighbors, noting which labels meet.
private func labelProvisionally(
    _ mask: Span<Bool>, width: Int, _ connectivity: Connectivity, _ labels: inout MutableSpan<Int32>,
    _ parents: inout [Int32]
) {
    for i in 0..<mask.count where mask[i] {
        let x = i % width
        var label: Int32 = 0
        func join(_ neighbor: Int32) {
            guard neighbor > 0 else { return }
            let found = root(of: neighbor, &parents)
            guard label > 0 else { return label = found }
            let (low, high) = (min(label, found), max(label, found))
            parents[Int(high)] = low
            label = low
        }
        if x > 0 { join(labels[i - 1]) }
        if i >= width {
            join(labels[i - width])
            if connectivity == .eight && x > 0 { join(labels[i - width - 1]) }
            if connectivity == .eight && x + 1 < width { join(labels[i - width + 1]) }
        }
        if label == 0 {
            label = Int32(parents.count)
            parents.append(label)
        }
        labels[i] = label
    }
}

/// The final label of every provisional one; roots are smaller than what hangs below them, so one pass is enough.
private func flatten(_ parents: inout [Int32]) -> [Int32] {
    var final = parents
    var count: Int32 = 0
    for label in 1..<max(1, parents.count) {
        if parents[label] == Int32(label) {
            count += 1
            final[label] = count
        } else {
            final[label] = final[Int(parents[label])]
        }
    }
    return final
}

private func renumber(_ labels: inout MutableSpan<Int32>, width: Int, _ final: [Int32]) -> [Component] {
    var boxes = [(area: Int, left: Int, top: Int, right: Int, bottom: Int)](
        repeating: (0, .max, .max, -1, -1), count: Int(final.max() ?? 0))
    for i in 0..<labels.count where labels[i] > 0 {
        let label = final[Int(labels[i])]
        labels[i] = label
        let (y, x) = i.quotientAndRemainder(dividingBy: width)
        let box = boxes[Int(label) - 1]
        boxes[Int(label) - 1] = (
            box.area + 1, min(box.left, x), min(box.top, y), max(box.right, x), max(box.bottom, y)
        )
    }
    return boxes.map { box in
        let rect = PixelRect(
            x: box.left, y: box.top, width: box.right - box.left + 1, height: box.bottom - box.top + 1)
        return Component(area: box.area, bounds: rect)
    }
}
