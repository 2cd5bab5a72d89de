/// What can be odd about a series; each is a change to the slices, and any two can be combined.
///
/// Taken from what readers get wrong: a reader that sorts by number, averages the spacing or stacks whatever it finds
/// fails at least one.
public enum TortureCase: String, Sendable, CaseIterable {
    // In the order in which they are applied: places first, then values, then files that come, change and go.

    /// Slices stand side by side instead of above each other.
    case sagittal
    /// The planes are tilted by 20° against the direction in which the table moves.
    case gantryTilt
    /// 1.25 mm for the first half, then 5 mm.
    case variableSpacing
    /// Positions are off by 0.004 mm, alternating.
    case jitter
    /// Every slice has its own slope, 1.0 to 2.9.
    case slopePerSlice
    /// The last slice along the normal has number 1.
    case reversedNumbers
    /// Two slices at every position, with temporal positions 1 and 2.
    case twoPhases
    /// Slice 7 is missing (of the first phase).
    case missingSlice
    /// A second slice at the position of slice 11, with a UID and pixels of its own.
    case extraSlice
    /// Slice 4 is there twice, byte for byte.
    case sameFileTwice
    /// A perpendicular image of the same size, marked as localizer.
    case localizer
    /// Slice 14 has half the rows.
    case oddSize
    /// Slice 9 has no position.
    case noPosition

    /// Number of slices of an unharmed phase.
    public static let sliceCount = 20
    /// Distance of neighboring slices in millimetres.
    public static let spacing = 1.25
    /// Angle of ``gantryTilt`` in degrees.
    public static let tiltDegrees = 20.0
    /// The slice that ``missingSlice`` takes away.
    public static let missingIndex = 7
    /// The slice that ``extraSlice`` doubles.
    public static let extraIndex = 11
    /// The slice that ``sameFileTwice`` repeats.
    public static let repeatedIndex = 4
    /// The slice that ``oddSize`` halves.
    public static let oddSizeIndex = 14
    /// The slice whose position ``noPosition`` takes away.
    public static let positionlessIndex = 9

    /// All single cases and all pairs.
    public static var singlesAndPairs: [Set<TortureCase>] {
        var all = allCases.map { Set([$0]) }
        for (i, first) in allCases.enumerated() {
            for second in allCases[(i + 1)...] { all.append([first, second]) }
        }
        return all
    }
}
