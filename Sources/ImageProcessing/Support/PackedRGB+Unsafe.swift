/// One interleaved pixel of three bytes: loops over pixels instead of bytes are vectorized by the compiler.
struct PackedRGB: BitwiseCopyable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
}

extension Span<UInt8> {
    /// The same bytes as whole pixels; up to two bytes at the end that make no pixel are left out.
    ///
    /// Safe: the pixel has size 3 and alignment 1, and any three bytes are a pixel.
    var packedRGB: Span<PackedRGB> {
        @_lifetime(copy self)
        get {
            let whole = unsafe extracting(first: count / 3 * 3).bytes
            return Span<PackedRGB>(_bytes: whole)
        }
    }
}
