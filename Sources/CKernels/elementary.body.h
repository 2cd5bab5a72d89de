// Elementary functions of vectors; V comes from vectors.body.h. The polynomials are least-maximum fits of the relative error.

/// The binary logarithm of positive normal numbers, relative error below 2·10⁻⁷.
TESSERA_INLINE f32x16 V(log2_normal)(f32x16 value) {
    // The mantissa lies in [√½, √2).
    i32x16 offset = (i32x16)value - 0x3F3504F3, exponent = offset >> 23;
    f32x16 f = (f32x16)((offset & 0x007FFFFF) + 0x3F3504F3) - 1, f2 = f * f, f4 = f2 * f2;
    // log2(1 + f) / f
    f32x16 low = (1.44269500f + f * -0.721347347f) + f2 * (0.480910643f + f * -0.360703683f);
    f32x16 high = (0.287916248f + f * -0.238944822f) + f2 * (0.215715607f + f * -0.207269743f);
    return V(to_float)(exponent) + f * (low + f4 * (high + f4 * 0.125837013f));
}

/// The binary logarithm of numbers that are not negative: −∞ for 0.
TESSERA_INLINE f32x16 V(log2)(f32x16 value) {
    // Subnormal numbers are scaled first.
    i32x16 tiny = value < 1.17549435e-38f;
    f32x16 result = V(log2_normal)(V(select)(tiny, value * 8388608.0f, value)) - V(to_float)(tiny & 23);
    result = V(select)(value == V(splat)(INFINITY), value, result);
    return V(select)(value == V(splat)(0), V(splat)(-INFINITY), result);
}

/// 2 to a power, relative error below 2·10⁻⁷; 2⁻¹²⁶ below −126, and the largest power of two above 127.
TESSERA_INLINE f32x16 V(exp2_limited)(f32x16 value) {
    f32x16 limited = V(min)(V(max)(value, V(splat)(-126)), V(splat)(127.99999f));
#if TESSERA_LEVEL == 2
    f32x16 whole = (f32x16)_mm512_roundscale_ps((__m512)limited, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#else
    i32x16 number = V(floor)(limited + 0.5f);
    f32x16 whole = V(to_float)(number);
#endif
    f32x16 t = limited - whole, t2 = t * t;
    f32x16 low = 0.693147203f + t * 0.240226479f, middle = 0.0555033247f + t * 0.00961843736f;
    f32x16 series = 1 + t * (low + t2 * (middle + t2 * (0.00133988744f + t * 0.000153533619f)));
#if TESSERA_LEVEL == 2
    return (f32x16)_mm512_scalef_ps((__m512)series, (__m512)whole);
#else
    // In two steps: 2¹²⁸ itself is no number.
    i32x16 half = number >> 1;
    return series * (f32x16)((half + 127) << 23) * (f32x16)((number - half + 127) << 23);
#endif
}

/// The same, but 0 below −126.
TESSERA_INLINE f32x16 V(exp2)(f32x16 value) { return V(select)(value < -126, V(splat)(0), V(exp2_limited)(value)); }
