#include "vectors.body.h"
#include "places.body.h"
#include "load.body.h"
#include "linear.body.h"

// MARK: Any interpolation

/// sin(πt) for 0 ≤ t ≤ 1, to 1e-7 of itself: the series of the nearer of the two zeros.
TESSERA_INLINE f32x16 LEVELED(half_wave)(f32x16 t) {
    f32x16 u = V(min)(t, 1 - t), square = u * u;
    f32x16 sum = 0.0821458866f - square * 0.00737043095f;
    sum = 2.55016404f + square * (square * sum - 0.599264529f);
    return u * (3.14159265f + square * (square * sum - 5.16771278f));
}

/// sin(πd)·sin(πd/4)/(π²d²/4) at d = t + 3 − k, scaled so that the weights add up to 1; sin(πd) is sin(πt) with another sign.
TESSERA_INLINE void LEVELED(lanczos_weights)(f32x16 t, f32x16 *weights) {
    f32x16 total = {0}, wave = LEVELED(half_wave)(t);
    for (int k = 0; k < 8; k++) {
        f32x16 distance = V(abs)(t + (float)(3 - k));
        float factor = (k < 4 ? 3 - k : k - 4) % 2 == 0 ? 0.405284735f : -0.405284735f;
        f32x16 value = factor * wave * LEVELED(half_wave)(0.25f * distance) / (distance * distance);
        weights[k] = V(select)(distance < 3e-6f, V(splat)(1), value);
        total += weights[k];
    }
    for (int k = 0; k < 8; k++) weights[k] /= total;
}

/// The weights of the taps of an axis for a fraction of a pixel.
TESSERA_INLINE void LEVELED(weights_of)(f32x16 t, const int taps, float a, f32x16 *weights) {
    if (taps == 1) {
        weights[0] = V(splat)(1);
    } else if (taps == 2) {
        weights[0] = 1 - t;
        weights[1] = t;
    } else if (taps == 4) {
        f32x16 s = 1 - t;
        weights[0] = a * t * s * s;
        weights[1] = ((a + 2) * t - (a + 3)) * t * t + 1;
        weights[2] = ((a + 2) * s - (a + 3)) * s * s + 1;
        weights[3] = a * s * t * t;
    } else {
        LEVELED(lanczos_weights)(t, weights);
    }
}

#include "cubic.body.h"

/// One axis of sixteen places: the samples of its taps (as distances from the base), which of them are inside, and their weights.
typedef struct {
    i32x16 places[8], inside[8];
    f32x16 weights[8];
} LEVELED(axis_taps);

TESSERA_INLINE void LEVELED(find_taps)(
    LEVELED(axis_taps) *axis, f32x16 place, const int taps, float a, const int checked, int32_t size, int32_t stride,
    const int32_t *indices) {
    f32x16 start = taps == 1 ? place + 0.5f : place;
    i32x16 first = V(floor)(start);
    LEVELED(weights_of)(start - V(to_float)(first), taps, a, axis->weights);
    if (taps == 2 && !checked) {
        first = V(min_int)(first, V(splat_int)(size - 2));
        LEVELED(weights_of)(start - V(to_float)(first), taps, a, axis->weights);
    }
    first -= taps / 2 - (taps > 1);
    for (int k = 0; k < taps; k++) {
        i32x16 position = first + k;
        if (checked) {
            i32x16 index = LEVELED(index_of)(indices, position, size);
            axis->inside[k] = index >= 0;
            position = index & axis->inside[k];
        }
        axis->places[k] = position * stride;
    }
}

TESSERA_INLINE void LEVELED(taps_at)(
    const tessera_source *s, const int taps, float a, const int checked, const int flat, f32x16 x, f32x16 y, f32x16 z,
    i32x16 somewhere, float *planes, int64_t plane_stride) {
    LEVELED(axis_taps) ax, ay, az;
    LEVELED(find_taps)(&ax, x, taps, a, checked, s->size[0], s->stride[0], s->indices[0]);
    LEVELED(find_taps)(&ay, y, taps, a, checked, s->size[1], s->stride[1], s->indices[1]);
    if (!flat) LEVELED(find_taps)(&az, z, taps, a, checked, s->size[2], s->stride[2], s->indices[2]);
    int bytes = LEVELED(byte_count)(s->type);
    f32x16 fill = V(splat)(s->fill);
    for (int32_t channel = 0; channel < s->channels; channel++) {
        int64_t offset = channel * s->channel_stride;
        const void *base = (const char *)s->base + offset * bytes;
        int64_t final = s->end - offset - 4 / bytes;
        i32x16 last = V(splat_int)(final > INT32_MAX ? INT32_MAX : (int32_t)final);
        f32x16 sum = {0};
        for (int k = 0; k < (flat ? 1 : taps); k++) {
            f32x16 plane = {0};
            for (int j = 0; j < taps; j++) {
                f32x16 row = {0};
                i32x16 start = flat ? ay.places[j] : ay.places[j] + az.places[k];
                for (int i = 0; i < taps; i++) {
                    f32x16 value = LEVELED(samples_at)(base, start + ax.places[i], last, s->type);
                    if (checked) {
                        i32x16 inside = ax.inside[i] & ay.inside[j];
                        value = V(select)(flat ? inside : inside & az.inside[k], value, fill);
                    }
                    row = taps == 1 ? value : row + value * ax.weights[i];
                }
                plane = taps == 1 ? row : plane + row * ay.weights[j];
            }
            sum = flat || taps == 1 ? plane : sum + plane * az.weights[k];
        }
        if (checked) sum = V(select)(somewhere, sum, fill);
        V(store)(planes + channel * plane_stride, sum);
    }
}

/// The same where all neighbors lie inside.
TESSERA_INLINE void LEVELED(taps_inside)(
    const tessera_source *s, const int taps, float a, const int flat, f32x16 x, f32x16 y, f32x16 z, float *planes,
    int64_t plane_stride) {
    if (taps == 4 && LEVELED(cubic_inside)(s, flat, a, x, y, z, planes, plane_stride)) return;
    LEVELED(taps_at)(s, taps, a, 0, flat, x, y, z, V(splat_int)(-1), planes, plane_stride);
}

// MARK: Rows

/// Whether 16 places and everything that they are interpolated from lie inside; false for NaN.
TESSERA_INLINE i32x16 LEVELED(inside)(f32x16 place, int32_t size, const int taps) {
    float low = taps == 1 ? -0.5f : (float)(taps / 2 - 1), high = (float)(size - 1) - low;
    if (taps <= 1) return (place >= low) & (place < high);
    if (taps == 2) return (place >= 0) & (place <= high);
    return (place >= low) & (place < high);
}

TESSERA_INLINE i32x16 LEVELED(all_inside)(
    const tessera_source *s, const int taps, const int flat, f32x16 x, f32x16 y, f32x16 z) {
    i32x16 result = LEVELED(inside)(x, s->size[0], taps) & LEVELED(inside)(y, s->size[1], taps);
    return flat ? result : result & LEVELED(inside)(z, s->size[2], taps);
}

/// Whether nothing of the source can be seen at 16 places.
TESSERA_INLINE i32x16 LEVELED(beyond)(f32x16 place, int32_t size, const int taps) {
    float reach = taps == 1 ? 0.5f : (float)(taps / 2);
    return (place < -reach) | (place > (float)(size - 1) + reach);
}

/// How many places from the first on lie inside, in whole vectors and at most RUN; the first vector is known to.
TESSERA_INLINE int32_t LEVELED(inside_count)(
    const tessera_source *s, const int taps, const int flat, int32_t count, const float *xs, const float *ys,
    const float *zs) {
    int32_t end = LANES;
    for (; end < count && end < LEVELED(RUN); end += LANES) {
        f32x16 z = flat ? V(splat)(0) : V(load)(zs + end);
        if (!V(all)(LEVELED(all_inside)(s, taps, flat, V(load)(xs + end), V(load)(ys + end), z))) break;
    }
    return end;
}

/// Rows of one interpolation. `linear` says how pairs are read: 0 for taps, 1 for neighbors in memory, 2 for others, 3 and 4 for
/// interleaved bytes of so many channels.
TESSERA_INLINE void LEVELED(sample_rows)(
    const tessera_source *s, const int type, const int linear, const int taps, float a, const int flat, int32_t count,
    const float *xs, const float *ys, const float *zs, float *planes, int64_t plane_stride) {
    int has_pairs = s->size[0] > 1 && s->size[1] > 1 && (flat || s->size[2] > 1);
    float slack = taps > 2 ? 8 : 0;
    int32_t done = LANES;
    for (int32_t i = 0; i < count; i += done) {
        f32x16 x = V(load)(xs + i), y = V(load)(ys + i), z = flat ? V(splat)(0) : V(load)(zs + i);
        float *result = planes + i;
        int is_inside = has_pairs && V(all)(LEVELED(all_inside)(s, taps, flat, x, y, z));
        i32x16 somewhere = V(splat_int)(-1);
        LEVELED(run) run = {LANES, xs + i, ys + i, zs + i};
        float folded[3][LANES];
        if (is_inside) {
            if (linear > 0) run.count = LEVELED(inside_count)(s, taps, flat, count - i, xs + i, ys + i, zs + i);
        } else {
            somewhere = (x == x) & (y == y) & (z == z);
            if (s->border == TESSERA_BORDER_CONSTANT) {
                i32x16 beyond = LEVELED(beyond)(x, s->size[0], taps) | LEVELED(beyond)(y, s->size[1], taps) | ~somewhere;
                if (!flat) beyond |= LEVELED(beyond)(z, s->size[2], taps);
                if (V(all)(beyond)) {
                    for (int32_t c = 0; c < s->channels; c++) V(store)(result + c * plane_stride, V(splat)(s->fill));
                    done = LANES;
                    continue;
                }
            }
            x = LEVELED(folded)(V(select)(somewhere, x, V(splat)(0)), s->size[0], s->border, slack);
            y = LEVELED(folded)(V(select)(somewhere, y, V(splat)(0)), s->size[1], s->border, slack);
            if (!flat) z = LEVELED(folded)(V(select)(somewhere, z, V(splat)(0)), s->size[2], s->border, slack);
            is_inside = has_pairs && V(all)(LEVELED(all_inside)(s, taps, flat, x, y, z) & somewhere);
            V(store)(folded[0], x);
            V(store)(folded[1], y);
            V(store)(folded[2], z);
            run = (LEVELED(run)){LANES, folded[0], folded[1], folded[2]};
        }
        done = run.count;
        if (!is_inside && linear > 0 && linear != 2 && s->border == TESSERA_BORDER_CONSTANT && has_pairs)
            LEVELED(linear_across)(s, type, linear >= 3 ? linear : 0, flat, x, y, z, somewhere, result, plane_stride);
        else if (!is_inside)
            LEVELED(taps_at)(s, taps, a, 1, flat, x, y, z, somewhere, result, plane_stride);
        else if (linear == 0)
            LEVELED(taps_inside)(s, taps, a, flat, x, y, z, result, plane_stride);
        else if (linear >= 3)
            LEVELED(color_inside)(s, linear, run, result, plane_stride);
        else
            LEVELED(linear_inside)(s, type, linear == 1, flat, run, result, plane_stride);
    }
}

#define ROWS(type, linear, taps, a, flat)                                                                              \
    LEVELED(sample_rows)(s, type, linear, taps, a, flat, count, xs, ys, zs, planes, plane_stride)
#define PARAMETERS                                                                                                     \
    const tessera_source *s, int32_t count, const float *xs, const float *ys, const float *zs, float *planes,          \
        int64_t plane_stride
#define LINEAR(name, type)                                                                                             \
    static void LEVELED(picture_##name)(PARAMETERS) {                                                                  \
        if (s->stride[0] == 1) ROWS(type, 1, 2, 0, 1); else ROWS(type, 2, 2, 0, 1);                                    \
    }                                                                                                                  \
    static void LEVELED(volume_##name)(PARAMETERS) {                                                                   \
        if (s->stride[0] == 1) ROWS(type, 1, 2, 0, 0); else ROWS(type, 2, 2, 0, 0);                                    \
    }
LINEAR(uint8, TESSERA_UINT8)
LINEAR(int8, TESSERA_INT8)
LINEAR(uint16, TESSERA_UINT16)
LINEAR(int16, TESSERA_INT16)
LINEAR(int32, TESSERA_INT32)
LINEAR(float32, TESSERA_FLOAT32)

static void LEVELED(color)(PARAMETERS) {
    if (s->channels == 3) ROWS(TESSERA_UINT8, 3, 2, 0, 1); else ROWS(TESSERA_UINT8, 4, 2, 0, 1);
}

static void LEVELED(nearest)(PARAMETERS, int32_t flat) {
    if (flat) ROWS(s->type, 0, 1, 0, 1); else ROWS(s->type, 0, 1, 0, 0);
}

static void LEVELED(cubic)(PARAMETERS, int32_t flat, float a) {
    if (flat) ROWS(s->type, 0, 4, a, 1); else ROWS(s->type, 0, 4, a, 0);
}

static void LEVELED(lanczos)(PARAMETERS, int32_t flat) {
    if (flat) ROWS(s->type, 0, 8, 0, 1); else ROWS(s->type, 0, 8, 0, 0);
}

static void LEVELED(sample)(
    const tessera_source *s, enum tessera_interpolation interpolation, int32_t flat, int32_t count, const float *xs,
    const float *ys, const float *zs, float *planes, int64_t plane_stride) {
#define ARGUMENTS s, count, xs, ys, zs, planes, plane_stride
    switch (interpolation) {
    case TESSERA_NEAREST: LEVELED(nearest)(ARGUMENTS, flat); return;
    case TESSERA_CATMULL_ROM: LEVELED(cubic)(ARGUMENTS, flat, -0.5f); return;
    case TESSERA_SHARP_CUBIC: LEVELED(cubic)(ARGUMENTS, flat, -0.75f); return;
    case TESSERA_LANCZOS4: LEVELED(lanczos)(ARGUMENTS, flat); return;
    case TESSERA_LINEAR: break;
    }
    int is_color = flat && s->type == TESSERA_UINT8 && s->channel_stride == 1 && s->stride[0] == s->channels;
    if (is_color && (s->channels == 3 || s->channels == 4)) {
        LEVELED(color)(ARGUMENTS);
        return;
    }
#define CHOOSE(name)                                                                                                   \
    if (flat) LEVELED(picture_##name)(ARGUMENTS); else LEVELED(volume_##name)(ARGUMENTS)
    switch (s->type) {
    case TESSERA_UINT8: CHOOSE(uint8); break;
    case TESSERA_INT8: CHOOSE(int8); break;
    case TESSERA_UINT16: CHOOSE(uint16); break;
    case TESSERA_INT16: CHOOSE(int16); break;
    case TESSERA_INT32: CHOOSE(int32); break;
    default: CHOOSE(float32); break;
    }
}
#undef CHOOSE
#undef ARGUMENTS
#undef LINEAR
#undef PARAMETERS
#undef ROWS
#undef V
