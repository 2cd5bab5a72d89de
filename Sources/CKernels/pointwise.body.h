#include "vectors.body.h"
#include "elementary.body.h"

static void LEVELED(linear)(const float *numbers, int32_t channels, int32_t count, float *planes, int64_t stride) {
    for (int32_t c = 0; c < channels; c++, planes += stride) {
        float scale = numbers[2 * c], bias = numbers[2 * c + 1];
        for (int32_t i = 0; i < count; i += LANES) V(store)(planes + i, V(load)(planes + i) * scale + bias);
    }
}

static void LEVELED(limits)(const float *numbers, int32_t channels, int32_t count, float *planes, int64_t stride) {
    for (int32_t c = 0; c < channels; c++, planes += stride) {
        f32x16 low = V(splat)(numbers[2 * c]), high = V(splat)(numbers[2 * c + 1]);
        for (int32_t i = 0; i < count; i += LANES) {
            // With the value second, NaN stays NaN.
            f32x16 value = V(max)(low, V(load)(planes + i));
            V(store)(planes + i, V(min)(high, value));
        }
    }
}

static void LEVELED(matrix)(const float *m, int32_t count, float *planes, int64_t stride) {
    for (int32_t i = 0; i < count; i += LANES) {
        float *p = planes + i;
        f32x16 a = V(load)(p), b = V(load)(p + stride), c = V(load)(p + 2 * stride);
        V(store)(p, m[0] * a + (m[1] * b + (m[2] * c + m[3])));
        V(store)(p + stride, m[4] * a + (m[5] * b + (m[6] * c + m[7])));
        V(store)(p + 2 * stride, m[8] * a + (m[9] * b + (m[10] * c + m[11])));
    }
}

static void LEVELED(power)(const float *numbers, int32_t channels, int32_t count, float *planes, int64_t stride) {
    float exponent = numbers[0], black = numbers[1], range = numbers[2] - numbers[1], scale = 1 / range;
    for (int32_t c = 0; c < channels; c++, planes += stride) {
        for (int32_t i = 0; i < count; i += LANES) {
            f32x16 part = (V(load)(planes + i) - black) * scale;
            i32x16 sign = (i32x16)part & INT32_MIN;
            f32x16 raised = V(exp2)(V(log2)(V(abs)(part)) * exponent);
            if (exponent == 0) raised = V(splat)(1);
            raised = V(select)(part == part, raised, part);
            V(store)(planes + i, black + range * (f32x16)((i32x16)raised | sign));
        }
    }
}

/// Limits to what lies between 0 and 1.
TESSERA_INLINE f32x16 LEVELED(unit)(f32x16 value) { return V(min)(V(max)(value, V(splat)(0)), V(splat)(1)); }

/// The three distances of the hue from the primary colors: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
static void LEVELED(hsv)(const float *numbers, int32_t count, float *planes, int64_t stride) {
    float turn = numbers[0], more_saturation = numbers[1], more_value = numbers[2], white = numbers[3];
    f32x16 zero = {0}, one = V(splat)(1);
    int turns_only = more_saturation == 1 && more_value == 1;
    for (int32_t i = 0; i < count; i += LANES) {
        float *p = planes + i;
        f32x16 r = V(load)(p) * (1 / white), g = V(load)(p + stride) * (1 / white), b = V(load)(p + 2 * stride) * (1 / white);
        f32x16 highest = V(max)(r, V(max)(g, b)), lowest = V(min)(r, V(min)(g, b)), chroma = highest - lowest;
        i32x16 has_hue = chroma > 0, red = highest == r, green = ~red & (highest == g);
        f32x16 above = V(select)(red, g - b, V(select)(green, b - r, r - g));
        f32x16 first = V(select)(red, zero, V(select)(green, V(splat)(2), V(splat)(4)));
        f32x16 sector = V(select)(has_hue, above / V(select)(has_hue, chroma, one) + first, zero) + turn;
        f32x16 value = highest, part = V(min)(chroma, highest);
        // Where only the hue turns and nothing is beyond white, V·S is the chroma.
        if (!turns_only || !V(all)(highest <= 1)) {
            f32x16 saturation = V(select)(highest > 0, chroma / V(select)(highest > 0, highest, one), zero);
            value = LEVELED(unit)(highest * more_value);
            part = value * LEVELED(unit)(saturation * more_saturation);
        }
        value = V(max)(value, zero) * white;
        part = V(max)(part, zero) * white;
        f32x16 hue = sector - 6 * V(floor_float)(sector * (1.0f / 6));
        V(store)(p, value - part * LEVELED(unit)(2 - V(abs)(hue - 3)));
        V(store)(p + stride, value - part * LEVELED(unit)(V(abs)(hue - 2) - 1));
        V(store)(p + 2 * stride, value - part * LEVELED(unit)(V(abs)(hue - 4) - 1));
    }
}

static void LEVELED(density)(const float *m, int32_t count, float *planes, int64_t stride) {
    float white = m[12], scale = 1 / white, floor = m[13];
    // In binary logarithms the factors stay as they are; the shifts of the matrix are divided by ln 2.
    const float ln2 = 0.69314718f;
    float shift[3] = {m[3] / ln2, m[7] / ln2, m[11] / ln2};
    for (int32_t i = 0; i < count; i += LANES) {
        float *p = planes + i;
        f32x16 light[3];
        for (int c = 0; c < 3; c++) light[c] = V(log2_normal)(V(max)(V(load)(p + c * stride), V(splat)(floor)) * scale);
        for (int c = 0; c < 3; c++) {
            f32x16 sum = m[4 * c] * light[0] + (m[4 * c + 1] * light[1] + (m[4 * c + 2] * light[2] - shift[c]));
            V(store)(p + c * stride, white * V(exp2_limited)(sum));
        }
    }
}

static void LEVELED(table)(const float *numbers, int32_t channels, int32_t count, float *planes, int64_t stride) {
    float lower = numbers[0], last = numbers[2] - 1, scale = last / (numbers[1] - numbers[0]);
    int32_t length = (int32_t)numbers[2], tables = (int32_t)numbers[3];
    for (int32_t c = 0; c < channels; c++, planes += stride) {
        const float *table = numbers + 4 + (tables == 1 ? 0 : c) * (int64_t)length;
        for (int32_t i = 0; i < count; i += LANES) {
            f32x16 place = V(min)(V(max)((V(load)(planes + i) - lower) * scale, V(splat)(0)), V(splat)(last));
            i32x16 index = V(to_int)(place), next = V(min_int)(index + 1, V(splat_int)(length - 1));
            f32x16 a = (f32x16)V(gather)(table, index, 4), b = (f32x16)V(gather)(table, next, 4);
            V(store)(planes + i, a + (b - a) * (place - V(to_float)(index)));
        }
    }
}

static void LEVELED(operate)(
    enum tessera_operation_kind kind, const float *numbers, int32_t channels, int32_t count, float *planes,
    int64_t stride) {
    switch (kind) {
    case TESSERA_LINEAR_OPERATION: LEVELED(linear)(numbers, channels, count, planes, stride); break;
    case TESSERA_MATRIX_OPERATION: LEVELED(matrix)(numbers, count, planes, stride); break;
    case TESSERA_POWER_OPERATION: LEVELED(power)(numbers, channels, count, planes, stride); break;
    case TESSERA_HSV_OPERATION: LEVELED(hsv)(numbers, count, planes, stride); break;
    case TESSERA_DENSITY_OPERATION: LEVELED(density)(numbers, count, planes, stride); break;
    case TESSERA_TABLE_OPERATION: LEVELED(table)(numbers, channels, count, planes, stride); break;
    case TESSERA_LIMITS_OPERATION: LEVELED(limits)(numbers, channels, count, planes, stride); break;
    }
}
#undef V
