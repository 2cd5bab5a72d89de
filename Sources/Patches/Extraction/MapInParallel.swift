import ImageProcessing
import Synchronization

/// The results of a closure for every index from 0 up to a count, in order, worked out on several threads.
///
/// - Throws: What the closure threw for the lowest index that failed.
func mapInParallel<Result: Sendable, Failure: Error>(
    count: Int, workers: Int, body: @Sendable (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    try forEachInParallel(count: count, workers: workers) { index throws(Failure) in
        let result = try body(index)
        results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
}
