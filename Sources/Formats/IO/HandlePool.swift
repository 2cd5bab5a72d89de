import Synchronization

/// Handles that one thread may use at a time, kept for the next user.
package final class HandlePool<Handle: AnyObject & Sendable>: Sendable {
    private let idle = Mutex<[Handle]>([])

    /// An empty pool.
    package init() {}

    /// Lends a handle for the time of a call, making one when none is idle.
    package func withHandle<Result, Failure: Error>(
        make: () throws(Failure) -> Handle, _ body: (Handle) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let handle = try take(make: make)
        defer { giveBack(handle) }
        return try body(handle)
    }

    /// Takes a handle out of the pool, making one when none is idle.
    package func take<Failure: Error>(make: () throws(Failure) -> Handle) throws(Failure) -> Handle {
        if let kept = idle.withLock({ $0.popLast() }) { return kept }
        return try make()
    }

    /// Keeps a handle for the next user.
    package func giveBack(_ handle: Handle) { idle.withLock { $0.append(handle) } }
}
