import Glibc
import Synchronization

/// Ctrl-C and SIGTERM: the work stops at the next safe place, nothing half-written stays, the exit code is 130.
enum Interrupt {
    private static let requested = Atomic(false)

    /// Whether the user asked to stop.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Starts to listen; a second signal ends the process at once.
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { _ in
                Interrupt.requested.store(true, ordering: .relaxed)
            }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            unsafe sigaction(number, &action, nil)
        }
    }
}
