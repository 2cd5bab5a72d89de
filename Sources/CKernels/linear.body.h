// Linear interpolation of runs of places; how samples are loaded comes from the body that includes this.

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
    // In views that run backwards the row below lies before.
    i32x16 beyond = {0}, limit = LEVELED(last_place)(final - (below > 0 ? below : 0));
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
