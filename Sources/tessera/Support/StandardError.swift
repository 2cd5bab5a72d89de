import ArgumentParser
import Glibc

/// The stream for people.
enum StandardError {
    /// Whether a person looks on.
    static let isTerminal = isatty(2) == 1

    /// Writes text as it is.
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }

    /// Writes one line; line breaks inside (file names can have them) become spaces.
    static func line(_ text: String) { write(String(text.map { $0.isNewline ? " " : $0 }) + "\n") }
}

/// The stream for results.
enum StandardOutput {
    /// Writes bytes; nobody reading them any more is not an error, a full disk is.
    static func write(_ bytes: [UInt8]) throws(ExitCode) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            if written < 0 && errno == EPIPE { return }
            guard written > 0 else {
                let reason = unsafe String(cString: strerror(errno))
                StandardError.line("tessera: standard output: write failed: \(reason)")
                throw ExitCode(1)
            }
            rest = rest.dropFirst(written)
        }
    }
}
