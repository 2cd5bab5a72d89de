/// How samples between those of a source come about.
///
/// Labels are never interpolated, whatever is asked for.
public enum Interpolation: String, Sendable, Hashable, Codable, CaseIterable {
    /// The sample that holds the place.
    case nearest
    /// Linear between the centers of neighboring samples.
    case linear
    /// Cubic convolution over four samples along each axis, with a = −½ (Catmull-Rom; Keys 1981).
    case catmullRom
    /// Cubic convolution with a = −¾, as OpenCV's `INTER_CUBIC` has it.
    case sharpCubic
}
