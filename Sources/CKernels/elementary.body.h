// Elementary functions of vectors; V comes from vectors.body.h.

/// The binary logarithm of positive numbers, relative error below 2·10⁻⁷ (absolute near 1): −∞ for 0.
TESSERA_INLINE f32x16 V(log2)(f32x16 value) {
    // Subnormal numbers are scaled first.
    i32x16 tiny = value < 1.17549435e-38f;
    f32x16 scaled = V(select)(tiny, value * 8388608.0f, value);
    i32x16 bits = (i32x16)scaled;
    // The mantissa lies in [√½, √2).
    i32x16 offset = bits - 0x3F3504F3;
    i32x16 exponent = (offset >> 23) - (tiny & 23);
    f32x16 m = (f32x16)((offset & 0x007FFFFF) + 0x3F3504F3) ;
    // log2(m) = 2/ln 2 · artanh(s), s = (m − 1)/(m + 1): an odd series.
    f32x16 s = (m - 1) / (m + 1), q = s * s;
    f32x16 series = q * (0.9617967f + q * (0.5770780f + q * (0.4121986f + q * 0.3205989f)));
    f32x16 result = V(to_float)(exponent) + (s * 2.8853901f + s * series);
    result = V(select)(value == V(splat)(INFINITY), value, result);
    return V(select)(value == V(splat)(0), V(splat)(-INFINITY), result);
}

/// 2 to a power, relative error below 2·10⁻⁷; 0 below −126, and the largest power of two above 127.
TESSERA_INLINE f32x16 V(exp2)(f32x16 value) {
    f32x16 limited = V(min)(V(max)(value, V(splat)(-126)), V(splat)(127.99999f));
    i32x16 whole = V(floor)(limited + 0.5f);
    f32x16 t = (limited - V(to_float)(whole)) * 0.69314718f;
    // The series of e^t for |t| ≤ ½·ln 2.
    f32x16 series = 1 + t * (1 + t * (0.5f + t * (0.16666667f + t * (0.041666667f + t * (0.0083333333f + t * (0.0013888889f + t * 0.00019841270f))))));
    // In two steps: 2¹²⁸ itself is no number.
    i32x16 half = whole >> 1;
    f32x16 result = series * (f32x16)((half + 127) << 23) * (f32x16)((whole - half + 127) << 23);
    return V(select)(value < -126, V(splat)(0), result);
}
