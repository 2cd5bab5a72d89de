/// What tells a file or folder from every other one on the machine.
package struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64

    /// What stands at a path; links are followed.
    package enum Kind {
        case file(FileIdentity)
        case folder(FileIdentity)
        case other
        case missing
    }

    /// The identity of a folder; `nil` where the path leads to none.
    package static func ofFolder(_ path: String) -> FileIdentity? {
        if case .folder(let identity) = kind(of: path) { identity } else { nil }
    }
}
