import ImageProcessing
import Synchronization

/// The results of a closure for every index, in order, made on several threads.
func parallelMap<Value: Sendable>(count: Int, workers: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    let results = Mutex([Value?](repeating: nil, count: count))
    forEachInParallel(count: count, workers: workers) { index in
        let value = body(index)
        results.withLock { $0[index] = value }
    }
    return results.withLock { $0.compactMap(\.self) }
}
