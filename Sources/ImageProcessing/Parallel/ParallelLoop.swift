import Dispatch
import Glibc
import Synchronization

/// Number of processor cores that this machine offers to programs.
public let processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

/// Calls a closure once for every index from 0 up to a count, on several threads, and returns when all calls are done.
///
/// Indices are handed out one at a time in rising order, so that slow and quick ones balance. After the first error no
/// new index is handed out; since every lower index was handed out before, the error thrown is that of the lowest
/// index that fails, whatever the number of threads. Without `throws` in the closure the call does not throw.
///
/// - Parameters:
///   - count: Number of indices.
///   - workers: Largest number of threads; 1 or less calls the closure on the calling thread, in order.
///   - body: The work for one index; it may run at the same time as the work for others.
/// - Throws: what the closure threw for the lowest index that failed.
public func forEachInParallel<Failure: Error>(
    count: Int, workers: Int = processorCount, body: @Sendable (Int) throws(Failure) -> Void
) throws(Failure) {
    guard workers > 1, count > 1 else {
        for index in 0..<max(0, count) { try body(index) }
        return
    }
    let next = Atomic(0)
    let failure = Mutex<(index: Int, error: Failure)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(workers, count)) { _ in
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            do throws(Failure) {
                try body(index)
            } catch {
                next.store(count, ordering: .relaxed)
                failure.withLock { known in
                    if known.map({ index < $0.index }) ?? true { known = (index, error) }
                }
            }
        }
    }
    if let lowest = failure.withLock({ $0 }) { throw lowest.error }
}
