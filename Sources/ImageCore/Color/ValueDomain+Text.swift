extension ValueDomain: CustomStringConvertible {
    /// What the numbers stand for, as messages say it: `8 bits`, `Hounsfield units`, `0 to 4095`.
    public var description: String {
        switch self {
        case .integer(let bits): "\(bits) bits"
        case .unit: "0 to 1"
        case .hounsfield: "Hounsfield units"
        case .labels: "labels"
        case .range(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .unspecified: "no known meaning"
        }
    }
}
