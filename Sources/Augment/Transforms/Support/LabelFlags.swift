import ImageCore

/// Labels as one flag for each pixel.
enum LabelFlags {
    /// Whether the label of each pixel is not 0, in C order of z, y, x.
    ///
    /// - Throws: ``AugmentError`` for labels without x and y.
    static func flags(_ labels: AnyImage, name: String) throws(AugmentError) -> [Bool] {
        do {
            var mask = labels.converted(to: Bool.self)
            if mask.axes.contains(.channel) { mask = try mask.removing(.channel) }
            let order: [Axis] = labels.isVolume ? [.z, .y, .x] : [.y, .x]
            let image = try mask.rearranged(to: order).contiguous()
            let samples = image.samples
            return (0..<samples.count).map { samples[$0] }
        } catch {
            throw .transform(path: name, "\(error)")
        }
    }
}
