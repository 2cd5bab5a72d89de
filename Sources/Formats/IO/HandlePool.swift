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
        let handle = if let kept = idle.withLock({ $0.popLast() }) { kept } else { try make() }
        defer { idle.withLock { $0.append(handle) } }
        return try body(handle)
    }
}
