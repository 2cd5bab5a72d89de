/// A state of a file: another file at its path, another size or a later change make another one.
package struct FileRevision: Sendable, Hashable {
    package var device: UInt64
    package var number: UInt64
    package var size: Int
    /// When the file's data or attributes were changed last; no program can set it back, as it can the time of writing.
    package var changedSeconds: Int
    package var changedNanoseconds: Int
}
