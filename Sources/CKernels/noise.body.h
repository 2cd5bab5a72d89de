#include "vectors.body.h"

// The numbers of NoiseField: the same operations in the same order, and none of them fused into one, so that every level gives the
// same bytes.

#define U64 LEVELED(u64x8)
typedef uint64_t U64 __attribute__((vector_size(64)));

// MARK: Bits

TESSERA_INLINE U64 LEVELED(mixed)(U64 z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/// The bits at eight indices, which begin with `index`.
TESSERA_INLINE U64 LEVELED(field_bits)(uint64_t key, int64_t index) {
    const uint64_t step = 0x9E3779B97F4A7C15u;
    U64 word = (U64){0, 1, 2, 3, 4, 5, 6, 7} + (uint64_t)index + step;
    return LEVELED(mixed)((key ^ LEVELED(mixed)(word)) + step);
}

/// The low and the high words at sixteen indices; lanes 4k … 4k + 3 hold those at 2k, 2k + 1, 2k + 8 and 2k + 9, which spares moves
/// between the parts of a register.
TESSERA_INLINE void LEVELED(field_words)(uint64_t key, int64_t index, u32x16 *low, u32x16 *high) {
    u32x16 a = (u32x16)LEVELED(field_bits)(key, index), b = (u32x16)LEVELED(field_bits)(key, index + 8);
    *low = __builtin_shufflevector(a, b, 0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30);
    *high = __builtin_shufflevector(a, b, 1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31);
}

/// Lanes in the order of the indices.
TESSERA_INLINE f32x16 LEVELED(in_order)(f32x16 v) {
    return __builtin_shufflevector(v, v, 0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15);
}

// MARK: Numbers

/// The natural logarithm of `(bits + ½) / 2³²`.
TESSERA_INLINE f32x16 LEVELED(logarithm_of_unit)(u32x16 bits) {
    // Close to 1 the distance from 1 is what counts.
    i32x16 is_near = bits >= 0xC0000000u;
    u32x16 counted = (u32x16)V(select_int)(is_near, (i32x16)~bits, (i32x16)bits);
    f32x16 value = (__builtin_convertvector(counted, f32x16) + 0.5f) * 0x1p-32f;
    i32x16 exponent = (i32x16)((u32x16)value >> 23) - 127;
    f32x16 fraction = (f32x16)(((i32x16)value & 0x007FFFFF) | 0x3F800000);
    i32x16 is_large = fraction > 1.4142136f;
    fraction = V(select)(is_large, fraction * 0.5f, fraction);
    f32x16 power = V(to_float)(exponent - is_large);
    f32x16 s = V(select)(is_near, -value, fraction - 1) / V(select)(is_near, 2 - value, fraction + 1), q = s * s;
    f32x16 tangent = 2 * s * (1 + q * (1.0f / 3 + q * (0.2f + q * (1.0f / 7 + q * (1.0f / 9)))));
    return V(select)(is_near, tangent, power * 0.6931472f + tangent);
}

/// The cosine and the sine of `bits / 2³²` turns.
TESSERA_INLINE void LEVELED(direction)(u32x16 bits, f32x16 *x, f32x16 *y) {
    u32x16 quarter = (bits + 0x20000000u) >> 30;
    f32x16 angle = V(to_float)((i32x16)(bits - (quarter << 30))) * 1.4629181e-9f, q = angle * angle;
    f32x16 sine = angle * (1 + q * (-1.0f / 6 + q * (1.0f / 120 + q * (-1.0f / 5040 + q * (1.0f / 362880)))));
    f32x16 cosine = 1 + q * (-0.5f + q * (1.0f / 24 + q * (-1.0f / 720 + q * (1.0f / 40320))));
    i32x16 is_odd = (i32x16)(quarter << 31) < 0, sign = (i32x16)((quarter & 2) << 30);
    *x = (f32x16)((i32x16)V(select)(is_odd, -sine, cosine) ^ sign);
    *y = (f32x16)((i32x16)V(select)(is_odd, cosine, sine) ^ sign);
}

/// Sixteen pairs of normal numbers; lanes as in `field_words`.
TESSERA_INLINE void LEVELED(normal_pairs)(uint64_t key, int64_t pair, f32x16 *x, f32x16 *y) {
    u32x16 low, high;
    LEVELED(field_words)(key, pair, &low, &high);
    f32x16 radius = __builtin_elementwise_sqrt(-2 * LEVELED(logarithm_of_unit)(high));
    LEVELED(direction)(low, x, y);
    *x *= radius;
    *y *= radius;
}

// MARK: Samples

enum { LEVELED(noise_block) = 32 };

/// Changes 32 samples.
TESSERA_INLINE void LEVELED(noise_samples)(
    const enum tessera_noise_kind kind, uint64_t key, int64_t index, float size, float black, float *samples) {
    f32x16 a = V(load)(samples), b = V(load)(samples + 16), x, y;
    if (kind == TESSERA_NOISE_GAUSSIAN || kind == TESSERA_NOISE_SPECKLE) {
        LEVELED(normal_pairs)(key, index / 2, &x, &y);
        f32x16 first = __builtin_shufflevector(x, y, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29);
        f32x16 second = __builtin_shufflevector(x, y, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31);
        a += (kind == TESSERA_NOISE_SPECKLE ? a * size : V(splat)(size)) * first;
        b += (kind == TESSERA_NOISE_SPECKLE ? b * size : V(splat)(size)) * second;
    } else {
        for (int half = 0; half < 2; half++) {
            f32x16 value = half == 0 ? a : b;
            if (kind == TESSERA_NOISE_LAPLACE) {
                u32x16 low, high;
                LEVELED(field_words)(key, index + 16 * half, &low, &high);
                f32x16 number = -0.70710677f * LEVELED(logarithm_of_unit)(high);
                value += size * LEVELED(in_order)((f32x16)((u32x16)number ^ (low << 31)));
            } else {
                LEVELED(normal_pairs)(key, index + 16 * half, &x, &y);
                value -= black;
                f32x16 real = V(abs)(value) + size * LEVELED(in_order)(x), imaginary = size * LEVELED(in_order)(y);
                f32x16 length = __builtin_elementwise_sqrt(real * real + imaginary * imaginary);
                value = black + V(select)(value < 0, -length, length);
            }
            if (half == 0) a = value; else b = value;
        }
    }
    V(store)(samples, a);
    V(store)(samples + 16, b);
}

TESSERA_INLINE void LEVELED(noise_row)(
    const enum tessera_noise_kind kind, uint64_t key, int64_t count, float size, float black, float *samples) {
    int64_t i = 0, block = LEVELED(noise_block);
    for (; i + block <= count; i += block) LEVELED(noise_samples)(kind, key, i, size, black, samples + i);
    if (i == count) return;
    float rest[LEVELED(noise_block)] = {0};
    memcpy(rest, samples + i, (size_t)(count - i) * sizeof(float));
    LEVELED(noise_samples)(kind, key, i, size, black, rest);
    memcpy(samples + i, rest, (size_t)(count - i) * sizeof(float));
}

static void LEVELED(add_noise)(
    enum tessera_noise_kind kind, uint64_t key, int64_t count, float size, float black, float *samples) {
    switch (kind) {
    case TESSERA_NOISE_GAUSSIAN: LEVELED(noise_row)(TESSERA_NOISE_GAUSSIAN, key, count, size, black, samples); break;
    case TESSERA_NOISE_SPECKLE: LEVELED(noise_row)(TESSERA_NOISE_SPECKLE, key, count, size, black, samples); break;
    case TESSERA_NOISE_LAPLACE: LEVELED(noise_row)(TESSERA_NOISE_LAPLACE, key, count, size, black, samples); break;
    case TESSERA_NOISE_RICIAN: LEVELED(noise_row)(TESSERA_NOISE_RICIAN, key, count, size, black, samples); break;
    }
}

// MARK: Counts

/// The number where the unit interval is cut at `part` parts of 4096 and as much of the next one as the second field says.
static float LEVELED(exact_count)(const tessera_counts *counts, int32_t part, uint64_t key, int64_t index) {
    uint64_t bits = LEVELED(field_bits)(key, index)[0];
    double unit = ((double)part + (double)(bits >> 11) * 0x1p-53) * (1.0 / 4096);
    // The first entry above.
    int64_t low = 0, high = counts->count - 1;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (counts->cumulative[middle] > unit) high = middle; else low = middle + 1;
    }
    return (float)(counts->step * (double)low);
}

/// Sixteen samples, whose bits are `words`.
TESSERA_INLINE f32x16 LEVELED(counts_of)(
    const tessera_counts *counts, const uint16_t *words, uint64_t second_key, int64_t index) {
    i32x16 parts = __builtin_convertvector(*(const u16x16_unaligned *)words, i32x16) >> 4;
    f32x16 numbers = (f32x16)V(gather)(counts->parts, parts, 4);
    if (V(all)(numbers == numbers)) return numbers;
    for (int lane = 0; lane < LANES; lane++)
        if (numbers[lane] != numbers[lane])
            numbers[lane] = LEVELED(exact_count)(counts, parts[lane], second_key, index + lane);
    return numbers;
}

static void LEVELED(add_counts)(
    const tessera_counts *counts, uint64_t key, uint64_t second_key, int64_t count, float *samples) {
    // Four samples for each 64 bits.
    for (int64_t i = 0; i < count; i += LEVELED(noise_block)) {
        uint16_t words[LEVELED(noise_block)];
        U64 bits = LEVELED(field_bits)(key, i / 4);
        memcpy(words, &bits, sizeof words);
        for (int64_t half = i; half < i + 32 && half < count; half += LANES) {
            f32x16 numbers = LEVELED(counts_of)(counts, words + (half - i), second_key, half);
            if (half + LANES <= count) {
                V(store)(samples + half, V(load)(samples + half) + numbers);
            } else {
                for (int64_t lane = half; lane < count; lane++) samples[lane] += numbers[lane - half];
            }
        }
    }
}

#undef U64
#undef V
