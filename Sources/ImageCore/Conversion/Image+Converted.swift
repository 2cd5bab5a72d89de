extension Image {
    /// The same numbers as another scalar: rounded half away from zero and clamped to its range.
    ///
    /// | from | to | rule |
    /// |---|---|---|
    /// | integer | integer | clamped, never through floating point: exact beyond 2⁵³ |
    /// | floating point | integer | nearest, halves away from zero, clamped; NaN gives 0 |
    /// | integer | floating point | nearest; beyond the range of `Float16`: its largest finite value |
    /// | floating point | floating point | nearest; finite numbers stay finite, NaN, infinities and −0 are kept |
    /// | `Bool` | number | 0 or 1 |
    /// | number | `Bool` | `true` unless 0 or NaN |
    ///
    /// The values keep their meaning, so that ``domain`` and everything else stays; use ``rescaled(to:)`` to map black to
    /// black and white to white. Converting to the image's own scalar costs nothing.
    @inlinable
    public func converted<Target: ImageScalar>(to type: Target.Type = Target.self) -> Image<Target> {
        if let same = self as? Image<Target> { return same }
        return map { Target(converting: $0) }
    }
}
