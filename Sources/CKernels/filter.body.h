typedef float LEVELED(floats) __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t LEVELED(words) __attribute__((vector_size(64), aligned(4), may_alias));
typedef uint8_t LEVELED(bytes) __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint16_t LEVELED(halves) __attribute__((vector_size(32), aligned(2), may_alias));
typedef int16_t LEVELED(signed_halves) __attribute__((vector_size(32), aligned(2), may_alias));
#define FLOATS LEVELED(floats)
#define WORDS LEVELED(words)

TESSERA_INLINE FLOATS LEVELED(load16)(enum tessera_filter_type type, const void *row, int64_t i) {
    switch (type) {
    case TESSERA_FILTER_U8: return __builtin_convertvector(*(const LEVELED(bytes) *)((const uint8_t *)row + i), FLOATS);
    case TESSERA_FILTER_U16: return __builtin_convertvector(*(const LEVELED(halves) *)((const uint16_t *)row + i), FLOATS);
    case TESSERA_FILTER_I16:
        return __builtin_convertvector(*(const LEVELED(signed_halves) *)((const int16_t *)row + i), FLOATS);
    default: return *(const FLOATS *)((const float *)row + i);
    }
}

TESSERA_INLINE float LEVELED(load1)(enum tessera_filter_type type, const void *row, int64_t i) {
    switch (type) {
    case TESSERA_FILTER_U8: return ((const uint8_t *)row)[i];
    case TESSERA_FILTER_U16: return ((const uint16_t *)row)[i];
    case TESSERA_FILTER_I16: return ((const int16_t *)row)[i];
    default: return ((const float *)row)[i];
    }
}

/// Rounded half away from zero and clamped; sums are far from the ends of 32 bits.
TESSERA_INLINE WORDS LEVELED(rounded16)(FLOATS value, int32_t low, int32_t high) {
    FLOATS half = value * 0 + 0.5f;
    if (low < 0) half = (FLOATS)((WORDS)half | ((WORDS)value & INT32_MIN));
    WORDS whole = __builtin_convertvector(value + half, WORDS);
    WORDS lows = (WORDS){0} + low, highs = (WORDS){0} + high;
    return __builtin_elementwise_min(__builtin_elementwise_max(whole, lows), highs);
}

TESSERA_INLINE void LEVELED(store16)(enum tessera_filter_type type, FLOATS value, void *row, int64_t i) {
    switch (type) {
    case TESSERA_FILTER_U8:
        *(LEVELED(bytes) *)((uint8_t *)row + i) =
            __builtin_convertvector(LEVELED(rounded16)(value, 0, 255), LEVELED(bytes));
        break;
    case TESSERA_FILTER_U16:
        *(LEVELED(halves) *)((uint16_t *)row + i) =
            __builtin_convertvector(LEVELED(rounded16)(value, 0, 65535), LEVELED(halves));
        break;
    case TESSERA_FILTER_I16:
        *(LEVELED(signed_halves) *)((int16_t *)row + i) =
            __builtin_convertvector(LEVELED(rounded16)(value, -32768, 32767), LEVELED(signed_halves));
        break;
    default: *(FLOATS *)((float *)row + i) = value; break;
    }
}

TESSERA_INLINE void LEVELED(store_part)(enum tessera_filter_type type, FLOATS value, void *row, int64_t i, int64_t count) {
    uint8_t part[64];
    int64_t size = type == TESSERA_FILTER_U8 ? 1 : type == TESSERA_FILTER_F32 ? 4 : 2;
    LEVELED(store16)(type, value, part, 0);
    memcpy((uint8_t *)row + i * size, part, (size_t)(count * size));
}

/// Rows weighed and added up.
TESSERA_INLINE void LEVELED(weigh_rows)(enum tessera_filter_type type, const void *const *rows, const float *weights,
                                        int64_t count, int64_t length, float *result) {
    int64_t i = 0;
    for (; i + 32 <= length; i += 32) {
        FLOATS a = weights[0] * LEVELED(load16)(type, rows[0], i);
        FLOATS b = weights[0] * LEVELED(load16)(type, rows[0], i + 16);
        for (int64_t t = 1; t < count; t++) {
            a += weights[t] * LEVELED(load16)(type, rows[t], i);
            b += weights[t] * LEVELED(load16)(type, rows[t], i + 16);
        }
        *(FLOATS *)(result + i) = a;
        *(FLOATS *)(result + i + 16) = b;
    }
    for (; i < length; i++) {
        float sum = weights[0] * LEVELED(load1)(type, rows[0], i);
        for (int64_t t = 1; t < count; t++) sum += weights[t] * LEVELED(load1)(type, rows[t], i);
        result[i] = sum;
    }
}

/// 16 samples of a row at indices that are below 32 when `near` is 1, below 64 when it is 2.
TESSERA_INLINE FLOATS LEVELED(pick)(const float *row, const int32_t *indices, int near) {
#if TESSERA_LEVEL == 2
    __m512i places = _mm512_loadu_si512(indices);
    if (near) {
        __m512 first = _mm512_permutex2var_ps(_mm512_loadu_ps(row), places, _mm512_loadu_ps(row + 16));
        if (near == 1) return (FLOATS)first;
        __m512 second = _mm512_permutex2var_ps(_mm512_loadu_ps(row + 32), places, _mm512_loadu_ps(row + 48));
        return (FLOATS)_mm512_mask_blend_ps(_mm512_test_epi32_mask(places, _mm512_set1_epi32(32)), first, second);
    }
    return (FLOATS)_mm512_i32gather_ps(places, row, 4);
#else
    FLOATS result;
#if TESSERA_LEVEL == 1
    if (near == 1) {
        __m256 half[2];
        for (int i = 0; i < 2; i++) {
            // Each register of eight is looked at with the three low bits of the index; the next two choose among them.
            __m256i places = _mm256_loadu_si256((const __m256i *)(const void *)(indices + 8 * i));
            __m256 a = _mm256_permutevar8x32_ps(_mm256_loadu_ps(row), places);
            __m256 b = _mm256_permutevar8x32_ps(_mm256_loadu_ps(row + 8), places);
            __m256 c = _mm256_permutevar8x32_ps(_mm256_loadu_ps(row + 16), places);
            __m256 d = _mm256_permutevar8x32_ps(_mm256_loadu_ps(row + 24), places);
            __m256 eights = _mm256_castsi256_ps(_mm256_slli_epi32(places, 28));
            __m256 sixteens = _mm256_castsi256_ps(_mm256_slli_epi32(places, 27));
            half[i] = _mm256_blendv_ps(_mm256_blendv_ps(a, b, eights), _mm256_blendv_ps(c, d, eights), sixteens);
        }
        memcpy(&result, half, sizeof result);
        return result;
    }
#else
    (void)near;
#endif
    for (int i = 0; i < 16; i++) result[i] = row[indices[i]];
    return result;
#endif
}

TESSERA_INLINE FLOATS LEVELED(resized_block)(const struct tessera_taps *taps, const float *row, int64_t block,
                                             int64_t count) {
    const float *base = row + taps->bases[block];
    const int32_t *indices = taps->indices + block * count * 16;
    const float *weights = taps->weights + block * count * 16;
    int near = taps->near[block];
    FLOATS sum = *(const FLOATS *)weights * LEVELED(pick)(base, indices, near);
    for (int64_t t = 1; t < count; t++)
        sum += *(const FLOATS *)(weights + 16 * t) * LEVELED(pick)(base, indices + 16 * t, near);
    return sum;
}

TESSERA_INLINE void LEVELED(resize_columns)(enum tessera_filter_type type, const struct tessera_taps *taps, const float *row,
                                            int64_t count, void *result) {
    int64_t whole = taps->count / 16;
    for (int64_t block = 0; block < whole; block++)
        LEVELED(store16)(type, LEVELED(resized_block)(taps, row, block, count), result, block * 16);
    if (taps->count > whole * 16)
        LEVELED(store_part)(type, LEVELED(resized_block)(taps, row, whole, count), result, whole * 16,
                            taps->count - whole * 16);
}

/// Samples as they are, where each new one is an old one.
TESSERA_INLINE void LEVELED(take_columns)(enum tessera_filter_type type, const struct tessera_taps *taps, const void *row,
                                          int64_t length, void *result) {
    const int64_t bytes = type == TESSERA_FILTER_U8 ? 1 : type == TESSERA_FILTER_F32 ? 4 : 2;
    for (int64_t block = 0; block * 16 < taps->count; block++) {
        int64_t base = taps->bases[block], count = taps->count - block * 16;
        const int32_t *indices = taps->indices + block * 16;
#if TESSERA_LEVEL == 2
        if (taps->near[block] == 1 && base + 32 <= length && count >= 16) {
            __m512 a = (__m512)LEVELED(load16)(type, row, base), b = (__m512)LEVELED(load16)(type, row, base + 16);
            LEVELED(store16)(type, (FLOATS)_mm512_permutex2var_ps(a, _mm512_loadu_si512(indices), b), result, block * 16);
            continue;
        }
#else
        (void)length;
#endif
        const uint8_t *from = (const uint8_t *)row + base * bytes;
        uint8_t *to = (uint8_t *)result + block * 16 * bytes;
        if (count >= 16) {
#pragma clang loop unroll(full)
            for (int64_t i = 0; i < 16; i++) memcpy(to + i * bytes, from + indices[i] * bytes, (size_t)bytes);
        } else {
            for (int64_t i = 0; i < count; i++) memcpy(to + i * bytes, from + indices[i] * bytes, (size_t)bytes);
        }
    }
}

TESSERA_INLINE void LEVELED(resize_typed)(enum tessera_filter_type type, const void *const *rows, const float *weights,
                                          int64_t count, int64_t length, const struct tessera_taps *taps, float *buffer,
                                          void *result) {
    if (count == 1 && taps->taps == 1 && weights[0] == 1) {
        LEVELED(take_columns)(type, taps, rows[0], length, result);
        return;
    }
    switch (count) {
    case 1: LEVELED(weigh_rows)(type, rows, weights, 1, length, buffer); break;
    case 2: LEVELED(weigh_rows)(type, rows, weights, 2, length, buffer); break;
    case 4: LEVELED(weigh_rows)(type, rows, weights, 4, length, buffer); break;
    default: LEVELED(weigh_rows)(type, rows, weights, count, length, buffer); break;
    }
    switch (taps->taps) {
    case 1: LEVELED(resize_columns)(type, taps, buffer, 1, result); break;
    case 2: LEVELED(resize_columns)(type, taps, buffer, 2, result); break;
    case 4: LEVELED(resize_columns)(type, taps, buffer, 4, result); break;
    default: LEVELED(resize_columns)(type, taps, buffer, taps->taps, result); break;
    }
}

static void LEVELED(resize_row)(enum tessera_filter_type type, const void *const *rows, const float *weights, int64_t count,
                                int64_t length, const struct tessera_taps *taps, float *buffer, void *result) {
    switch (type) {
    case TESSERA_FILTER_U8: LEVELED(resize_typed)(TESSERA_FILTER_U8, rows, weights, count, length, taps, buffer, result); break;
    case TESSERA_FILTER_U16: LEVELED(resize_typed)(TESSERA_FILTER_U16, rows, weights, count, length, taps, buffer, result); break;
    case TESSERA_FILTER_I16: LEVELED(resize_typed)(TESSERA_FILTER_I16, rows, weights, count, length, taps, buffer, result); break;
    case TESSERA_FILTER_F32: LEVELED(resize_typed)(TESSERA_FILTER_F32, rows, weights, count, length, taps, buffer, result); break;
    }
}

TESSERA_INLINE void LEVELED(floats_typed)(enum tessera_filter_type type, const void *row, int64_t count, float *result) {
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) *(FLOATS *)(result + i) = LEVELED(load16)(type, row, i);
    for (; i < count; i++) result[i] = LEVELED(load1)(type, row, i);
}

static void LEVELED(row_to_floats)(enum tessera_filter_type type, const void *row, int64_t count, float *result) {
    switch (type) {
    case TESSERA_FILTER_U8: LEVELED(floats_typed)(TESSERA_FILTER_U8, row, count, result); break;
    case TESSERA_FILTER_U16: LEVELED(floats_typed)(TESSERA_FILTER_U16, row, count, result); break;
    case TESSERA_FILTER_I16: LEVELED(floats_typed)(TESSERA_FILTER_I16, row, count, result); break;
    case TESSERA_FILTER_F32: LEVELED(floats_typed)(TESSERA_FILTER_F32, row, count, result); break;
    }
}

TESSERA_INLINE FLOATS LEVELED(filtered_block)(const float *row, const float *weights, int64_t taps, int64_t step) {
    FLOATS sum = weights[0] * *(const FLOATS *)row;
    for (int64_t t = 1; t < taps; t++) sum += weights[t] * *(const FLOATS *)(row + t * step);
    return sum;
}

TESSERA_INLINE void LEVELED(filter_columns)(enum tessera_filter_type type, const float *row, int64_t length,
                                            const float *weights, int64_t taps, int64_t step, void *result) {
    int64_t i = 0;
    for (; i + 32 <= length; i += 32) {
        FLOATS a = weights[0] * *(const FLOATS *)(row + i), b = weights[0] * *(const FLOATS *)(row + i + 16);
        for (int64_t t = 1; t < taps; t++) {
            a += weights[t] * *(const FLOATS *)(row + i + t * step);
            b += weights[t] * *(const FLOATS *)(row + i + 16 + t * step);
        }
        LEVELED(store16)(type, a, result, i);
        LEVELED(store16)(type, b, result, i + 16);
    }
    // The buffer is long enough for whole blocks.
    for (; i < length; i += 16)
        LEVELED(store_part)(type, LEVELED(filtered_block)(row + i, weights, taps, step), result, i,
                            length - i < 16 ? length - i : 16);
}

TESSERA_INLINE void LEVELED(weigh_floats)(const float *const *rows, const float *weights, int64_t count, int64_t length,
                                          float *result) {
    LEVELED(weigh_rows)(TESSERA_FILTER_F32, (const void *const *)rows, weights, count, length, result);
}

/// With a loop of its own for the usual numbers of rows.
static void LEVELED(weigh_any_floats)(const float *const *rows, const float *weights, int64_t count, int64_t length,
                                      float *result) {
    switch (count) {
    case 3: LEVELED(weigh_floats)(rows, weights, 3, length, result); break;
    case 5: LEVELED(weigh_floats)(rows, weights, 5, length, result); break;
    case 7: LEVELED(weigh_floats)(rows, weights, 7, length, result); break;
    case 9: LEVELED(weigh_floats)(rows, weights, 9, length, result); break;
    default: LEVELED(weigh_floats)(rows, weights, count, length, result); break;
    }
}

static void LEVELED(filter_row)(enum tessera_filter_type type, const float *const *rows, const float *row_weights,
                                int64_t row_count, int64_t length, const float *weights, int64_t taps, int64_t channels,
                                const int32_t *left, int64_t left_count, const int32_t *right, int64_t right_count,
                                float outside, float *buffer, void *result) {
    float *middle = buffer + left_count;
    LEVELED(weigh_any_floats)(rows, row_weights, row_count, length, middle);
    for (int64_t i = 0; i < left_count; i++) buffer[i] = left[i] < 0 ? outside : middle[left[i]];
    for (int64_t i = 0; i < right_count; i++) middle[length + i] = right[i] < 0 ? outside : middle[right[i]];
#define TESSERA_COLUMNS(type, taps) LEVELED(filter_columns)(type, buffer, length, weights, taps, channels, result)
#define TESSERA_TYPED(type)                                                                                            \
    switch (taps) {                                                                                                    \
    case 3: TESSERA_COLUMNS(type, 3); break;                                                                           \
    case 5: TESSERA_COLUMNS(type, 5); break;                                                                           \
    case 7: TESSERA_COLUMNS(type, 7); break;                                                                           \
    default: TESSERA_COLUMNS(type, taps); break;                                                                       \
    }
    switch (type) {
    case TESSERA_FILTER_U8: TESSERA_TYPED(TESSERA_FILTER_U8) break;
    case TESSERA_FILTER_U16: TESSERA_TYPED(TESSERA_FILTER_U16) break;
    case TESSERA_FILTER_I16: TESSERA_TYPED(TESSERA_FILTER_I16) break;
    case TESSERA_FILTER_F32: TESSERA_TYPED(TESSERA_FILTER_F32) break;
    }
#undef TESSERA_TYPED
#undef TESSERA_COLUMNS
}

static void LEVELED(filter_plane)(enum tessera_filter_type type, const void *source, int64_t height, int64_t length,
                                  const struct tessera_smoothing *s, float *scratch, void *result) {
    const int64_t stride = (length + 15) / 16 * 16, bytes = type == TESSERA_FILTER_U8 ? 1 : type == TESSERA_FILTER_F32 ? 4 : 2;
    const float **rows = (const float **)(void *)scratch;
    float *outside = scratch + 2 * s->row_count, *ring = outside + stride, *buffer = ring + s->row_count * stride;
    for (int64_t i = 0; i < stride; i++) outside[i] = s->outside;
    int64_t made = 0;
    for (int64_t y = 0; y < height; y++) {
        for (; made < y + s->row_count; made++)
            if (s->rows[made] >= 0 && type != TESSERA_FILTER_F32)
                LEVELED(row_to_floats)(type, (const uint8_t *)source + s->rows[made] * length * bytes, length,
                                       ring + made % s->row_count * stride);
        for (int64_t i = 0; i < s->row_count; i++) {
            int64_t row = s->rows[y + i];
            rows[i] = row < 0                       ? outside
                      : type == TESSERA_FILTER_F32 ? (const float *)source + row * length
                                                    : ring + (y + i) % s->row_count * stride;
        }
        LEVELED(filter_row)(type, rows, s->row_weights, s->row_count, length, s->weights, s->taps, s->channels, s->left,
                            s->left_count, s->right, s->right_count, s->outside, buffer, (uint8_t *)result + y * length * bytes);
    }
}

#undef FLOATS
#undef WORDS
