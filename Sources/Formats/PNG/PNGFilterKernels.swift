/// The sum of the bytes' magnitudes, taken as signed numbers.
func sumOfMagnitudes(_ bytes: Span<UInt8>) -> Int {
    var sum = 0
    for i in 0..<bytes.count { sum &+= Int(min(bytes[i], 0 &- bytes[i])) }
    return sum
}

/// Differences to the pixel on the left; 0 stands left of the row.
func filterSub(_ row: Span<UInt8>, _ pixelBytes: Int, _ output: inout MutableSpan<UInt8>) {
    let first = min(pixelBytes, row.count)
    for i in 0..<first { output[i] = row[i] }
    for i in first..<row.count { output[i] = row[i] &- row[i - pixelBytes] }
}

/// Differences to the row above.
func filterUp(_ row: Span<UInt8>, _ above: Span<UInt8>, _ output: inout MutableSpan<UInt8>) {
    for i in 0..<row.count { output[i] = row[i] &- above[i] }
}

/// Differences to the mean, rounded down, of the pixels on the left and above.
func filterAverage(_ row: Span<UInt8>, _ above: Span<UInt8>, _ pixelBytes: Int, _ output: inout MutableSpan<UInt8>) {
    let first = min(pixelBytes, row.count)
    for i in 0..<first { output[i] = row[i] &- above[i] / 2 }
    for i in first..<row.count {
        let sum = UInt16(row[i - pixelBytes]) + UInt16(above[i])
        output[i] = row[i] &- UInt8(truncatingIfNeeded: sum / 2)
    }
}

/// Differences to the Paeth predictor.
func filterPaeth(_ row: Span<UInt8>, _ above: Span<UInt8>, _ pixelBytes: Int, _ output: inout MutableSpan<UInt8>) {
    let first = min(pixelBytes, row.count)
    for i in 0..<first { output[i] = row[i] &- above[i] }
    for i in first..<row.count {
        output[i] = row[i] &- paeth(row[i - pixelBytes], above[i], above[i - pixelBytes])
    }
}

/// The one of left (a), above (b) and upper left (c) that is nearest to a + b − c; ties in that order.
@inline(__always)
private func paeth(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt8 {
    let toA = abs(Int16(b) - Int16(c))
    let toB = abs(Int16(a) - Int16(c))
    let toC = abs(Int16(a) + Int16(b) - 2 * Int16(c))
    return toA <= toB && toA <= toC ? a : toB <= toC ? b : c
}
