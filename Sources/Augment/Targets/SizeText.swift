import ImageProcessing

extension Sequence<Int> {
    /// Lengths along the axes as people read them, for example `40 x 30`.
    var sizeText: String { map(String.init).joined(separator: " x ") }
}

extension [Double] {
    /// The numbers as a pipeline file has them.
    var listText: String { "[" + map(\.shortText).joined(separator: ", ") + "]" }
}
