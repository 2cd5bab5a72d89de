import ImageCore

/// The threshold between air and tissue inside the body: the middle of the means of what lies below and above it.
///
/// Iterated from a start until it stands still, as S. Hu, E. Hoffman, J. Reinhardt, "Automatic lung segmentation for accurate
/// quantitation of volumetric X-ray CT images", IEEE Trans. Med. Imaging 20 (2001), do it (after Ridler and Calvard, 1978). A part
/// of a chest, or no chest, has too little of one of the two: then the start stands.
///
/// - Parameters:
///   - volume: Hounsfield units.
///   - body: Where values count; it has the volume's shape.
///   - start: The first threshold.
///   - limits: The result lies within.
/// - Returns: The largest value of air.
func optimalThreshold(
    _ volume: Image<Int16>, in body: Image<Bool>, start: Double = -500, limits: ClosedRange<Double> = -600 ... -300
) -> Double {
    // Values beyond are metal or padding: they count as the ends.
    let (lowest, highest) = (-1024, 1024)
    var counts = [Double](repeating: 0, count: highest - lowest + 1)
    let (source, mask) = (volume.contiguous(), body.contiguous())
    let (samples, included) = (source.samples, mask.samples)
    for i in 0..<samples.count where included[i] { counts[min(max(Int(samples[i]), lowest), highest) - lowest] += 1 }
    let total = counts.reduce(0, +)
    var threshold = start
    for _ in 0..<100 {
        var (air, airSum, tissue, tissueSum) = (0.0, 0.0, 0.0, 0.0)
        for (index, count) in counts.enumerated() {
            let value = Double(index + lowest)
            if value <= threshold {
                (air, airSum) = (air + count, airSum + count * value)
            } else {
                (tissue, tissueSum) = (tissue + count, tissueSum + count * value)
            }
        }
        guard air > total / 1000, tissue > total / 1000 else { return start }
        let next = min(max((airSum / air + tissueSum / tissue) / 2, limits.lowerBound), limits.upperBound)
        if abs(next - threshold) < 0.5 { return next }
        threshold = next
    }
    return threshold
}
