/// What becomes of patches that need a tile which cannot be decoded.
///
/// The tile is recorded in any case.
public enum CorruptTilePolicy: String, Sendable, Hashable, CaseIterable, Codable {
    /// The patches are left out.
    case skip
    /// The tile's pixels come from the next coarser level that has them, enlarged; from the background where none has.
    case lower
    /// The tile's pixels are the slide's background.
    case background
}
