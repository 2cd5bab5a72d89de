import Formats
import ImageCore

/// The type that a volume's samples get, chosen after looking at every frame.
struct ScalarChoice: Sendable, Hashable {
    var kind: ScalarKind
    var reason: VolumeReasons.Scalar
}

/// What is known of the values of one frame.
struct FrameValues: Sendable {
    /// Type of the decoded stored values.
    var stored: ScalarKind
    /// Smallest and largest value that the stored bits can hold; `nil` for floating-point numbers.
    var range: ClosedRange<Int>?
    var slope = 1.0
    var intercept = 0.0
    /// Stored values that are padding.
    var padding: ClosedRange<Int>?
    /// Bits of the entries, where a table takes the place of slope and intercept.
    var tableBits: Int?

    /// Real values of stored ones, from the first that has one.
    var realTable: (first: Int, values: [Double])?

    /// Takes the table of a frame, where one gives the values.
    mutating func setTable(_ facts: DICOMFrameFacts, _ map: VolumeOptions.Values) {
        if map == .realWorld { realTable = facts.realWorldValue?.table } else { tableBits = facts.modalityTableBits }
    }

    init(_ format: DICOMPixelFormat, rescale: DICOMRescale?) {
        stored = format.scalarKind
        range = format.valueRange
        padding = format.paddingRange
        if format.samplesPerPixel == 1, let rescale, rescale.slope != 0, rescale.slope.isFinite,
            rescale.intercept.isFinite
        {
            slope = rescale.slope
            intercept = rescale.intercept
        }
    }

    var isIdentity: Bool { slope == 1 && intercept == 0 }

    /// Whether a value after rescaling may be beyond the range of Float32.
    var passesFloat: Bool {
        let largest = Double(Float.greatestFiniteMagnitude)
        if let realTable { return realTable.values.contains { abs($0) > largest } }
        guard let range else { return false }
        return [range.lowerBound, range.upperBound].contains { abs(Double($0) * slope + intercept) > largest }
    }

    /// Whether stored values have more bits than Float32 can tell apart.
    var passesPrecisionOfFloat: Bool {
        range.map { $0.upperBound > 1 << 24 || $0.lowerBound < -(1 << 24) } ?? false
    }

    /// Slope and intercept as whole numbers below 2³⁰, or `nil`.
    var whole: (slope: Int, intercept: Int)? {
        guard range != nil, tableBits == nil, realTable == nil, slope.rounded() == slope,
            intercept.rounded() == intercept,
            abs(slope) < 0x1p30,
            abs(intercept) < 0x1p30
        else { return nil }
        return (Int(slope), Int(intercept))
    }

    /// The values that the frame can have after rescaling, when all are whole.
    var results: ClosedRange<Int>? {
        if let tableBits, slope == 1 { return 0...(1 << tableBits) - 1 }
        guard let range, let whole else { return nil }
        let low = range.lowerBound * whole.slope + whole.intercept
        let high = range.upperBound * whole.slope + whole.intercept
        return min(low, high)...max(low, high)
    }
}

extension ScalarChoice {
    /// The narrowest type that holds the values of all frames.
    ///
    /// | frames | type |
    /// |---|---|
    /// | floating-point pixel data, color | as stored; Float64 where slices differ and one needs it |
    /// | a fraction in any slope or intercept | Float32; Float64 where results pass 3.4e38 or stored values 24 bits |
    /// | whole, Hounsfield units | Int16 as long as no value passes it, else Int32 |
    /// | whole, unchanged, 8 bits without sign | UInt8 |
    /// | by a table | UInt8, Int16 or UInt16, as its entries need |
    /// | whole, possible results fit | Int16, else UInt16, else Int32, else UInt32, else Float64 |
    init(_ frames: [FrameValues], isHounsfield: Bool) {
        let kinds = Set(frames.map(\.stored))
        if kinds.contains(where: \.isFloatingPoint) {
            let isWide =
                kinds.contains(.float64) || frames.contains { $0.passesFloat || $0.passesPrecisionOfFloat }
            self.init(kind: isWide ? .float64 : .float32, reason: .stored)
            return
        }
        var low = Int.max
        var high = Int.min
        for frame in frames {
            guard let results = frame.results else {
                let isWide = frames.contains { $0.passesFloat || $0.passesPrecisionOfFloat }
                let isTable = frames.contains { $0.realTable != nil }
                self.init(kind: isWide ? .float64 : .float32, reason: isTable ? .table : .fractions)
                return
            }
            low = min(low, results.lowerBound)
            high = max(high, results.upperBound)
        }
        let isTable = frames.contains { $0.tableBits != nil }
        self.init(
            low: low, high: high, isHounsfield: isHounsfield, isBytes: (kinds == [.uint8] || isTable) && low == 0)
        if isTable && reason == .wholeNumbers { reason = .table }
    }

    private init(low: Int, high: Int, isHounsfield: Bool, isBytes: Bool) {
        reason = .wholeNumbers
        if isBytes && high <= 255 && !isHounsfield {
            kind = .uint8
        } else if low >= Int(Int16.min) && high <= Int(Int16.max) {
            kind = .int16
        } else if isHounsfield && low >= -0x20000 && high <= 0x20000 {
            kind = .int16
            reason = .hounsfieldInRange
        } else if low >= 0 && high <= Int(UInt16.max) {
            kind = .uint16
        } else if low >= Int(Int32.min) && high <= Int(Int32.max) {
            kind = .int32
        } else if low >= 0 && high <= Int(UInt32.max) {
            kind = .uint32
        } else {
            // Products of 32 bits and slopes below 2³⁰ are rounded to 53 bits.
            kind = .float64
        }
    }
}
