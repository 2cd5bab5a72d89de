import ImageCore
import ImageProcessing

/// The objects of a label image: connected pixels that are not 0.
struct LabelObjects: Sendable {
    /// The number of the object of each pixel, from 1; 0 where there is none.
    ///
    /// Axes (z,) y, x in C order.
    let numbers: Image<Int32>
    /// The smallest box around each object.
    let bounds: [BoundingBox]

    /// Finds the objects.
    ///
    /// - Parameters:
    ///   - labels: A picture or volume of one channel.
    ///   - name: The transform, for messages.
    /// - Throws: ``AugmentError`` for labels without x and y.
    init(_ labels: AnyImage, name: String) throws(AugmentError) {
        do {
            var mask = labels.converted(to: Bool.self)
            if mask.axes.contains(.channel) { mask = try mask.removing(.channel) }
            if labels.isVolume {
                let found = try VolumeComponents(of: try mask.rearranged(to: [.z, .y, .x]))
                (numbers, bounds) = (found.labels.contiguous(), found.components.map { BoundingBox($0.bounds) })
            } else {
                let found = try Components(of: try mask.rearranged(to: [.y, .x]))
                (numbers, bounds) = (found.labels.contiguous(), found.components.map { BoundingBox($0.bounds) })
            }
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }

    /// One flag for each pixel that belongs to one of some objects, in C order of z, y, x.
    func flags(of chosen: some Sequence<Int>) -> [Bool] {
        let chosen = Set(chosen.map { Int32(truncatingIfNeeded: $0) })
        let samples = numbers.samples
        return (0..<samples.count).map { chosen.contains(samples[$0]) }
    }
}

extension BoundingBox {
    fileprivate init(_ component: PixelRect) {
        self.init(
            lower: SIMD3(Double(component.x), Double(component.y), 0),
            upper: SIMD3(Double(component.maxX), Double(component.maxY), 1))
    }

    fileprivate init(_ box: VoxelBox) {
        self.init(
            lower: SIMD3(Double(box.x.lowerBound), Double(box.y.lowerBound), Double(box.z.lowerBound)),
            upper: SIMD3(Double(box.x.upperBound), Double(box.y.upperBound), Double(box.z.upperBound)))
    }
}
