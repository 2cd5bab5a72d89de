// Means of two by two pixels. A vector of sums holds as many whole pixels of the result as fit.

#include "vectors.body.h"

/// Sixteen samples as whole numbers, or as floats in the same bits.
TESSERA_INLINE i32x16 LEVELED(halve_load)(const enum tessera_filter_type type, const void *row, int64_t i) {
    switch (type) {
    case TESSERA_FILTER_U8: return __builtin_convertvector(*(const u8x16_unaligned *)((const uint8_t *)row + i), i32x16);
    case TESSERA_FILTER_U16: return __builtin_convertvector(*(const u16x16_unaligned *)((const uint16_t *)row + i), i32x16);
    case TESSERA_FILTER_I16: return __builtin_convertvector(*(const i16x16_unaligned *)((const int16_t *)row + i), i32x16);
    default: return (i32x16)V(load)((const float *)row + i);
    }
}

TESSERA_INLINE i32x16 LEVELED(halve_sum)(const enum tessera_filter_type type, i32x16 a, i32x16 b) {
    return type == TESSERA_FILTER_F32 ? (i32x16)((f32x16)a + (f32x16)b) : a + b;
}

/// The mean of four from their sum, halves away from zero.
TESSERA_INLINE void LEVELED(halve_store)(const enum tessera_filter_type type, i32x16 sum, void *row, int64_t i) {
    i32x16 mean = (sum + 2 + (sum >> 31)) >> 2;
    switch (type) {
    case TESSERA_FILTER_U8: *(u8x16_unaligned *)((uint8_t *)row + i) = __builtin_convertvector(mean, u8x16_unaligned); break;
    case TESSERA_FILTER_U16: *(u16x16_unaligned *)((uint16_t *)row + i) = __builtin_convertvector(mean, u16x16_unaligned); break;
    case TESSERA_FILTER_I16: *(i16x16_unaligned *)((int16_t *)row + i) = __builtin_convertvector(mean, i16x16_unaligned); break;
    default: V(store)((float *)row + i, (f32x16)sum * 0.25f); break;
    }
}

/// The pixels with even numbers and those after them, added up.
TESSERA_INLINE i32x16 LEVELED(halve_pairs)(const enum tessera_filter_type type, const int channels, i32x16 a, i32x16 b) {
    i32x16 even, odd;
    switch (channels) {
    case 1:
        even = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        odd = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        break;
    case 2:
        even = __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29);
        odd = __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
        break;
    case 3:
        even = __builtin_shufflevector(a, b, 0, 1, 2, 6, 7, 8, 12, 13, 14, 18, 19, 20, 24, 25, 26, 26);
        odd = __builtin_shufflevector(a, b, 3, 4, 5, 9, 10, 11, 15, 16, 17, 21, 22, 23, 27, 28, 29, 29);
        break;
    default:
        even = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
        odd = __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
        break;
    }
    return LEVELED(halve_sum)(type, even, odd);
}

TESSERA_INLINE void LEVELED(halve_one)(const enum tessera_filter_type type, const void *upper, const void *lower, int64_t from,
                                       int64_t channels, void *result, int64_t to) {
#define TESSERA_SUM(sample, sum)                                                                                       \
    ((sum)((const sample *)upper)[from] + ((const sample *)lower)[from] + ((const sample *)upper)[from + channels] +    \
     ((const sample *)lower)[from + channels])
    int32_t sum;
    switch (type) {
    case TESSERA_FILTER_U8:
        ((uint8_t *)result)[to] = (uint8_t)((TESSERA_SUM(uint8_t, int32_t) + 2) >> 2);
        break;
    case TESSERA_FILTER_U16:
        ((uint16_t *)result)[to] = (uint16_t)((TESSERA_SUM(uint16_t, int32_t) + 2) >> 2);
        break;
    case TESSERA_FILTER_I16:
        sum = TESSERA_SUM(int16_t, int32_t);
        ((int16_t *)result)[to] = (int16_t)((sum + 2 + (sum >> 31)) >> 2);
        break;
    default: {
        // In the order of the vectors.
        const float *a = (const float *)upper + from, *b = (const float *)lower + from;
        ((float *)result)[to] = ((a[0] + b[0]) + (a[channels] + b[channels])) * 0.25f;
        break;
    }
    }
#undef TESSERA_SUM
}

TESSERA_INLINE void LEVELED(halve_row)(const enum tessera_filter_type type, const int channels, const void *upper,
                                       const void *lower, int64_t length, void *result) {
    const int64_t step = 16 / channels * channels;
    int64_t i = 0;
    // Whole vectors are read and written: what lies behind the last whole pixel of one, the next one puts right.
    for (; i + 16 <= length; i += step) {
        i32x16 a = LEVELED(halve_sum)(type, LEVELED(halve_load)(type, upper, 2 * i), LEVELED(halve_load)(type, lower, 2 * i));
        i32x16 b = LEVELED(halve_sum)(
            type, LEVELED(halve_load)(type, upper, 2 * i + 16), LEVELED(halve_load)(type, lower, 2 * i + 16));
        LEVELED(halve_store)(type, LEVELED(halve_pairs)(type, channels, a, b), result, i);
    }
    for (; i < length; i++)
        LEVELED(halve_one)(type, upper, lower, i / channels * 2 * channels + i % channels, channels, result, i);
}

TESSERA_INLINE void LEVELED(halve_typed)(const enum tessera_filter_type type, const int64_t bytes, const void *source,
                                         int64_t width, int64_t height, int64_t channels, void *result) {
    int64_t length = width * channels;
    for (int64_t y = 0; y < height; y++) {
        const uint8_t *upper = (const uint8_t *)source + 4 * y * length * bytes, *lower = upper + 2 * length * bytes;
        void *row = (uint8_t *)result + y * length * bytes;
        switch (channels) {
        case 1: LEVELED(halve_row)(type, 1, upper, lower, length, row); break;
        case 2: LEVELED(halve_row)(type, 2, upper, lower, length, row); break;
        case 3: LEVELED(halve_row)(type, 3, upper, lower, length, row); break;
        default: LEVELED(halve_row)(type, 4, upper, lower, length, row); break;
        }
    }
}

static void LEVELED(halve)(enum tessera_filter_type type, const void *source, int64_t width, int64_t height, int64_t channels,
                           void *result) {
    switch (type) {
    case TESSERA_FILTER_U8: LEVELED(halve_typed)(TESSERA_FILTER_U8, 1, source, width, height, channels, result); break;
    case TESSERA_FILTER_U16: LEVELED(halve_typed)(TESSERA_FILTER_U16, 2, source, width, height, channels, result); break;
    case TESSERA_FILTER_I16: LEVELED(halve_typed)(TESSERA_FILTER_I16, 2, source, width, height, channels, result); break;
    case TESSERA_FILTER_F32: LEVELED(halve_typed)(TESSERA_FILTER_F32, 4, source, width, height, channels, result); break;
    }
}
#undef V
