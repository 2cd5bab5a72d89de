extension ColorModel {
    /// Whether the last channel is opacity.
    public var hasAlpha: Bool { self == .grayAlpha || self == .rgba }

    /// What the channels inside a range stand for when the others are cut away.
    func keeping(_ range: Range<Int>, of count: Int) -> ColorModel {
        if range == 0..<count || self == .labels { return self }
        if self == .rgba && range == 0..<3 { return .rgb }
        return range.count == 1 ? .gray : .unspecified
    }
}
