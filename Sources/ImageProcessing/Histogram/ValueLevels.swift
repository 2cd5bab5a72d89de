import ImageCore

/// Equally spaced values from black to white, for operations that work on a table of them.
struct ValueLevels: Sendable {
    let black: Double
    let white: Double
    /// Number of levels, black and white included.
    let count: Int

    /// The levels of an image: 256 for 8-bit samples, else 65,536, from black to white of the domain; where that has no
    /// black and white, from the smallest to the largest sample.
    ///
    /// - Throws: `ImageError` for labels and an image without numbers.
    init<Scalar: NumericScalar>(_ image: Image<Scalar>) throws(ImageError) {
        guard !image.holdsLabels else { throw .invalidArgument("labels have no black and white") }
        count = Scalar.kind.byteCount == 1 ? 256 : 65_536
        if let range = image.domain.blackAndWhite(in: Scalar.self) {
            (black, white) = (range.lowerBound, range.upperBound)
        } else {
            let range = try image.range()
            (black, white) = (range.lowerBound.doubleValue, range.upperBound.doubleValue)
        }
        guard black.isFinite, white.isFinite else { throw .invalidArgument("the samples go from \(black) to \(white)") }
    }

    /// Whether every sample of a type is its own level.
    func areSamples<Scalar: NumericScalar>(of type: Scalar.Type) -> Bool {
        switch Scalar.kind {
        case .uint8: black == 0 && white == 255
        case .uint16: black == 0 && white == 65_535
        default: false
        }
    }

    /// The level that comes nearest to a value; values beyond the ends and NaN take the ends.
    func level(of value: Double) -> UInt16 {
        guard white > black else { return 0 }
        return UInt16(saturating: min((value - black) / (white - black), 1) * Double(count - 1))
    }

    /// The value of a level.
    func value(of level: Double) -> Double { black + (white - black) * (level / Double(count - 1)) }
}
