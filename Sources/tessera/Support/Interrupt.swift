import Formats
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM: the work stops at the next safe place, nothing half-written stays, the exit code is 130.
enum Interrupt {
    private static let requested = Atomic(false)

    /// Whether the user asked to stop.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Stops the work here when the user asked to.
    ///
    /// - Throws: `interrupted`.
    static func check(_ output: String) throws(FormatError) {
        if isRequested { throw FormatError(.interrupted, file: output, found: "interrupted") }
    }

    /// Starts to listen; a second signal ends the process at once.
    ///
    /// A parent may have blocked the signals (worker threads of programs do): they are let through. One that ignores them
    /// (a shell's background job) means it.
    static func listen() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] {
            unsafe sigaddset(&signals, number)
            var action = sigaction()
            guard unsafe sigaction(number, nil, &action) == 0, !isIgnored(action) else { continue }
            unsafe action.__sigaction_handler.sa_handler = { _ in
                Interrupt.requested.store(true, ordering: .relaxed)
            }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | Int32(SA_RESTART)
            unsafe sigaction(number, &action, nil)
        }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        // SIG_IGN is the address 1, which is no function that could be compared.
        unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    /// Standard streams that the parent closed lead to /dev/null: otherwise the first files opened would take their places.
    static func openStandardStreams() {
        for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
            // The lowest free descriptor is the one that was found closed. Results that nobody can read are an error.
            unsafe _ = open("/dev/null", descriptor == 1 ? O_RDONLY : O_RDWR)
        }
    }

    /// Writing to a closed pipe or beyond the allowed file size fails with an error instead of ending the process.
    static func ignoreWriteSignals() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    }
}
