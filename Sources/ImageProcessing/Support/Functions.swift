import Glibc

/// The C library's sine, named so that this module alone imports it.
func sine(_ x: Double) -> Double { sin(x) }
/// The C library's cosine.
func cosine(_ x: Double) -> Double { cos(x) }
/// The C library's tangent.
func tangent(_ x: Double) -> Double { tan(x) }
/// The C library's exponential.
func exponential(_ x: Double) -> Double { exp(x) }
/// The C library's power.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
/// The C library's natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }
/// The C library's angle of a place.
func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
