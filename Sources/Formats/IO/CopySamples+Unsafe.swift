/// Copies neighboring samples at the speed of memory: loops over checked spans of unknown type are not vectorized in time.
///
/// - Precondition: both ranges lie inside their spans.
func copySamples<Sample: BitwiseCopyable>(
    _ source: Span<Sample>, from start: Int, to target: inout MutableSpan<Sample>, at place: Int, count: Int
) {
    guard count > 0 else { return }
    precondition(start >= 0 && start + count <= source.count, "the source has the samples")
    precondition(place >= 0 && place + count <= target.count, "the target has room")
    unsafe source.withUnsafeBufferPointer { source in
        unsafe target.withUnsafeMutableBufferPointer { target in
            guard let from = source.baseAddress, let to = target.baseAddress else { return }
            unsafe (to + place).update(from: from + start, count: count)
        }
    }
}

/// Sets neighboring samples to one value.
///
/// - Precondition: the range lies inside the span.
func setSamples<Sample: BitwiseCopyable>(
    _ samples: inout MutableSpan<Sample>, _ range: Range<Int>, to value: Sample
) {
    precondition(range.lowerBound >= 0 && range.upperBound <= samples.count, "the span has the range")
    unsafe samples.withUnsafeMutableBufferPointer { buffer in
        unsafe buffer.extracting(range).update(repeating: value)
    }
}
