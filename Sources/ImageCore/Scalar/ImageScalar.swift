/// A type that samples of an image can have: the integers of 8 to 64 bits, `Float16`, `Float`, `Double`, and `Bool` for masks.
///
/// The set is closed: ``AnyImage`` has one case for each, and no other type conforms.
public protocol ImageScalar: Sendable, BitwiseCopyable, Hashable {
    /// The kind that names this type.
    static var kind: ScalarKind { get }
    /// The value of a sample that nothing was written to: 0, or `false`.
    static var zero: Self { get }
}

extension Bool: ImageScalar {
    /// See ``ScalarKind/bool``.
    public static var kind: ScalarKind { .bool }
    /// `false`.
    public static var zero: Bool { false }
}
