import ImageCore

/// What stored numbers stand for: `slope · value + intercept`.
struct NIfTIScaling: Sendable, Hashable {
    let slope: Double
    let intercept: Double

    /// The scaling of a header; `nil` when there is none.
    ///
    /// There is none for a slope of 0 or NaN, and where it changes nothing.
    /// ``NIfTIHeader/checkScaling(file:)`` refuses other numbers that are not finite.
    init?(_ header: NIfTIHeader) {
        guard header.slope.isFinite, header.slope != 0 else { return nil }
        slope = header.slope
        intercept = header.intercept.isFinite ? header.intercept : 0
        guard slope != 1 || intercept != 0 else { return nil }
    }

    /// The scalar that holds scaled samples.
    ///
    /// Integers stay integers when slope and intercept are whole: the smallest type that holds all that a stored type
    /// can become, exactly. Everything else is `float32`, or `float64` where the stored type has more than 24 bits.
    func kind(for stored: ScalarKind) -> ScalarKind {
        let real: ScalarKind = stored.byteCount <= 2 || stored == .float32 ? .float32 : .float64
        guard let range = stored.integerRange, slope == slope.rounded(), intercept == intercept.rounded() else {
            return real
        }
        let ends = [range.lowerBound * slope + intercept, range.upperBound * slope + intercept]
        let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        let exact = 9_007_199_254_740_992.0
        guard low >= -exact, high <= exact else { return real }
        let candidates: [ScalarKind] = [stored, .uint8, .int8, .int16, .uint16, .int32, .uint32, .int64]
        let fitting = candidates.filter { kind in
            kind.integerRange.map { $0.lowerBound <= low && high <= $0.upperBound } ?? false
        }
        return fitting.min { $0.byteCount < $1.byteCount } ?? real
    }
}

extension ScalarKind {
    /// The numbers from the lowest to the highest of an integer type.
    fileprivate var integerRange: ClosedRange<Double>? {
        switch self {
        case .int8: -128...127
        case .int16: -32_768...32_767
        case .int32: -2_147_483_648...2_147_483_647
        case .int64: -0x1p63...0x1p63
        case .uint8: 0...255
        case .uint16: 0...65_535
        case .uint32: 0...4_294_967_295
        case .uint64: 0...0x1p64
        case .bool, .float16, .float32, .float64: nil
        }
    }
}

/// Writes scaled samples of one type from stored samples of any.
struct ScaleInto<Target: NumericScalar>: ImageVisitor {
    let scaling: NIfTIScaling

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) -> Image<Target> {
        let (slope, intercept) = (scaling.slope, scaling.intercept)
        return Image(axes: image.axes, sizes: image.sizes) { (target: inout MutableSpan<Target>) in
            let source = image.samples
            for i in 0..<target.count {
                target[i] = Target(saturating: source[i].saturated(to: Double.self) * slope + intercept)
            }
        }
    }
}

extension NIfTIScaling {
    /// The scaled samples.
    func apply(to stored: AnyImage, as kind: ScalarKind) -> AnyImage {
        switch kind {
        case .int8: AnyImage(stored.accept(ScaleInto<Int8>(scaling: self)))
        case .int16: AnyImage(stored.accept(ScaleInto<Int16>(scaling: self)))
        case .int32: AnyImage(stored.accept(ScaleInto<Int32>(scaling: self)))
        case .int64: AnyImage(stored.accept(ScaleInto<Int64>(scaling: self)))
        case .uint8: AnyImage(stored.accept(ScaleInto<UInt8>(scaling: self)))
        case .uint16: AnyImage(stored.accept(ScaleInto<UInt16>(scaling: self)))
        case .uint32: AnyImage(stored.accept(ScaleInto<UInt32>(scaling: self)))
        case .float64: AnyImage(stored.accept(ScaleInto<Double>(scaling: self)))
        default: AnyImage(stored.accept(ScaleInto<Float>(scaling: self)))
        }
    }
}
