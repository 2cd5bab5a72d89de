/// How the bytes of a row are predicted from their neighbors before compression (PNG standard, section 9).
public enum PNGFilter: Sendable, Hashable, CaseIterable {
    /// No prediction: best for labels and masks.
    case none
    /// From the pixel on the left.
    case sub
    /// From the pixel above.
    case up
    /// From the mean of both.
    case average
    /// From the left, upper or upper left pixel, whichever is nearest to left + upper − upper left.
    case paeth
    /// Per row the one of the five whose differences have the smallest sum of magnitudes (standard, section 12.7).
    case adaptive

    /// The number that stands before each row; `nil` when it is chosen per row.
    var code: UInt8? {
        switch self {
        case .none: 0
        case .sub: 1
        case .up: 2
        case .average: 3
        case .paeth: 4
        case .adaptive: nil
        }
    }
}

/// Filters the rows of one image, from the top.
struct PNGRowFilter {
    private let filter: PNGFilter
    /// Distance in bytes to the pixel on the left, at least 1.
    private let pixelBytes: Int
    private var current: [UInt8]
    private var previous: [UInt8]
    private var candidate: [UInt8]
    private var best: [UInt8]

    init(_ filter: PNGFilter, rowBytes: Int, pixelBytes: Int) {
        self.filter = filter
        self.pixelBytes = pixelBytes
        current = [UInt8](repeating: 0, count: rowBytes)
        previous = current
        candidate = current
        best = current
    }

    /// Filters the next row, which a closure writes, and appends its code and bytes.
    mutating func append(to output: inout [UInt8], row fill: (inout MutableSpan<UInt8>) -> Void) {
        swap(&current, &previous)
        var span = current.mutableSpan
        fill(&span)
        var code = filter.code ?? 0
        if filter.code == nil { code = chooseBest() } else { apply(code) }
        output.append(code)
        output += filter.code == nil ? best : candidate
    }

    /// Tries all filters; the first of equals wins.
    private mutating func chooseBest() -> UInt8 {
        var (chosen, smallest) = (UInt8(0), Int.max)
        for code in 0..<UInt8(5) {
            apply(code)
            let sum = sumOfMagnitudes(candidate.span)
            if sum < smallest {
                (chosen, smallest) = (code, sum)
                swap(&best, &candidate)
            }
        }
        return chosen
    }

    private mutating func apply(_ code: UInt8) {
        // Locals, because the span of one property would keep the others from being read; nothing is copied.
        let (row, above, pixelBytes) = (current, previous, pixelBytes)
        var output = candidate.mutableSpan
        switch code {
        case 1: filterSub(row.span, pixelBytes, &output)
        case 2: filterUp(row.span, above.span, &output)
        case 3: filterAverage(row.span, above.span, pixelBytes, &output)
        case 4: filterPaeth(row.span, above.span, pixelBytes, &output)
        default: copyRow(row.span, from: 0, into: &output)
        }
    }
}
