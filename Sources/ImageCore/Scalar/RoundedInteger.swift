/// The nearest integer, halves away from zero, clamped to a range inside that of a signed 16-bit or unsigned 16-bit integer.
///
/// Free of branches and library calls, so that loops around it vectorize: adding 1.5 · 2²³ moves the integer part into the
/// low bits of the significand (rounded half to even), and ties are then put right.
@inlinable
func roundedInteger(_ value: Float, from lower: Float, through upper: Float) -> Int32 {
    let shift: Float = 12_582_912
    let atLeast = value >= lower ? value : lower
    let clamped = value == value ? (atLeast <= upper ? atLeast : upper) : 0
    let shifted = clamped + shift
    let rest = clamped - (shifted - shift)
    let nearest = Int32(bitPattern: shifted.bitPattern &- shift.bitPattern)
    let up: Int32 = rest == 0.5 && clamped > 0 ? 1 : 0
    let down: Int32 = rest == -0.5 && clamped < 0 ? 1 : 0
    return nearest &+ up &- down
}

/// The nearest integer, halves away from zero, clamped to a range inside that of a signed or unsigned 32-bit integer.
///
/// As for `Float`, with 1.5 · 2⁵².
@inlinable
func roundedInteger(_ value: Double, from lower: Double, through upper: Double) -> Int64 {
    let shift: Double = 6_755_399_441_055_744
    let atLeast = value >= lower ? value : lower
    let clamped = value == value ? (atLeast <= upper ? atLeast : upper) : 0
    let shifted = clamped + shift
    let rest = clamped - (shifted - shift)
    let nearest = Int64(bitPattern: shifted.bitPattern &- shift.bitPattern)
    let up: Int64 = rest == 0.5 && clamped > 0 ? 1 : 0
    let down: Int64 = rest == -0.5 && clamped < 0 ? 1 : 0
    return nearest &+ up &- down
}
