/// Calculates every sample of a target from the sample of a source at the same coordinates.
///
/// Contiguous stretches go through a loop over spans of equal length, which vectorizes.
@inlinable
func mapSamples<Source, Target, Failure: Error>(
    _ source: Span<Source>, _ sourceLayout: Layout, into target: inout MutableSpan<Target>, _ targetLayout: Layout,
    _ transform: (Source) throws(Failure) -> Target
) throws(Failure) {
    for run in Runs(sourceLayout, targetLayout) {
        let (start, step) = (run.start, run.stride)
        if run.isContiguous {
            let from = source.extracting(start.first..<start.first + run.count)
            var to = target._mutatingExtracting(start.second..<start.second + run.count)
            try mapNeighbors(from, into: &to, transform)
        } else {
            for i in 0..<run.count {
                target[start.second + i * step.second] = try transform(source[start.first + i * step.first])
            }
        }
    }
}

/// Calculates every sample of a target from the samples of two sources at the same coordinates.
@inlinable
func mapSamples<First, Second, Target>(
    _ first: Span<First>, _ firstLayout: Layout, _ second: Span<Second>, _ secondLayout: Layout,
    into target: inout MutableSpan<Target>, _ targetLayout: Layout, _ transform: (First, Second) -> Target
) {
    for run in Runs(firstLayout, secondLayout, targetLayout) {
        let (start, step) = (run.start, run.stride)
        if run.isContiguous {
            let a = first.extracting(start.first..<start.first + run.count)
            let b = second.extracting(start.second..<start.second + run.count)
            var to = target._mutatingExtracting(start.third..<start.third + run.count)
            mapNeighbors(a, b, into: &to, transform)
        } else {
            for i in 0..<run.count {
                target[start.third + i * step.third] = transform(
                    first[start.first + i * step.first], second[start.second + i * step.second])
            }
        }
    }
}
