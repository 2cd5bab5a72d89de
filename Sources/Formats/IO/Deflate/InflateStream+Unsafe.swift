import CISALShim

/// How deflated bytes are wrapped.
package enum DeflateContainer: Sendable {
    /// RFC 1952, any number of members behind each other.
    case gzip
    /// RFC 1950.
    case zlib
}

/// An open stream of deflated bytes, expanded by ISA-L step by step into memory of the caller.
@safe
final class InflateStream {
    /// How a step ended.
    enum Status: Equatable {
        /// More input or more room is needed.
        case open
        /// The member or stream is whole, its checksum and length right.
        case end
        /// The input is no deflated data.
        case corrupt(String)
    }

    /// What a step did.
    struct Step {
        /// Bytes taken from the input.
        var consumed: Int
        /// Bytes put into the output.
        var produced: Int
        /// How it ended.
        var status: Status

        /// Whether another step can do more with the same input.
        var didSomething: Bool { consumed > 0 || produced > 0 || status != .open }
    }

    private let handle: OpaquePointer

    /// A stream at its beginning.
    init(_ container: DeflateContainer) {
        guard let handle = unsafe cisal_inflater_new(container == .gzip ? 1 : 0) else {
            preconditionFailure("there is memory for 90 KB")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe cisal_inflater_free(handle) }

    /// Prepares for the next member.
    func restart() { unsafe cisal_inflater_restart(handle) }

    /// Expands as much as input and output allow; what was consumed may come out of a later step, also of one without input.
    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Step {
        let step = unsafe cisal_inflate(handle, input.baseAddress, input.count, output.baseAddress, output.count)
        let status: Status =
            switch Int(step.status) {
            case CISAL_OPEN: .open
            case CISAL_END: .end
            default: .corrupt(unsafe String(cString: cisal_reason(step.status)))
            }
        return Step(consumed: step.consumed, produced: step.produced, status: status)
    }
}
