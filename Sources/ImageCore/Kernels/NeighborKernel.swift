// The innermost loops over contiguous samples. They vectorize as they stand: one count that all spans are known to share,
// plain subscripts, a closure that is inlined, and an index whose increment is not tested for overflow (which the
// optimizer cannot always prove away, and which stops it).

@inlinable
func mapNeighbors<Source, Target, Failure: Error>(
    _ source: Span<Source>, into target: inout MutableSpan<Target>, _ transform: (Source) throws(Failure) -> Target
) throws(Failure) {
    let count = target.count
    precondition(source.count == count, "spans of equal length")
    var i = 0
    while i < count {
        target[i] = try transform(source[i])
        i &+= 1
    }
}

@inlinable
func mapNeighbors<First, Second, Target>(
    _ first: Span<First>, _ second: Span<Second>, into target: inout MutableSpan<Target>,
    _ transform: (First, Second) -> Target
) {
    let count = target.count
    precondition(first.count == count && second.count == count, "spans of equal length")
    var i = 0
    while i < count {
        target[i] = transform(first[i], second[i])
        i &+= 1
    }
}

@inlinable
func updateNeighbors<Scalar, Failure: Error>(
    _ samples: inout MutableSpan<Scalar>, _ transform: (Scalar) throws(Failure) -> Scalar
) throws(Failure) {
    let count = samples.count
    var i = 0
    while i < count {
        samples[i] = try transform(samples[i])
        i &+= 1
    }
}

@inlinable
func updateNeighbors<Scalar, Other>(
    _ samples: inout MutableSpan<Scalar>, with other: Span<Other>, _ transform: (Scalar, Other) -> Scalar
) {
    let count = samples.count
    precondition(other.count == count, "spans of equal length")
    var i = 0
    while i < count {
        samples[i] = transform(samples[i], other[i])
        i &+= 1
    }
}

@inlinable
func foldNeighbors<Scalar, Result, Failure: Error>(
    _ samples: Span<Scalar>, into result: inout Result, _ update: (inout Result, Scalar) throws(Failure) -> Void
) throws(Failure) {
    let count = samples.count
    var i = 0
    while i < count {
        try update(&result, samples[i])
        i &+= 1
    }
}
