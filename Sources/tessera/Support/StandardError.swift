import ArgumentParser
import Formats
import Glibc
import ImageCore
import Radiology

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

    /// Writes one line; line breaks inside (file names can have them) become spaces, control characters "?".
    static func line(_ text: String) { write(text.printable + "\n") }

    /// Writes a line for each thing in a file that other programs read in another way.
    static func remarks(of image: AnyImage, _ path: String) {
        for remark in image.metadata.remarks { line("tessera: warning: \(path): \(remark)") }
    }

    /// Writes a line for each defect of a volume, with the first file concerned.
    static func lines(_ defects: [SeriesDefect]) {
        for defect in defects {
            let more = defect.files.count > 1 ? " and \(defect.files.count - 1) more" : ""
            let place = defect.files.first.map { " [\($0)\(more)]" } ?? ""
            line("tessera: \(defect.severity.rawValue): \(defect.message)\(place)")
        }
    }
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

extension String {
    /// The text in one line without control characters, which files may bring and terminals obey.
    var printable: String {
        var result = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .lineSeparator, .paragraphSeparator: result.append(" ")
            case .control: result.append(scalar == "\n" || scalar == "\r" || scalar == "\t" ? " " : "?")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Lines without control characters other than the breaks between them.
    var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
}
