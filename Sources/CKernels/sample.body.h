#include "vectors.body.h"
#include "places.body.h"

// MARK: Loading samples

TESSERA_INLINE int LEVELED(byte_count)(const int type) {
    return type == TESSERA_UINT8 || type == TESSERA_INT8 ? 1 : type == TESSERA_UINT16 || type == TESSERA_INT16 ? 2 : 4;
}

/// A narrow sample in the low bits of 32, as a float.
TESSERA_INLINE f32x16 LEVELED(value_of)(i32x16 bits, const int type) {
    switch (type) {
    case TESSERA_UINT8: return V(to_float)(bits & 0xFF);
    case TESSERA_INT8: return V(to_float)((bits << 24) >> 24);
    case TESSERA_UINT16: return V(to_float)(bits & 0xFFFF);
    case TESSERA_INT16: return V(to_float)((bits << 16) >> 16);
    case TESSERA_INT32: return V(to_float)(bits);
    default: return (f32x16)bits;
    }
}

/// The second of two neighboring narrow samples in 32 bits.
TESSERA_INLINE f32x16 LEVELED(second_of)(i32x16 bits, const int type) {
    switch (type) {
    case TESSERA_UINT8: return V(to_float)((bits >> 8) & 0xFF);
    case TESSERA_INT8: return V(to_float)((bits << 16) >> 24);
    case TESSERA_UINT16: return V(to_float)((i32x16)((u32x16)bits >> 16));
    default: return V(to_float)(bits >> 16);
    }
}

/// Samples at places. Four bytes are read for each; `last` is the last place where that stays inside the block.
TESSERA_INLINE f32x16 LEVELED(samples_at)(const void *base, i32x16 places, i32x16 last, const int type) {
    if (LEVELED(byte_count)(type) == 4) return LEVELED(value_of)(V(gather)(base, places, 4), type);
    i32x16 start = V(min_int)(places, last);
    if (LEVELED(byte_count)(type) == 2)
        return LEVELED(value_of)(V(gather)(base, start, 2) >> ((places - start) << 4), type);
    return LEVELED(value_of)(V(gather)(base, start, 1) >> ((places - start) << 3), type);
}

/// Samples at places and at the next ones along x, which are neighbors in memory.
TESSERA_INLINE void LEVELED(pairs_at)(
    const void *base, i32x16 places, i32x16 last, const int type, f32x16 *first, f32x16 *second) {
    i32x16 bits;
    if (LEVELED(byte_count)(type) == 4) {
        i32x16 after;
        V(gather_pairs)(base, places, 4, &bits, &after);
        *first = LEVELED(value_of)(bits, type);
        *second = LEVELED(value_of)(after, type);
        return;
    }
    if (LEVELED(byte_count)(type) == 2) {
        // The second of the two lies inside, and so do all four bytes.
        bits = V(gather)(base, places, 2);
    } else {
        i32x16 start = V(min_int)(places, last);
        bits = V(gather)(base, start, 1) >> ((places - start) << 3);
    }
    *first = LEVELED(value_of)(bits, type);
    *second = LEVELED(second_of)(bits, type);
}

// MARK: Linear, inside

TESSERA_INLINE f32x16 LEVELED(mixed)(f32x16 a, f32x16 b, f32x16 t) { return a + (b - a) * t; }

/// Samples mixed along x. `adjacent` says whether pixels of a row are neighbors in memory.
TESSERA_INLINE f32x16 LEVELED(linear_row)(
    const void *base, const int32_t *places, const tessera_source *s, i32x16 last, const int type, const int adjacent,
    f32x16 t) {
    f32x16 a, b;
    if (adjacent && LEVELED(byte_count)(type) == 4) {
        i32x16 first, second;
        V(pairs_of)(base, places, 4, &first, &second);
        return LEVELED(mixed)(LEVELED(value_of)(first, type), LEVELED(value_of)(second, type), t);
    }
    i32x16 place = *(const i32x16_unaligned *)places;
    if (adjacent) {
        LEVELED(pairs_at)(base, place, last, type, &a, &b);
    } else {
        a = LEVELED(samples_at)(base, place, last, type);
        b = LEVELED(samples_at)(base, place + s->stride[0], last, type);
    }
    return LEVELED(mixed)(a, b, t);
}

/// A place in all lanes, limited to what they hold.
TESSERA_INLINE i32x16 LEVELED(last_place)(int64_t place) {
    return V(splat_int)(place > INT32_MAX ? INT32_MAX : place < INT32_MIN ? INT32_MIN : (int32_t)place);
}

enum { LEVELED(RUN) = 8 * LANES };

/// Up to RUN places in whole vectors, of whose neighbors all lie inside.
typedef struct {
    int32_t count;
    const float *x, *y, *z;
} LEVELED(run);

/// Where the first neighbors of a run stand in memory, and how far behind them the places are.
///
/// All are found before a sample is read, so that reading never waits for the computation of its places.
typedef struct {
    int32_t place[LEVELED(RUN)];
    float x[LEVELED(RUN)], y[LEVELED(RUN)], z[LEVELED(RUN)];
} LEVELED(neighbors);

/// The whole part of places along an axis; the fractions go to `fractions`.
TESSERA_INLINE i32x16 LEVELED(whole_part)(const float *places, int32_t size, float *fractions) {
    f32x16 place = V(load)(places);
    i32x16 whole = V(min_int)(V(to_int)(place), V(splat_int)(size - 2));
    V(store)(fractions, place - V(to_float)(whole));
    return whole;
}

TESSERA_INLINE void LEVELED(find_neighbors)(
    LEVELED(neighbors) *found, const tessera_source *s, const int flat, LEVELED(run) run) {
    for (int32_t n = 0; n < run.count; n += LANES) {
        i32x16 place = LEVELED(whole_part)(run.x + n, s->size[0], found->x + n) * s->stride[0];
        place += LEVELED(whole_part)(run.y + n, s->size[1], found->y + n) * s->stride[1];
        if (!flat) place += LEVELED(whole_part)(run.z + n, s->size[2], found->z + n) * s->stride[2];
        *(i32x16_unaligned *)(found->place + n) = place;
    }
}

TESSERA_INLINE void LEVELED(linear_inside)(
    const tessera_source *s, const int type, const int adjacent, const int flat, LEVELED(run) run, float *planes,
    int64_t plane_stride) {
    LEVELED(neighbors) found;
    LEVELED(find_neighbors)(&found, s, flat, run);
    // The rows below and behind are read at the same places from a base of their own: places leave their registers once.
    int64_t bytes = LEVELED(byte_count)(type), below = s->stride[1], behind = s->stride[2];
    for (int32_t channel = 0; channel < s->channels; channel++) {
        int64_t offset = channel * s->channel_stride;
        const char *base = (const char *)s->base + offset * bytes;
        int64_t final = s->end - offset - 4 / bytes;
        for (int32_t n = 0; n < run.count; n += LANES) {
            f32x16 tx = V(load)(found.x + n), ty = V(load)(found.y + n);
#define ROW(step)                                                                                                      \
    LEVELED(linear_row)(                                                                                               \
        base + (step)*bytes, found.place + n, s, LEVELED(last_place)(final - (step)), type, adjacent, tx)
            f32x16 value = LEVELED(mixed)(ROW(0), ROW(below), ty);
            if (!flat) {
                f32x16 other = LEVELED(mixed)(ROW(behind), ROW(behind + below), ty);
                value = LEVELED(mixed)(value, other, V(load)(found.z + n));
            }
#undef ROW
            V(store)(planes + channel * plane_stride + n, value);
        }
    }
}

/// The channels of two neighboring pixels in eight bytes.
TESSERA_INLINE void LEVELED(colors_of)(i32x16 low, i32x16 high, const int pixel, f32x16 *first, f32x16 *second) {
    for (int c = 0; c < pixel; c++) first[c] = V(to_float)((i32x16)((u32x16)low >> (8 * c)) & 0xFF);
    if (pixel == 4) {
        for (int c = 0; c < 4; c++) second[c] = V(to_float)((i32x16)((u32x16)high >> (8 * c)) & 0xFF);
        return;
    }
    second[0] = V(to_float)((i32x16)((u32x16)low >> 24));
    second[1] = V(to_float)(high & 0xFF);
    second[2] = V(to_float)((high >> 8) & 0xFF);
}

/// Two neighboring pixels at each place. Behind `last` less than eight bytes are left; `whole` says that no place is there.
TESSERA_INLINE void LEVELED(colors_at)(
    const void *base, const int32_t *places, int64_t last, int whole, const int pixel, f32x16 *first, f32x16 *second) {
    i32x16 low, high;
    if (pixel == 4 || whole) {
        V(pairs_of)(base, places, 1, &low, &high);
    } else {
        // The last two pixels of the block: read what lies before them, too, and shift it out.
        i32x16 place = *(const i32x16_unaligned *)places, start = V(min_int)(place, LEVELED(last_place)(last));
        u32x16 shift = (u32x16)((place - start) << 3);
        V(gather_pairs)(base, start, 1, &low, &high);
        i32x16 moved = (i32x16)((u32x16)low >> shift | ((u32x16)high << 1) << (31 - shift));
        high = (i32x16)((u32x16)high >> shift);
        low = moved;
    }
    LEVELED(colors_of)(low, high, pixel, first, second);
}

/// Interleaved bytes of three or four channels: a pixel is read as a whole.
TESSERA_INLINE void LEVELED(color_inside)(
    const tessera_source *s, const int pixel, LEVELED(run) run, float *planes, int64_t plane_stride) {
    LEVELED(neighbors) found;
    LEVELED(find_neighbors)(&found, s, 1, run);
    int64_t final = s->end - 8, below = s->stride[1];
    i32x16 beyond = {0}, limit = LEVELED(last_place)(final - below);
    for (int32_t n = 0; n < run.count; n += LANES) beyond |= *(i32x16_unaligned *)(found.place + n) > limit;
    int whole = V(all)(~beyond);
    for (int32_t n = 0; n < run.count; n += LANES) {
        const int32_t *place = found.place + n;
        f32x16 a[4], b[4], c[4], d[4], tx = V(load)(found.x + n), ty = V(load)(found.y + n);
        LEVELED(colors_at)(s->base, place, final, whole, pixel, a, b);
        LEVELED(colors_at)((const char *)s->base + below, place, final - below, whole, pixel, c, d);
        for (int i = 0; i < pixel; i++) {
            f32x16 value = LEVELED(mixed)(LEVELED(mixed)(a[i], b[i], tx), LEVELED(mixed)(c[i], d[i], tx), ty);
            V(store)(planes + i * plane_stride + n, value);
        }
    }
}

// MARK: Linear, across a constant border

/// The two neighbors of sixteen places along an axis, some of which lie outside.
typedef struct {
    i32x16 position, inside[2];
    f32x16 weights[2];
} LEVELED(crossing);

TESSERA_INLINE LEVELED(crossing) LEVELED(crossing_of)(f32x16 place, int32_t size) {
    LEVELED(crossing) axis;
    axis.position = V(floor)(place);
    axis.weights[1] = place - V(to_float)(axis.position);
    axis.weights[0] = 1 - axis.weights[1];
    for (int k = 0; k < 2; k++) axis.inside[k] = (axis.position + k >= 0) & (axis.position + k < size);
    return axis;
}

/// A position, or the one inside that is next to it.
TESSERA_INLINE i32x16 LEVELED(nearest_inside)(i32x16 position, int32_t end) {
    return V(min_int)(position & ~(position < 0), V(splat_int)(end));
}

/// Sixteen places that see both the source and what is outside, which is the fill.
///
/// `pixel` is 3 or 4 for interleaved bytes; otherwise pixels of a row are neighbors in memory. Both are read in pairs.
TESSERA_INLINE void LEVELED(linear_across)(
    const tessera_source *s, const int type, const int pixel, const int flat, f32x16 x, f32x16 y, f32x16 z,
    i32x16 somewhere, float *planes, int64_t plane_stride) {
    LEVELED(crossing) ax = LEVELED(crossing_of)(x, s->size[0]), ay = LEVELED(crossing_of)(y, s->size[1]), az;
    if (!flat) az = LEVELED(crossing_of)(z, s->size[2]);
    i32x16 pair = LEVELED(nearest_inside)(ax.position, s->size[0] - 2);
    i32x16 is_before = ax.position < pair, is_behind = ax.position > pair;
    f32x16 fill = V(splat)(s->fill);
    int64_t bytes = LEVELED(byte_count)(type);
    for (int32_t channel = 0; channel < (pixel ? 1 : s->channels); channel++) {
        int64_t offset = channel * s->channel_stride, final = s->end - offset - (pixel ? 8 : 4 / bytes);
        const char *base = (const char *)s->base + offset * bytes;
        f32x16 sums[4] = {0};
        for (int k = 0; k < (flat ? 1 : 2); k++) {
            f32x16 layers[4] = {0};
            for (int j = 0; j < 2; j++) {
                i32x16 inside = flat ? ay.inside[j] : ay.inside[j] & az.inside[k];
                i32x16 place = pair * s->stride[0] + LEVELED(nearest_inside)(ay.position + j, s->size[1] - 1) * s->stride[1];
                if (!flat) place += LEVELED(nearest_inside)(az.position + k, s->size[2] - 1) * s->stride[2];
                f32x16 first[4], second[4];
                if (pixel) {
                    int32_t places[LANES];
                    *(i32x16_unaligned *)places = place;
                    LEVELED(colors_at)(base, places, final, V(all)(place <= LEVELED(last_place)(final)), pixel, first, second);
                } else {
                    LEVELED(pairs_at)(base, place, LEVELED(last_place)(final), type, first, second);
                }
                for (int c = 0; c < (pixel ? pixel : 1); c++) {
                    f32x16 a = V(select)(ax.inside[0] & inside, V(select)(is_behind, second[c], first[c]), fill);
                    f32x16 b = V(select)(ax.inside[1] & inside, V(select)(is_before, first[c], second[c]), fill);
                    layers[c] = layers[c] + (a * ax.weights[0] + b * ax.weights[1]) * ay.weights[j];
                }
            }
            for (int c = 0; c < (pixel ? pixel : 1); c++)
                sums[c] = flat ? layers[c] : sums[c] + layers[c] * az.weights[k];
        }
        for (int c = 0; c < (pixel ? pixel : 1); c++)
            V(store)(planes + (channel + c) * plane_stride, V(select)(somewhere, sums[c], fill));
    }
}

// MARK: Any interpolation

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
        // Lanczos: sin(πd)·sin(πd/4)/(π²d²/4) at d = t + 3 − k, scaled so that the weights add up to 1.
        f32x16 total = {0};
        for (int k = 0; k < 8; k++) {
            for (int lane = 0; lane < LANES; lane++) {
                float d = (t[lane] + 3 - (float)k) * 3.14159265f;
                weights[k][lane] = fabsf(d) < 1e-5f ? 1 : 4 * sinf(d) * sinf(d / 4) / (d * d);
            }
            total += weights[k];
        }
        for (int k = 0; k < 8; k++) weights[k] /= total;
    }
}

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
            LEVELED(taps_at)(s, taps, a, 0, flat, x, y, z, somewhere, result, plane_stride);
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
