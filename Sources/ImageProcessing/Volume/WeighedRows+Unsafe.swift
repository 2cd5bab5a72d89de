import ImageCore

// The lengths of all rows are checked once before each loop: a check at every sample would cost more than the sample.

/// Sets sums, from a place on, to samples times a weight.
func setWeighted<Sample: ImageScalar, Weight: VolumeWeight>(
    _ source: Span<Sample>, _ weight: Weight, to sums: inout MutableSpan<Weight>, at start: Int
) {
    let count = source.count
    precondition(start >= 0 && start <= sums.count - count, "room for a row")
    var i = 0
    while i < count {
        unsafe sums[unchecked: start &+ i] = source[unchecked: i].saturated(to: Weight.self) * weight
        i &+= 1
    }
}

/// Sets sums, from a place on, to the samples of two rows, each times a weight.
func setWeighted<Sample: ImageScalar, Weight: VolumeWeight>(
    _ a: Span<Sample>, _ weightA: Weight, _ b: Span<Sample>, _ weightB: Weight, to sums: inout MutableSpan<Weight>,
    at start: Int
) {
    let count = a.count
    precondition(b.count == count && start >= 0 && start <= sums.count - count, "rows of equal length and room")
    var i = 0
    while i < count {
        let first = unsafe a[unchecked: i].saturated(to: Weight.self) * weightA
        unsafe sums[unchecked: start &+ i] = first + b[unchecked: i].saturated(to: Weight.self) * weightB
        i &+= 1
    }
}

/// Adds samples times a weight to sums, from a place on.
func addWeighted<Sample: ImageScalar, Weight: VolumeWeight>(
    _ source: Span<Sample>, _ weight: Weight, to sums: inout MutableSpan<Weight>, at start: Int
) {
    let count = source.count
    precondition(start >= 0 && start <= sums.count - count, "room for a row")
    var i = 0
    while i < count {
        unsafe sums[unchecked: start &+ i] += source[unchecked: i].saturated(to: Weight.self) * weight
        i &+= 1
    }
}

/// Rounds sums to samples, from a place on.
func convert<Sample: ImageScalar, Weight: VolumeWeight>(
    _ sums: Span<Weight>, into output: inout MutableSpan<Sample>, at start: Int
) {
    let count = sums.count
    precondition(start >= 0 && start <= output.count - count, "room for a row")
    var i = 0
    while i < count {
        unsafe output[unchecked: start &+ i] = Sample(converting: sums[unchecked: i])
        i &+= 1
    }
}

/// Weighs the samples of a row.
///
/// - Parameters:
///   - row: The samples, each of all channels.
///   - axis: The weights along the row.
///   - channels: Number of channels.
///   - sums: The new row.
func weighColumns<Weight: VolumeWeight>(
    _ row: Span<Weight>, _ axis: AxisWeights<Weight>, channels: Int, into sums: inout MutableSpan<Weight>
) {
    precondition(axis.sourceEnd * channels <= row.count && axis.count * channels == sums.count, "a row of the axis")
    let (first, weights) = (axis.first.span, axis.weights.span)
    switch (channels, axis.evenTapCount) {
    case (1, 2):
        for i in 0..<first.count {
            let place = unsafe first[unchecked: i]
            let sum = unsafe weights[unchecked: 2 &* i] * row[unchecked: place]
            unsafe sums[unchecked: i] = sum + weights[unchecked: 2 &* i &+ 1] * row[unchecked: place &+ 1]
        }
    case (1, 3):
        for i in 0..<first.count {
            let (place, tap) = unsafe (first[unchecked: i], 3 &* i)
            var sum = unsafe weights[unchecked: tap] * row[unchecked: place]
            unsafe sum += weights[unchecked: tap &+ 1] * row[unchecked: place &+ 1]
            unsafe sums[unchecked: i] = sum + weights[unchecked: tap &+ 2] * row[unchecked: place &+ 2]
        }
    default: weighAnyColumns(row, axis, channels: channels, into: &sums)
    }
}

/// Weighs the samples of a row with any number of weights and channels.
private func weighAnyColumns<Weight: VolumeWeight>(
    _ row: Span<Weight>, _ axis: AxisWeights<Weight>, channels: Int, into sums: inout MutableSpan<Weight>
) {
    let (first, offsets, weights) = (axis.first.span, axis.offsets.span, axis.weights.span)
    for i in 0..<first.count {
        let (begin, end) = unsafe (offsets[unchecked: i], offsets[unchecked: i &+ 1])
        for channel in 0..<channels {
            var place = unsafe first[unchecked: i] &* channels &+ channel
            var sum = unsafe weights[unchecked: begin] * row[unchecked: place]
            var tap = begin &+ 1
            while tap < end {
                place &+= channels
                unsafe sum += weights[unchecked: tap] * row[unchecked: place]
                tap &+= 1
            }
            unsafe sums[unchecked: i &* channels &+ channel] = sum
        }
    }
}
