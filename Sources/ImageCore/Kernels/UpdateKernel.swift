/// Changes every sample of an image in place.
@inlinable
func updateSamples<Scalar, Failure: Error>(
    _ samples: inout MutableSpan<Scalar>, _ layout: Layout, _ transform: (Scalar) throws(Failure) -> Scalar
) throws(Failure) {
    for run in Runs(layout) {
        let (start, step) = (run.start.first, run.stride.first)
        if run.isContiguous {
            var piece = samples._mutatingExtracting(start..<start + run.count)
            try updateNeighbors(&piece, transform)
        } else {
            for i in 0..<run.count { samples[start + i * step] = try transform(samples[start + i * step]) }
        }
    }
}

/// Changes every sample of an image in place by the sample of another at the same coordinates.
@inlinable
func updateSamples<Scalar, Other>(
    _ samples: inout MutableSpan<Scalar>, _ layout: Layout, with other: Span<Other>, _ otherLayout: Layout,
    _ transform: (Scalar, Other) -> Scalar
) {
    for run in Runs(layout, otherLayout) {
        let (start, step) = (run.start, run.stride)
        if run.isContiguous {
            var piece = samples._mutatingExtracting(start.first..<start.first + run.count)
            let with = other.extracting(start.second..<start.second + run.count)
            updateNeighbors(&piece, with: with, transform)
        } else {
            for i in 0..<run.count {
                let at = start.first + i * step.first
                samples[at] = transform(samples[at], other[start.second + i * step.second])
            }
        }
    }
}
