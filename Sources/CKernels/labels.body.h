// Vectors and places come from sample.body.h, which is compiled before.
#define V(name) LEVELED(v_##name)

/// Which sample holds each of sixteen positions along an axis; `inside` keeps those that have one.
TESSERA_INLINE i32x16 LEVELED(holder)(const tessera_source *s, const int axis, f32x16 position, i32x16 *inside) {
    f32x16 place = LEVELED(folded)(V(select)(*inside, position, V(splat)(0)), s->size[axis], s->border, 8);
    i32x16 index = V(floor)(place + 0.5f);
    if (s->border == TESSERA_BORDER_CONSTANT) {
        *inside &= (index >= 0) & (index < s->size[axis]);
        return index;
    }
    index = LEVELED(index_of)(s->indices[axis], index, s->size[axis]);
    *inside &= index >= 0;
    return index;
}

/// Finds the samples that hold up to RUN places, by their distance from the first one; `inside` is 0 where there is none. Gives whether
/// all are inside.
TESSERA_INLINE int LEVELED(find_holders)(
    const tessera_source *s, const int flat, int32_t count, const float *xs, const float *ys, const float *zs,
    int32_t *places, int32_t *inside) {
    i32x16 all = V(splat_int)(-1);
    for (int32_t n = 0; n < count; n += LANES) {
        f32x16 x = V(load)(xs + n), y = V(load)(ys + n), z = flat ? V(splat)(0) : V(load)(zs + n);
        i32x16 there = LEVELED(inside)(x, s->size[0], 2) & LEVELED(inside)(y, s->size[1], 2), place;
        if (!flat) there &= LEVELED(inside)(z, s->size[2], 2);
        if (V(all)(there)) {
            place = V(to_int)(x + 0.5f) * s->stride[0] + V(to_int)(y + 0.5f) * s->stride[1];
            if (!flat) place += V(to_int)(z + 0.5f) * s->stride[2];
        } else {
            there = (x == x) & (y == y) & (z == z);
            place = LEVELED(holder)(s, 0, x, &there) * s->stride[0];
            place += LEVELED(holder)(s, 1, y, &there) * s->stride[1];
            if (!flat) place += LEVELED(holder)(s, 2, z, &there) * s->stride[2];
            place &= there;
            all &= there;
        }
        *(i32x16_unaligned *)(places + n) = place;
        *(i32x16_unaligned *)(inside + n) = there;
    }
    return V(all)(all);
}

#define COPY(type)                                                                                                     \
    do {                                                                                                               \
        const type *from = (const type *)s->base + channel * s->channel_stride;                                        \
        type *to = (type *)result + start * result_stride + channel * result_channel_stride;                           \
        if (all)                                                                                                       \
            for (int32_t n = 0; n < part; n++) to[n * result_stride] = from[places[n]];                                \
        else                                                                                                           \
            for (int32_t n = 0; n < part; n++) to[n * result_stride] = inside[n] ? from[places[n]] : (type)fill;       \
    } while (0)

/// One by one: loads and stores of single labels are faster than gathers on every processor that was measured.
static void LEVELED(sample_labels)(
    const tessera_source *s, int32_t bytes, uint64_t fill, int32_t flat, int32_t count, const float *xs,
    const float *ys, const float *zs, void *result, int64_t result_stride, int64_t result_channel_stride) {
    int32_t places[LEVELED(RUN)], inside[LEVELED(RUN)];
    for (int32_t start = 0; start < count; start += LEVELED(RUN)) {
        int32_t part = count - start < LEVELED(RUN) ? count - start : LEVELED(RUN);
        int all = flat ? LEVELED(find_holders)(s, 1, part, xs + start, ys + start, zs, places, inside)
                       : LEVELED(find_holders)(s, 0, part, xs + start, ys + start, zs + start, places, inside);
        for (int32_t channel = 0; channel < s->channels; channel++) {
            switch (bytes) {
            case 1: COPY(uint8_t); break;
            case 2: COPY(uint16_t); break;
            case 4: COPY(uint32_t); break;
            default: COPY(uint64_t); break;
            }
        }
    }
}
#undef COPY
#undef V
