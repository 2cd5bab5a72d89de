import Dispatch
import Glibc
import Synchronization

/// Number of threads that work on the pieces of one file unless a caller says otherwise.
package let defaultWorkerCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

/// Calls a closure once for every piece of a file, on several threads, and returns when all calls are done.
///
/// Pieces are handed out in rising order; after the first error no new one is. The error thrown is that of the lowest
/// piece that fails, whatever the number of threads.
package func forEachPiece(
    _ count: Int, workers: Int = defaultWorkerCount, body: @Sendable (Int) throws(FormatError) -> Void
) throws(FormatError) {
    guard workers > 1, count > 1 else {
        for piece in 0..<max(0, count) { try body(piece) }
        return
    }
    let next = Atomic(0)
    let failure = Mutex<(piece: Int, error: FormatError)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(workers, count)) { _ in
        while true {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard piece < count else { return }
            do throws(FormatError) {
                try body(piece)
            } catch {
                next.store(count, ordering: .relaxed)
                failure.withLock { known in
                    if known.map({ piece < $0.piece }) ?? true { known = (piece, error) }
                }
            }
        }
    }
    if let lowest = failure.withLock({ $0 }) { throw lowest.error }
}
