import ImageProcessing

extension Sequence<Int> {
    /// Lengths along the axes as people read them, for example `40 x 30`.
    var sizeText: String { map(String.init).joined(separator: " x ") }
}

extension SpatialSize {
    /// The lengths along x, y and, where there are several slices, z.
    var text: String { (z == 1 ? [x, y] : [x, y, z]).sizeText }
}

extension [Double] {
    /// The numbers as a pipeline file has them.
    var listText: String { "[" + map(\.shortText).joined(separator: ", ") + "]" }
}
