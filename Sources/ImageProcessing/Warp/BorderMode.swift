/// What lies beyond the edges of a source.
///
/// A place that is NaN shows nothing: the fill value of a constant border, and 0 with the others.
public enum BorderMode: Sendable, Hashable, Codable {
    /// One value everywhere; between the outermost centers and beyond, samples blend into it.
    case constant(Double)
    /// One value for each channel.
    case color([Double])
    /// The outermost sample goes on: `aaa|abcd|ddd`.
    case replicate
    /// Mirrored with the outermost sample twice: `cba|abcd|dcb`.
    case reflect
    /// Mirrored about the outermost sample: `dcb|abcd|cba`.
    case reflect101
    /// The other side follows: `bcd|abcd|abc`.
    case wrap
}
