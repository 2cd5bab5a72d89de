public import ImageCore

/// How often each value from 0 to 255 occurs among all samples of an image.
///
/// - Returns: 256 counts that sum to the number of samples.
public func histogram(of image: Image<UInt8>) -> [Int] {
    let source = image.contiguous()
    let samples = source.samples
    // Four tables: neighbors are often equal, and adding twice to one counter would wait for the first to be stored.
    var tables = [Int](repeating: 0, count: 4 * 256)
    var counts = tables.mutableSpan
    let whole = samples.count / 4 * 4
    for i in stride(from: 0, to: whole, by: 4) {
        counts[Int(samples[i])] += 1
        counts[256 + Int(samples[i + 1])] += 1
        counts[512 + Int(samples[i + 2])] += 1
        counts[768 + Int(samples[i + 3])] += 1
    }
    for i in whole..<samples.count { counts[Int(samples[i])] += 1 }
    return (0..<256).map { value in
        (0..<4).reduce(0) { sum, table in sum + tables[table * 256 + value] }
    }
}

/// How often each value from 0 to 255 occurs where a mask holds.
///
/// - Throws: ``ImageError`` when the image has more than one channel or its size is not the mask's.
public func histogram(of image: Image<UInt8>, where mask: Image<Bool>) throws(ImageError) -> [Int] {
    let (shape, other) = (try image.planeShape(), try mask.planeShape())
    guard shape.width == other.width, shape.height == other.height else {
        throw .shapeMismatch(expected: image.sizes, found: mask.sizes)
    }
    let (source, selection) = (image.contiguous(), mask.contiguous())
    let (samples, selected) = (source.samples, selection.samples)
    var counts = [Int](repeating: 0, count: 256)
    for i in 0..<samples.count where selected[i] { counts[Int(samples[i])] += 1 }
    return counts
}
