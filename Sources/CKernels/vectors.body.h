// What bodies do with vectors of 16 lanes; included at the top of a body.

#define V(name) LEVELED(v_##name)

TESSERA_INLINE f32x16 V(splat)(float value) { return (f32x16){0} + value; }
TESSERA_INLINE i32x16 V(splat_int)(int32_t value) { return (i32x16){0} + value; }
TESSERA_INLINE i32x16 V(lane_numbers)(void) {
    return (i32x16){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
}
TESSERA_INLINE f32x16 V(load)(const float *source) { return *(const f32x16_unaligned *)source; }
TESSERA_INLINE void V(store)(float *result, f32x16 value) { *(f32x16_unaligned *)result = value; }
TESSERA_INLINE f32x16 V(to_float)(i32x16 value) { return __builtin_convertvector(value, f32x16); }
/// Towards zero; the values fit.
TESSERA_INLINE i32x16 V(to_int)(f32x16 value) { return __builtin_convertvector(value, i32x16); }

TESSERA_INLINE f32x16 V(select)(i32x16 mask, f32x16 yes, f32x16 no) {
    return (f32x16)(((i32x16)yes & mask) | ((i32x16)no & ~mask));
}
TESSERA_INLINE i32x16 V(select_int)(i32x16 mask, i32x16 yes, i32x16 no) { return (yes & mask) | (no & ~mask); }

/// The smaller one; the second where one of them is NaN.
TESSERA_INLINE f32x16 V(min)(f32x16 a, f32x16 b) {
#if TESSERA_LEVEL == 2
    return (f32x16)_mm512_min_ps((__m512)a, (__m512)b);
#else
    return V(select)(a < b, a, b);
#endif
}
/// The larger one; the second where one of them is NaN.
TESSERA_INLINE f32x16 V(max)(f32x16 a, f32x16 b) {
#if TESSERA_LEVEL == 2
    return (f32x16)_mm512_max_ps((__m512)a, (__m512)b);
#else
    return V(select)(a > b, a, b);
#endif
}
TESSERA_INLINE i32x16 V(min_int)(i32x16 a, i32x16 b) { return V(select_int)(a < b, a, b); }
TESSERA_INLINE f32x16 V(abs)(f32x16 value) { return (f32x16)((i32x16)value & 0x7FFFFFFF); }

/// The largest whole number that is not above; the values fit 32 bits.
TESSERA_INLINE i32x16 V(floor)(f32x16 value) {
    i32x16 whole = V(to_int)(value);
    return whole + (V(to_float)(whole) > value);
}

/// The same as a float.
TESSERA_INLINE f32x16 V(floor_float)(f32x16 value) {
#if TESSERA_LEVEL == 2
    return (f32x16)_mm512_roundscale_ps((__m512)value, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
#else
    return V(to_float)(V(floor)(value));
#endif
}

/// Whether a comparison holds in all lanes.
TESSERA_INLINE int V(all)(i32x16 mask) {
#if TESSERA_LEVEL == 2
    return _mm512_movepi32_mask((__m512i)mask) == 0xFFFF;
#else
    return __builtin_reduce_and(mask) != 0;
#endif
}

#if TESSERA_LEVEL >= 1
TESSERA_INLINE __m256i V(low_half)(i32x16 v) {
    return (__m256i)__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7);
}
TESSERA_INLINE __m256i V(high_half)(i32x16 v) {
    return (__m256i)__builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
}
typedef int32_t LEVELED(i32x8) __attribute__((vector_size(32)));
TESSERA_INLINE i32x16 V(halves)(__m256i low, __m256i high) {
    return __builtin_shufflevector(
        (LEVELED(i32x8))low, (LEVELED(i32x8))high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
#endif

/// 32 bits from each of 16 places, which are counted in units of `scale` bytes: 1, 2 or 4.
TESSERA_INLINE i32x16 V(gather)(const void *base, i32x16 places, const int scale) {
#if TESSERA_LEVEL == 2
    switch (scale) {
    case 1: return (i32x16)_mm512_i32gather_epi32((__m512i)places, base, 1);
    case 2: return (i32x16)_mm512_i32gather_epi32((__m512i)places, base, 2);
    default: return (i32x16)_mm512_i32gather_epi32((__m512i)places, base, 4);
    }
#elif TESSERA_LEVEL == 1
    __m256i a = V(low_half)(places), b = V(high_half)(places);
    switch (scale) {
    case 1: return V(halves)(_mm256_i32gather_epi32(base, a, 1), _mm256_i32gather_epi32(base, b, 1));
    case 2: return V(halves)(_mm256_i32gather_epi32(base, a, 2), _mm256_i32gather_epi32(base, b, 2));
    default: return V(halves)(_mm256_i32gather_epi32(base, a, 4), _mm256_i32gather_epi32(base, b, 4));
    }
#else
    int32_t place[LANES], values[LANES];
    *(i32x16_unaligned *)place = places;
    for (int i = 0; i < LANES; i++) memcpy(values + i, (const char *)base + (int64_t)place[i] * scale, 4);
    return *(const i32x16_unaligned *)values;
#endif
}

#if TESSERA_LEVEL >= 1
TESSERA_INLINE __m128i V(two_pairs)(const char *base, int64_t first, int64_t second) {
    __m128 pair = (__m128)_mm_loadl_epi64((const __m128i *)(const void *)(base + first));
    return (__m128i)_mm_loadh_pi(pair, (const __m64 *)(const void *)(base + second));
}
TESSERA_INLINE __m256i V(four_pairs)(
    const void *base, int64_t a, int64_t b, int64_t c, int64_t d, const int scale) {
    return _mm256_set_m128i(V(two_pairs)(base, c * scale, d * scale), V(two_pairs)(base, a * scale, b * scale));
}
#endif

/// 64 bits from each of 16 places in memory, as two halves.
TESSERA_INLINE void V(pairs_of)(
    const void *base, const int32_t *place, const int scale, i32x16 *low_words, i32x16 *high_words) {
#if TESSERA_LEVEL >= 1
    // Loads of single pairs: faster than gathers on every processor that was measured.
    __m256i low[2], high[2];
    for (int half = 0; half < 2; half++) {
        const int32_t *p = place + 8 * half;
        __m256i a = V(four_pairs)(base, p[0], p[1], p[4], p[5], scale), b = V(four_pairs)(base, p[2], p[3], p[6], p[7], scale);
        low[half] = _mm256_castps_si256(_mm256_shuffle_ps((__m256)a, (__m256)b, 0x88));
        high[half] = _mm256_castps_si256(_mm256_shuffle_ps((__m256)a, (__m256)b, 0xDD));
    }
    *low_words = V(halves)(low[0], low[1]);
    *high_words = V(halves)(high[0], high[1]);
#else
    int32_t low[LANES], high[LANES];
    for (int i = 0; i < LANES; i++) {
        memcpy(low + i, (const char *)base + (int64_t)place[i] * scale, 4);
        memcpy(high + i, (const char *)base + (int64_t)place[i] * scale + 4, 4);
    }
    *low_words = *(const i32x16_unaligned *)low;
    *high_words = *(const i32x16_unaligned *)high;
#endif
}

/// 128 bits from each of 16 places in memory, as four words.
TESSERA_INLINE void V(quads_of)(const void *base, const int32_t *place, const int scale, i32x16 *words) {
#if TESSERA_LEVEL >= 1
    __m256i result[4][2];
    for (int half = 0; half < 2; half++) {
        __m256 rows[4];
        for (int i = 0; i < 4; i++) {
            const int32_t *p = place + 8 * half + i;
            rows[i] = _mm256_loadu2_m128(
                (const float *)(const void *)((const char *)base + (int64_t)p[4] * scale),
                (const float *)(const void *)((const char *)base + (int64_t)p[0] * scale));
        }
        __m256d a = (__m256d)_mm256_unpacklo_ps(rows[0], rows[1]), b = (__m256d)_mm256_unpackhi_ps(rows[0], rows[1]);
        __m256d c = (__m256d)_mm256_unpacklo_ps(rows[2], rows[3]), d = (__m256d)_mm256_unpackhi_ps(rows[2], rows[3]);
        result[0][half] = (__m256i)_mm256_unpacklo_pd(a, c);
        result[1][half] = (__m256i)_mm256_unpackhi_pd(a, c);
        result[2][half] = (__m256i)_mm256_unpacklo_pd(b, d);
        result[3][half] = (__m256i)_mm256_unpackhi_pd(b, d);
    }
    for (int k = 0; k < 4; k++) words[k] = V(halves)(result[k][0], result[k][1]);
#else
    int32_t values[4][LANES];
    for (int i = 0; i < LANES; i++)
        for (int k = 0; k < 4; k++)
            memcpy(values[k] + i, (const char *)base + (int64_t)place[i] * scale + 4 * k, 4);
    for (int k = 0; k < 4; k++) words[k] = *(const i32x16_unaligned *)values[k];
#endif
}

/// The same pairs at places in a register.
TESSERA_INLINE void V(gather_pairs)(
    const void *base, i32x16 places, const int scale, i32x16 *low_words, i32x16 *high_words) {
    int32_t place[LANES];
    *(i32x16_unaligned *)place = places;
    V(pairs_of)(base, place, scale, low_words, high_words);
}

/// Entries of a table of floats; the table has room for whole vectors.
TESSERA_INLINE f32x16 V(look_up)(const float *table, i32x16 indices, int32_t count) {
#if TESSERA_LEVEL == 2
    if (count <= 16) return (f32x16)_mm512_permutexvar_ps((__m512i)indices, _mm512_loadu_ps(table));
    if (count <= 32)
        return (f32x16)_mm512_permutex2var_ps(_mm512_loadu_ps(table), (__m512i)indices, _mm512_loadu_ps(table + 16));
#endif
    (void)count;
    return (f32x16)V(gather)(table, indices, 4);
}
