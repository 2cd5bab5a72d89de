import ImageCore

/// Picks samples of a slice.
///
/// - Parameters:
///   - source: The volume.
///   - start: Where the slice begins.
///   - shape: The shape of the volume.
///   - rows: For each row of the result the one it is taken from.
///   - columns: For each column of the result the one it is taken from.
///   - output: The new slice.
func gatherSlice<Scalar: ImageScalar>(
    _ source: Span<Scalar>, from start: Int, _ shape: VolumeShape, _ rows: [Int], _ columns: [Int],
    into output: inout MutableSpan<Scalar>
) {
    let (channels, columns) = (shape.channels, columns.span)
    precondition(output.count == rows.count * columns.count * channels, "a slice of the result")
    precondition(columns.indices.allSatisfy { (0..<shape.width).contains(columns[$0]) }, "columns of the volume")
    var next = 0
    for row in rows {
        // Ranges are checked here, once for all samples of the row.
        let line = source.extracting(start + row * shape.rowLength..<start + (row + 1) * shape.rowLength)
        for i in 0..<columns.count {
            let place = unsafe columns[unchecked: i] &* channels
            for channel in 0..<channels {
                unsafe output[unchecked: next] = line[unchecked: place &+ channel]
                next &+= 1
            }
        }
    }
}

/// Whether no sample is NaN or infinite.
func areFinite<Scalar: ImageScalar>(_ samples: Span<Scalar>) -> Bool {
    guard Scalar.kind.isFloatingPoint else { return true }
    var i = 0
    while i < samples.count {
        let end = min(i + 4096, samples.count)
        var rest: UInt32 = 0
        while i < end {
            // Without a branch, so that it is vectorized: a number minus itself is NaN for all that are not finite.
            let value = unsafe samples[unchecked: i].saturated(to: Float.self)
            rest |= (value - value).bitPattern
            i &+= 1
        }
        guard rest == 0 else { return false }
    }
    return true
}
