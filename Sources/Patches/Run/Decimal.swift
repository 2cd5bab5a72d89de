/// A number rounded to four decimals: enough for fractions of a patch, and the same text everywhere.
func rounded(_ value: Double) -> Double { (value * 10000).rounded() / 10000 }

/// A number with at most four decimals, trailing zeros left out.
func decimal(_ value: Double) -> String {
    let value = rounded(value)
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
}

/// A number with all its digits; whole ones without a point.
func exact(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
}
