#include "vectors.body.h"

// MARK: Half precision

/// The nearest half-precision number, ties to even; finite numbers stay finite.
TESSERA_INLINE uint16_t LEVELED(half)(float value) {
    if (value > 65504 && value <= 3.4028235e38f) value = 65504;
    if (value < -65504 && value >= -3.4028235e38f) value = -65504;
#if TESSERA_LEVEL > 0
    return (uint16_t)_cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT);
#else
    uint32_t bits;
    memcpy(&bits, &value, 4);
    uint32_t sign = bits >> 16 & 0x8000, size = bits & 0x7FFFFFFF;
    if (size > 0x7F800000) return (uint16_t)(sign | 0x7E00);
    if (size == 0x7F800000) return (uint16_t)(sign | 0x7C00);
    if (size < 0x38800000) {
        // Below 2⁻¹⁴: adding 0.5 leaves the subnormal in the low bits, rounded by the addition.
        float scaled;
        memcpy(&scaled, &size, 4);
        scaled += 0.5f;
        memcpy(&bits, &scaled, 4);
        return (uint16_t)(sign | (bits - 0x3F000000));
    }
    size += 0xFFF + (size >> 13 & 1);
    return (uint16_t)(sign | ((size - 0x38000000) >> 13));
#endif
}

TESSERA_INLINE float LEVELED(from_half)(uint16_t half) {
#if TESSERA_LEVEL > 0
    return _cvtsh_ss(half);
#else
    uint32_t sign = (uint32_t)(half & 0x8000) << 16, size = half & 0x7FFF, bits;
    float value;
    if (size < 0x400) {
        value = (float)size * 5.9604645e-8f;
        memcpy(&bits, &value, 4);
        bits |= sign;
    } else {
        bits = sign | (size >= 0x7C00 ? 0x7F800000 | (size & 0x3FF) << 13 : (size << 13) + 0x38000000);
    }
    memcpy(&value, &bits, 4);
    return value;
#endif
}

// MARK: Loading

#define LOAD(type)                                                                                                     \
    do {                                                                                                               \
        const type *restrict from = source;                                                                            \
        if (stride == 1)                                                                                               \
            for (int32_t i = 0; i < count; i++) result[i] = (float)from[i];                                            \
        else                                                                                                           \
            for (int32_t i = 0; i < count; i++) result[i] = (float)from[i * stride];                                   \
    } while (0)

static void LEVELED(load_row)(
    enum tessera_type type, const void *source, int64_t stride, int32_t count, float *restrict result) {
    switch (type) {
    case TESSERA_BOOL:
    case TESSERA_UINT8: LOAD(uint8_t); break;
    case TESSERA_INT8: LOAD(int8_t); break;
    case TESSERA_UINT16: LOAD(uint16_t); break;
    case TESSERA_INT16: LOAD(int16_t); break;
    case TESSERA_INT32: LOAD(int32_t); break;
    case TESSERA_FLOAT32: LOAD(float); break;
    case TESSERA_UINT32: LOAD(uint32_t); break;
    case TESSERA_INT64: LOAD(int64_t); break;
    case TESSERA_UINT64: LOAD(uint64_t); break;
    case TESSERA_FLOAT64: LOAD(double); break;
    case TESSERA_FLOAT16:
        for (int32_t i = 0; i < count; i++) result[i] = LEVELED(from_half)(((const uint16_t *)source)[i * stride]);
        break;
    }
    for (int32_t i = count; i < tessera_padded(count); i++) result[i] = 0;
}
#undef LOAD

static void LEVELED(load_interleaved_bytes)(
    const uint8_t *restrict source, int32_t channels, int32_t count, float *restrict planes, int64_t plane_stride) {
    if (channels == 3) {
        float *restrict a = planes, *restrict b = planes + plane_stride, *restrict c = planes + 2 * plane_stride;
        for (int32_t i = 0; i < count; i++) {
            a[i] = source[3 * i];
            b[i] = source[3 * i + 1];
            c[i] = source[3 * i + 2];
        }
    } else {
        for (int32_t channel = 0; channel < channels; channel++) {
            float *restrict plane = planes + channel * plane_stride;
            for (int32_t i = 0; i < count; i++) plane[i] = source[i * channels + channel];
        }
    }
    for (int32_t channel = 0; channel < channels; channel++)
        for (int32_t i = count; i < tessera_padded(count); i++) planes[channel * plane_stride + i] = 0;
}

// MARK: Storing

/// Rounded half away from zero and limited; NaN becomes 0.
TESSERA_INLINE int32_t LEVELED(rounded)(float value, float low, float high) {
    value = value == value ? value : 0;
    value = value > low ? value : low;
    value = value < high ? value : high;
    int32_t whole = (int32_t)value;
    // The fraction is exact: adding a half to the value first would round 0.49999997 up.
    float rest = value - (float)whole;
    return whole + (rest >= 0.5f) - (rest <= -0.5f);
}

TESSERA_INLINE float LEVELED(whole)(float value) {
    if (value != value) return 0;
    if (fabsf(value) >= 8388608) return value;
    return (float)LEVELED(rounded)(value, -8388608, 8388608);
}

#define STORE(type, expression)                                                                                        \
    do {                                                                                                               \
        type *restrict to = result;                                                                                    \
        if (stride == 1)                                                                                               \
            for (int32_t i = 0; i < count; i++) {                                                                      \
                float value = source[i];                                                                               \
                to[i] = (type)(expression);                                                                            \
            }                                                                                                          \
        else                                                                                                           \
            for (int32_t i = 0; i < count; i++) {                                                                      \
                float value = source[i];                                                                               \
                to[i * stride] = (type)(expression);                                                                   \
            }                                                                                                          \
    } while (0)

static void LEVELED(store_row)(
    enum tessera_type type, const float *restrict source, int32_t count, void *result, int64_t stride) {
    switch (type) {
    case TESSERA_BOOL: STORE(uint8_t, value < 0 || value > 0); break;
    case TESSERA_UINT8: STORE(uint8_t, LEVELED(rounded)(value, 0, 255)); break;
    case TESSERA_INT8: STORE(int8_t, LEVELED(rounded)(value, -128, 127)); break;
    case TESSERA_UINT16: STORE(uint16_t, LEVELED(rounded)(value, 0, 65535)); break;
    case TESSERA_INT16: STORE(int16_t, LEVELED(rounded)(value, -32768, 32767)); break;
    case TESSERA_FLOAT32: STORE(float, value); break;
    case TESSERA_FLOAT64: STORE(double, value); break;
    case TESSERA_FLOAT16: STORE(uint16_t, LEVELED(half)(value)); break;
    case TESSERA_INT32:
        STORE(int32_t, value >= 2147483648.0f ? INT32_MAX : value < -2147483648.0f ? INT32_MIN
                                                                                   : (int32_t)LEVELED(whole)(value));
        break;
    case TESSERA_UINT32:
        STORE(uint32_t, value >= 4294967296.0f ? UINT32_MAX : value > 0 ? (uint32_t)LEVELED(whole)(value) : 0);
        break;
    case TESSERA_INT64:
        STORE(int64_t, value >= 9223372036854775808.0f  ? INT64_MAX
                       : value < -9223372036854775808.0f ? INT64_MIN
                                                         : (int64_t)LEVELED(whole)(value));
        break;
    case TESSERA_UINT64:
        STORE(uint64_t, value >= 18446744073709551616.0f ? UINT64_MAX : value > 0 ? (uint64_t)LEVELED(whole)(value) : 0);
        break;
    }
}
#undef STORE

#if TESSERA_LEVEL >= 1
/// Sixteen values as bytes, rounded as above.
TESSERA_INLINE __m128i LEVELED(rounded_bytes)(f32x16 value) {
    value = V(min)(V(max)(value, V(splat)(0)), V(splat)(255));
    i32x16 whole = V(to_int)(value);
    return (__m128i)__builtin_convertvector(whole - (value - V(to_float)(whole) >= 0.5f), u8x16_unaligned);
}

/// The parts of sixteen bytes of one channel that three blocks of pixels take.
#define SPREAD(first, second, third)                                                                                   \
    _mm_or_si128(_mm_or_si128(_mm_shuffle_epi8(a, first), _mm_shuffle_epi8(b, second)), _mm_shuffle_epi8(c, third))

/// Sixteen pixels of three channels.
TESSERA_INLINE void LEVELED(store_colors)(const float *planes, int64_t plane_stride, uint8_t *result) {
    __m128i a = LEVELED(rounded_bytes)(V(load)(planes)), b = LEVELED(rounded_bytes)(V(load)(planes + plane_stride));
    __m128i c = LEVELED(rounded_bytes)(V(load)(planes + 2 * plane_stride)), *to = (__m128i *)result;
    _mm_storeu_si128(
        to, SPREAD(
                _mm_setr_epi8(0, -1, -1, 1, -1, -1, 2, -1, -1, 3, -1, -1, 4, -1, -1, 5),
                _mm_setr_epi8(-1, 0, -1, -1, 1, -1, -1, 2, -1, -1, 3, -1, -1, 4, -1, -1),
                _mm_setr_epi8(-1, -1, 0, -1, -1, 1, -1, -1, 2, -1, -1, 3, -1, -1, 4, -1)));
    _mm_storeu_si128(
        to + 1, SPREAD(
                    _mm_setr_epi8(-1, -1, 6, -1, -1, 7, -1, -1, 8, -1, -1, 9, -1, -1, 10, -1),
                    _mm_setr_epi8(5, -1, -1, 6, -1, -1, 7, -1, -1, 8, -1, -1, 9, -1, -1, 10),
                    _mm_setr_epi8(-1, 5, -1, -1, 6, -1, -1, 7, -1, -1, 8, -1, -1, 9, -1, -1)));
    _mm_storeu_si128(
        to + 2, SPREAD(
                    _mm_setr_epi8(-1, 11, -1, -1, 12, -1, -1, 13, -1, -1, 14, -1, -1, 15, -1, -1),
                    _mm_setr_epi8(-1, -1, 11, -1, -1, 12, -1, -1, 13, -1, -1, 14, -1, -1, 15, -1),
                    _mm_setr_epi8(10, -1, -1, 11, -1, -1, 12, -1, -1, 13, -1, -1, 14, -1, -1, 15)));
}
#undef SPREAD
#endif

static void LEVELED(store_interleaved_bytes)(
    const float *restrict planes, int64_t plane_stride, int32_t channels, int32_t count, uint8_t *restrict result) {
    if (channels == 3) {
        const float *restrict a = planes, *restrict b = planes + plane_stride, *restrict c = planes + 2 * plane_stride;
        int32_t i = 0;
#if TESSERA_LEVEL >= 1
        for (; i + LANES <= count; i += LANES) LEVELED(store_colors)(planes + i, plane_stride, result + 3 * i);
#endif
        for (; i < count; i++) {
            result[3 * i] = (uint8_t)LEVELED(rounded)(a[i], 0, 255);
            result[3 * i + 1] = (uint8_t)LEVELED(rounded)(b[i], 0, 255);
            result[3 * i + 2] = (uint8_t)LEVELED(rounded)(c[i], 0, 255);
        }
        return;
    }
    for (int32_t channel = 0; channel < channels; channel++) {
        const float *restrict plane = planes + channel * plane_stride;
        for (int32_t i = 0; i < count; i++)
            result[i * channels + channel] = (uint8_t)LEVELED(rounded)(plane[i], 0, 255);
    }
}

// MARK: Measuring

/// The lanes exchanged so that what one operation with them gives holds for twice as many; `step` is 8, 4, 2 or 1.
TESSERA_INLINE f32x16 LEVELED(exchanged)(f32x16 v, const int step) {
    switch (step) {
    case 8: return __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    case 4: return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    case 2: return __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    default: return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    }
}

/// Adds values to sums, squares, minimum and maximum.
TESSERA_INLINE void LEVELED(take)(
    f32x16 value, f32x16 origin, f32x16 *sums, f32x16 *squares, f32x16 *low, f32x16 *high) {
    // The value first: of NaN and a limit, the limit stays.
    *low = V(min)(value, *low);
    *high = V(max)(value, *high);
    f32x16 distance = value - origin;
    *sums += distance;
    *squares += distance * distance;
}

/// The mean of four samples of a row, which is near that of all: distances from it keep small deviations of large values.
TESSERA_INLINE float LEVELED(middle_of)(const float *row, int32_t count) {
    return 0.25f * (row[0] + row[count / 4] + (row[count / 2] + row[count - 1 - count / 4]));
}

/// The last values of a row, fewer than sixteen, filled up.
TESSERA_INLINE f32x16 LEVELED(filled_up)(const float *rest, int32_t count, f32x16 filling) {
    for (int lane = 0; lane < count; lane++) filling[lane] = rest[lane];
    return filling;
}

/// The means of `channels` rows, whose sums do not wait for each other.
TESSERA_INLINE void LEVELED(average_rows)(
    const float *planes, int64_t plane_stride, const int channels, int32_t count, double *result) {
    float middle[3];
    f32x16 sums[3] = {0};
    for (int c = 0; c < channels; c++) middle[c] = LEVELED(middle_of)(planes + c * plane_stride, count);
    for (int32_t i = 0; i < count; i += LANES) {
        for (int c = 0; c < channels; c++) {
            const float *row = planes + c * plane_stride + i;
            f32x16 origin = V(splat)(middle[c]);
            sums[c] += (i + LANES <= count ? V(load)(row) : LEVELED(filled_up)(row, count - i, origin)) - origin;
        }
    }
    for (int c = 0; c < channels; c++) sums[c] += LEVELED(exchanged)(sums[c], 8);
    for (int c = 0; c < channels; c++) sums[c] += LEVELED(exchanged)(sums[c], 4);
    for (int c = 0; c < channels; c++) sums[c] += LEVELED(exchanged)(sums[c], 2);
    for (int c = 0; c < channels; c++) sums[c] += LEVELED(exchanged)(sums[c], 1);
    for (int c = 0; c < channels; c++) result[c] = (double)sums[c][0] * (1.0 / count) + (double)middle[c];
}

static void LEVELED(average)(
    const float *planes, int64_t plane_stride, int32_t channels, int32_t count, double *result) {
    if (channels == 3)
        LEVELED(average_rows)(planes, plane_stride, 3, count, result);
    else
        for (int32_t c = 0; c < channels; c++)
            LEVELED(average_rows)(planes + c * plane_stride, plane_stride, 1, count, result + c);
    for (int32_t c = 0; c < channels; c++) {
        if (fabs(result[c]) < INFINITY) continue;
        // Sums of large numbers are beyond floats.
        const float *row = planes + c * plane_stride;
        result[c] = 0;
        for (int32_t i = 0; i < count; i++) result[c] += (double)row[i] * (1.0 / count);
    }
}

static void LEVELED(measure)(
    const float *planes, int64_t plane_stride, int32_t channels, int32_t count, double *result) {
    for (int32_t c = 0; c < channels; c++, planes += plane_stride, result += 4) {
        float middle = LEVELED(middle_of)(planes, count);
        f32x16 origin = V(splat)(middle), sums = {0}, squares = {0}, more_sums = {0}, more_squares = {0};
        double part = 1.0 / count;
        f32x16 low = V(splat)(INFINITY), high = V(splat)(-INFINITY), lower = low, higher = high;
        // Two chains, which do not wait for each other.
        int32_t i = 0;
        for (; i + 2 * LANES <= count; i += 2 * LANES) {
            LEVELED(take)(V(load)(planes + i), origin, &sums, &squares, &low, &high);
            LEVELED(take)(V(load)(planes + i + LANES), origin, &more_sums, &more_squares, &lower, &higher);
        }
        for (; i < count; i += LANES) {
            // The mean that fills up lies between minimum and maximum.
            f32x16 value = i + LANES <= count ? V(load)(planes + i) : LEVELED(filled_up)(planes + i, count - i, origin);
            LEVELED(take)(value, origin, &sums, &squares, &low, &high);
        }
        sums += more_sums;
        squares += more_squares;
        low = V(min)(low, lower);
        high = V(max)(high, higher);
#define TESSERA_FOLD(step)                                                                                             \
    sums += LEVELED(exchanged)(sums, step), squares += LEVELED(exchanged)(squares, step),                              \
        low = V(min)(low, LEVELED(exchanged)(low, step)), high = V(max)(high, LEVELED(exchanged)(high, step))
        TESSERA_FOLD(8), TESSERA_FOLD(4), TESSERA_FOLD(2), TESSERA_FOLD(1);
#undef TESSERA_FOLD
        double mean = (double)sums[0] * part, spread = (double)squares[0] - mean * mean * count;
        mean += (double)middle;
        if (!(spread < INFINITY)) {
            // Squares of large numbers are beyond floats.
            mean = spread = 0;
            for (int32_t i = 0; i < count; i++) mean += (double)planes[i] / count;
            for (int32_t i = 0; i < count; i++) spread += ((double)planes[i] - mean) * ((double)planes[i] - mean);
        }
        result[0] = mean;
        result[1] = spread < 0 ? 0 : spread;
        result[2] = low[0];
        result[3] = high[0];
    }
}
#undef V
