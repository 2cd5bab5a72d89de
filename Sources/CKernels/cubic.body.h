// Cubic interpolation inside; how samples are loaded comes from the body that includes this.

/// Four samples at each place and behind it along x, which are neighbors in memory.
TESSERA_INLINE void LEVELED(four_at)(const void *base, const int32_t *places, const int type, f32x16 *values) {
    i32x16 words[4];
    switch (LEVELED(byte_count)(type)) {
    case 4:
        V(quads_of)(base, places, 4, words);
        for (int k = 0; k < 4; k++) values[k] = LEVELED(value_of)(words[k], type);
        return;
    case 2: V(pairs_of)(base, places, 2, words, words + 1); break;
    default:
        words[0] = V(gather)(base, *(const i32x16_unaligned *)places, 1);
        words[1] = words[0] >> 16;
    }
    for (int k = 0; k < 2; k++) {
        values[2 * k] = LEVELED(value_of)(words[k], type);
        values[2 * k + 1] = LEVELED(second_of)(words[k], type);
    }
}

/// Sixteen places, all of whose neighbors lie inside: the first of them, and the weights along each axis.
typedef struct {
    int32_t places[LANES];
    f32x16 weights[3][4];
} LEVELED(cubic_taps);

TESSERA_INLINE i32x16 LEVELED(find_cubic)(
    LEVELED(cubic_taps) *taps, const tessera_source *s, const int flat, float a, f32x16 x, f32x16 y, f32x16 z) {
    const f32x16 axes[3] = {x, y, z};
    i32x16 place = {0};
    for (int axis = 0; axis < (flat ? 2 : 3); axis++) {
        i32x16 whole = V(floor)(axes[axis]);
        LEVELED(weights_of)(axes[axis] - V(to_float)(whole), 4, a, taps->weights[axis]);
        place += (whole - 1) * s->stride[axis];
    }
    *(i32x16_unaligned *)taps->places = place;
    return place;
}

TESSERA_INLINE f32x16 LEVELED(weighed)(const f32x16 *values, const f32x16 *weights) {
    f32x16 sum = {0};
    for (int k = 0; k < 4; k++) sum += values[k] * weights[k];
    return sum;
}

/// Planes whose pixels of a row are neighbors in memory.
TESSERA_INLINE void LEVELED(cubic_planes)(
    const tessera_source *s, const int type, const int flat, const LEVELED(cubic_taps) *taps, float *planes,
    int64_t plane_stride) {
    int64_t bytes = LEVELED(byte_count)(type);
    for (int32_t channel = 0; channel < s->channels; channel++) {
        const char *base = (const char *)s->base + channel * s->channel_stride * bytes;
        f32x16 sum = {0};
        for (int k = 0; k < (flat ? 1 : 4); k++) {
            f32x16 plane = {0};
            for (int j = 0; j < 4; j++) {
                int64_t row = j * (int64_t)s->stride[1] + (flat ? 0 : k * (int64_t)s->stride[2]);
                f32x16 values[4];
                LEVELED(four_at)(base + row * bytes, taps->places, type, values);
                plane += LEVELED(weighed)(values, taps->weights[0]) * taps->weights[1][j];
            }
            sum = flat ? plane : sum + plane * taps->weights[2][k];
        }
        V(store)(planes + channel * plane_stride, sum);
    }
}

/// Interleaved bytes of three or four channels: the four pixels of a row are read as a whole.
TESSERA_INLINE void LEVELED(cubic_colors)(
    const tessera_source *s, const int pixel, const LEVELED(cubic_taps) *taps, float *planes, int64_t plane_stride) {
    f32x16 sums[4] = {0};
    for (int j = 0; j < 4; j++) {
        i32x16 words[4];
        V(quads_of)((const char *)s->base + j * (int64_t)s->stride[1], taps->places, 1, words);
        for (int c = 0; c < pixel; c++) {
            f32x16 values[4];
            for (int k = 0; k < 4; k++) {
                int byte = k * pixel + c;
                values[k] = V(to_float)((i32x16)((u32x16)words[byte / 4] >> (8 * (byte % 4))) & 0xFF);
            }
            sums[c] += LEVELED(weighed)(values, taps->weights[0]) * taps->weights[1][j];
        }
    }
    for (int c = 0; c < pixel; c++) V(store)(planes + c * plane_stride, sums[c]);
}

/// Sixteen places all of whose neighbors lie inside; gives whether they could be read that way.
TESSERA_INLINE int LEVELED(cubic_inside)(
    const tessera_source *s, const int flat, float a, f32x16 x, f32x16 y, f32x16 z, float *planes,
    int64_t plane_stride) {
    int pixel = flat && s->type == TESSERA_UINT8 && s->channel_stride == 1 && s->stride[0] == s->channels ? s->channels : 1;
    if (pixel != s->stride[0] || pixel == 2 || pixel > 4) return 0;
    LEVELED(cubic_taps) taps;
    i32x16 place = LEVELED(find_cubic)(&taps, s, flat, a, x, y, z);
    if (pixel >= 3) {
        // Three channels take 12 of the 16 bytes that are read. In views that run backwards the first row lies last.
        int64_t below = s->stride[1] > 0 ? 3 * (int64_t)s->stride[1] : 0;
        if (!V(all)(place <= LEVELED(last_place)(s->end - 16 - below))) return 0;
        if (pixel == 3) LEVELED(cubic_colors)(s, 3, &taps, planes, plane_stride);
        else LEVELED(cubic_colors)(s, 4, &taps, planes, plane_stride);
        return 1;
    }
#define PLANES(type) LEVELED(cubic_planes)(s, type, flat, &taps, planes, plane_stride)
    switch (s->type) {
    case TESSERA_UINT8: PLANES(TESSERA_UINT8); break;
    case TESSERA_INT8: PLANES(TESSERA_INT8); break;
    case TESSERA_UINT16: PLANES(TESSERA_UINT16); break;
    case TESSERA_INT16: PLANES(TESSERA_INT16); break;
    case TESSERA_INT32: PLANES(TESSERA_INT32); break;
    default: PLANES(TESSERA_FLOAT32); break;
    }
#undef PLANES
    return 1;
}
